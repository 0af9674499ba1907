#include <fstream>
#include <memory>
#include <set>
#include <vector>

#include "evaluation.h"
#include "terraform/builtin.h"

namespace restorable::terraform {
namespace {

struct Row {
  std::string expression;
  std::string result;
};

std::vector<Row> Rows() {
  std::ifstream in(std::string(RESTORABLE_SOURCE_DIR) + "/testdata/terraform/expressions.txt");
  std::vector<Row> rows;
  for (std::string line; std::getline(in, line);) {
    const std::size_t arrow = line.find("  =>  ");
    if (line.starts_with('#') || arrow == std::string::npos) continue;
    rows.push_back({line.substr(0, arrow), line.substr(arrow + 6)});
  }
  return rows;
}

TEST(Expressions, AreWhatTerraformHasThemBe) {
  const std::vector<Row> rows = Rows();
  EXPECT_GT(rows.size(), 300U);
  for (const Row& row : rows) {
    Evaluation evaluation;
    const Value value = evaluation.Of(row.expression);
    EXPECT_EQ(value.IsError() ? "error" : ToJson(value), row.result) << row.expression;
  }
}

// Every function has a row in the table, or gives an unknown with its reason.
TEST(Expressions, ShowEveryFunction) {
  const std::vector<Row> rows = Rows();
  const std::set<std::string_view> elsewhere = {"file",       "filebase64",   "fileexists",
                                                "filemd5",    "filesha1",     "filesha256",
                                                "filesha512", "templatefile", "templatestring"};
  for (const Builtin& builtin : Builtins()) {
    if (elsewhere.contains(builtin.name)) continue;
    const std::string call = std::string(builtin.name) + "(";
    const bool shown = std::ranges::any_of(
        rows, [&](const Row& row) { return row.expression.find(call) != std::string::npos; });
    if (shown) continue;
    Evaluation evaluation;
    const bool none = builtin.parameters.empty();
    const bool two = builtin.parameters == "string, string";
    EXPECT_TRUE(evaluation.Of(call + (none  ? ")"
                                      : two ? "\"a\", \"b\")"
                                            : "\"a\")"))
                    .IsUnknown())
        << builtin.name;
  }
}

// Gives unknowns: `a.b` is one that waits for "a.b".
class Unknowns : public Names {
 public:
  explicit Unknowns(Context& context) : context_(context) {}
  Value Get(const Reference& reference, Range range) override {
    const UnknownReason reason = reference.kind == Reference::Kind::kVariable
                                     ? UnknownReason::kNoDefault
                                     : UnknownReason::kComputed;
    return context_.Unknown(reason, std::string(reference.type) + "." + std::string(reference.name),
                            range);
  }
  Value GetOutput(const ModuleReference& reference, Range range) override {
    return context_.Unknown(UnknownReason::kModuleNotOnDisk,
                            "module." + std::string(reference.name), range);
  }

 private:
  Context& context_;
};

struct UnknownRow {
  std::string_view expression;
  std::string_view result;
};

constexpr std::string_view kU = R"({"$unknown":"no-default var.u"})";

TEST(Unknown, FlowsThroughWhatDependsOnIt) {
  constexpr UnknownRow kRows[] = {
      {"var.u", kU},
      {"var.u + 1", kU},
      {"!var.u", kU},
      {"\"x-${var.u}\"", kU},
      {"upper(var.u)", kU},
      {"var.u[0].name", kU},
      {"[for v in var.u : v]", kU},
      {"var.u ? 1 : 2", kU},
      {"jsonencode({a = var.u})", kU},
      {"try(var.u, 1)", kU},
      {"can(var.u)", kU},
      {"coalesce(null, var.u, \"a\")", kU},
      {"var.u == null", kU},
      {"contains([var.u], \"a\")", kU},
      {"length(toset([var.u, \"a\"]))", kU},
      {"{(var.u) = 1}", kU},
  };
  for (const UnknownRow& row : kRows) {
    Evaluation evaluation;
    Unknowns names(evaluation.context());
    EXPECT_EQ(evaluation.Json(std::string(row.expression), &names), row.result) << row.expression;
  }
}

TEST(Unknown, LeavesWhatDoesNot) {
  constexpr UnknownRow kRows[] = {
      {"false && var.u", "false"},
      {"var.u && false", "false"},
      {"true || var.u", "true"},
      {"var.u || true", "true"},
      {"{a = var.u, b = 1}.b", "1"},
      {"length([var.u])", "1"},
      {"contains([var.u, \"a\"], \"a\")", "true"},
      {"anytrue([true, var.u])", "true"},
      {"alltrue([false, var.u])", "false"},
      {"var.u ? 1 : 1", "1"},
      {"var.u ? [1, 2] : [1, 2]", "[1,2]"},
      {"try({a = var.u}.b, \"d\")", "\"d\""},
      {"lookup({a = 1, b = var.u}, \"a\")", "1"},
      {"merge({a = 1}, {b = var.u}).a", "1"},
      {"merge(var.u, {b = 2}).b", "2"},
      {"{a = null} != null && {a = 1}.a == 1", "true"},
  };
  for (const UnknownRow& row : kRows) {
    Evaluation evaluation;
    Unknowns names(evaluation.context());
    EXPECT_EQ(evaluation.Json(std::string(row.expression), &names), row.result) << row.expression;
  }
}

TEST(Unknown, NamesWhatItWaitsFor) {
  Evaluation evaluation;
  Unknowns names(evaluation.context());
  const Value value = evaluation.Of("var.a + var.b", &names);
  ASSERT_TRUE(value.IsUnknown());
  EXPECT_EQ(value.AsUnknown().total, 2U);
  EXPECT_EQ(value.AsUnknown().causes[1].what, "var.b");
}

TEST(Guard, TheOtherSidesErrorDoesNotMatter) {
  Evaluation evaluation;
  EXPECT_EQ(evaluation.Json("null != null && null.a"), "false");
  EXPECT_EQ(evaluation.Json("null == null || null.a"), "true");
}

TEST(Bound, WorkIsCounted) {
  Limits limits;
  limits.evaluation_steps = 10'000;
  Evaluation evaluation(limits);
  const Value value = evaluation.Of(
      "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a + b + c]]]");
  ASSERT_TRUE(value.IsError());
  EXPECT_TRUE(value.AsError().absolute);
}

TEST(Bound, TryDoesNotAbsorbALimit) {
  Limits limits;
  limits.evaluation_steps = 1'000;
  Evaluation evaluation(limits);
  EXPECT_TRUE(evaluation.Of("try([for a in range(1000) : [for b in range(9) : b]], 1)").IsError());
}

TEST(Bound, NestedExpansionsStopAtTheSizeOfAValue) {
  std::string text = "[1, 1]";
  for (int i = 0; i < 40; ++i) text = "[for a in [" + text + "] : [a, a]][0]";
  Evaluation evaluation;
  EXPECT_TRUE(evaluation.Of(text).IsError());
}

TEST(Secret, TheMarkStaysOnWhatIsMadeOfIt) {
  Evaluation evaluation;
  EXPECT_EQ(evaluation.Json("sensitive(\"s\")"), "\"(sensitive)\"");
  EXPECT_TRUE(evaluation.Of("\"x-${sensitive(\"s\")}\"").IsSensitive());
  EXPECT_TRUE(evaluation.Of("upper(sensitive(\"s\"))").IsSensitive());
  EXPECT_TRUE(evaluation.Of("sensitive(true) ? 1 : 2").IsSensitive());
  EXPECT_TRUE(evaluation.Of("sensitive({a = 1}).a").IsSensitive());
}

TEST(Template, RendersWithItsVariablesAlone) {
  Evaluation evaluation;
  EXPECT_EQ(evaluation.Json("templatestring(\"a $${x} %%{ for v in y }$${v};%%{ endfor }\", "
                            "{x = 1, y = [\"p\", \"q\"]})"),
            "\"a 1 p;q;\"");
  EXPECT_TRUE(evaluation.Of("templatestring(\"$${z}\", {})").IsError());
}

TEST(Errors, SayWhatWasFound) {
  Evaluation evaluation;
  const auto message = [&](std::string text) {
    const Value value = evaluation.Of(std::move(text));
    return value.IsError() ? std::string(value.AsError().message) : ToJson(value);
  };
  EXPECT_EQ(message("nope(1)"), "there is no function `nope`");
  EXPECT_EQ(message("upper()"), "upper: takes 1 arguments, found 0");
  EXPECT_EQ(message("join(\",\", 1)"), "join: argument 2 list(string) is required, found a number");
  EXPECT_EQ(message("[1][3]"), "index 3 of a list of 1");
  EXPECT_EQ(message("{a = 1}.b"), "there is no attribute or key `b`");
  EXPECT_EQ(message("null.b"), "null has no attributes and no elements");
  EXPECT_EQ(message("1 + \"x\""), "number is required, found a string");
}

}  // namespace
}  // namespace restorable::terraform
