#include "terraform/condition.h"

#include "evaluation.h"

namespace restorable::terraform {
namespace {

// The two branches of `[a, b]`: true, false or nothing.
std::optional<bool> Compare(const std::string& a, const std::string& b) {
  const std::string text = "[" + a + ", " + b + "]";
  const Limits limits;
  const hcl::ParseResult parsed = hcl::ParseExpression({.text = text, .file = FileId{0}}, limits);
  EXPECT_THAT(parsed.diagnostics, testing::IsEmpty()) << text;
  const hcl::Tree& tree = parsed.tree;
  const auto& list = std::get<hcl::Tuple>(tree[tree.expression()].expression);
  return CompareConditions(tree, tree[list.items][0], tree[list.items][1]);
}

TEST(CompareConditions, KnowsTheSame) {
  for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{
           {"var.a", "var.a"},
           {"var.a", "var.a == true"},
           {"!var.a", "var.a == false"},
           {"!!var.a", "(var.a)"},
           {"var.a != false", "var.a"},
           {"var.a == null", "!(var.a != null)"},
           {"length(var.a[0].b) > 0", "length(var.a[0].b) > 0"}}) {
    EXPECT_EQ(Compare(a, b), true) << a << " and " << b;
  }
}

TEST(CompareConditions, KnowsTheContrary) {
  for (const auto& [a, b] :
       std::vector<std::pair<std::string, std::string>>{{"var.a", "!var.a"},
                                                        {"var.a == true", "var.a != true"},
                                                        {"var.a == \"\"", "var.a != \"\""},
                                                        {"!(var.a == null)", "var.a == null"}}) {
    EXPECT_EQ(Compare(a, b), false) << a << " and " << b;
  }
}

TEST(CompareConditions, SaysNothingOfOthers) {
  for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{
           {"var.a", "var.b"},
           {"var.a == 1", "var.a != 2"},
           {"var.a < 1", "var.a > 1"},
           {"\"${var.a}x\" == \"\"", "\"${var.a}x\" == \"\""},
           {"f(1)", "f(2)"}}) {
    EXPECT_EQ(Compare(a, b), std::nullopt) << a << " and " << b;
  }
}

}  // namespace
}  // namespace restorable::terraform
