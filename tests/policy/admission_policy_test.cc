// Rules as ValidatingAdmissionPolicies. That an API server takes them and judges alike is for the
// suite in tests/e2e; here it is what becomes of an expression.
#include "policy/admission_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "world.h"

namespace restorable::policy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kLibrary = R"yaml(apiVersion: restorable.dev/v1
kind: Library
metadata: {name: library}
spec:
  variables:
    first: object.a
    second: variables.first + 1
  functions:
    double: {params: [x], expression: x + x}
    anyOf: {params: [list, value], expression: "list.exists(x, x == value)"}
)yaml";
constexpr std::string_view kData = R"yaml(apiVersion: restorable.dev/v1
kind: Data
metadata: {name: names}
spec: {date: "2026-01-01", good: [a, b], mixed: {x: 1, z: [w]}}
)yaml";

// The policies of a rule with one check on everything of kind Thing.
ExportedPolicies Export(std::string_view check) {
  static std::vector<std::unique_ptr<const RuleSet>> kept;
  RuleSet::LoadResult loaded = LoadTexts({{"library.yaml", std::string(kLibrary)},
                                          {"data.yaml", std::string(kData)},
                                          {"rule.yaml", RuleText(check)}});
  EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
  kept.push_back(std::move(loaded.rules));
  return ExportPolicies(*kept.back(), Limits{});
}

std::string Expression(std::string_view check) {
  const ExportedPolicies exported = Export(check);
  if (exported.policies.empty()) return "left out: " + exported.others.at(0).reason;
  return exported.policies[0].expression;
}

TEST(AdmissionPolicy, PutsInFunctionsDataAndParameters) {
  EXPECT_EQ(Expression("assert: double(object.n) == 2"), "object.n + object.n == 2");
  EXPECT_EQ(Expression("assert: object.x in data.names.good"), "object.x in ['a', 'b']");
  EXPECT_EQ(Expression("assert: data.names.mixed == object.x"),
            "{'x': dyn(1), 'z': dyn(['w'])} == object.x");
}

TEST(AdmissionPolicy, AnArgumentKeepsItsMeaningWithinAMacro) {
  EXPECT_EQ(Expression("assert: object.l.all(x, anyOf(object.m, x))"),
            "object.l.all(x, object.m.exists(x2, x2 == x))");
}

TEST(AdmissionPolicy, CollectsVariablesInTheirOrder) {
  const ExportedPolicies exported = Export("assert: variables.second == 2");
  ASSERT_EQ(exported.policies.size(), 1U);
  const auto& variables = exported.policies[0].variables;
  ASSERT_EQ(variables.size(), 2U);
  EXPECT_EQ(variables[0].first, "first");
  EXPECT_EQ(variables[1], (std::pair<std::string, std::string>("second", "variables.first + 1")));
}

TEST(AdmissionPolicy, ItemsBecomeAMacro) {
  EXPECT_EQ(Expression("forEach: object.items\nwhen: has(item.a)\nassert: item.a > 0"),
            "(object.items).all(item, !((has(item.a))) || (item.a > 0))");
}

TEST(AdmissionPolicy, WhatAReviewCannotKnowIsAnError) {
  EXPECT_EQ(Expression("assert: \"resources.find('A', object.x).orValue(unknown('A')) == 1\""),
            "optional.none().orValue(dyn(optional.none().value())) == 1");
  EXPECT_EQ(Expression("assert: resource.mode == 'scan'"), "'admission' == 'scan'");
  EXPECT_EQ(Expression("assert: resource.operation != 'UPDATE'"), "request.operation != 'UPDATE'");
}

TEST(AdmissionPolicy, SaysWhyACheckIsLeftOut) {
  EXPECT_THAT(Expression("assert: object.l.flatten() == []"), HasSubstr("flatten()"));
  EXPECT_THAT(Expression("forEach: object.l\nassert: index == 0"), HasSubstr("number of an item"));
  EXPECT_THAT(Expression("assert: \"{?'a': object.?b} == {}\""), HasSubstr("may be absent"));
  EXPECT_THAT(Expression("assert: \"[?object.?b] == []\""), HasSubstr("may be absent"));
}

TEST(AdmissionPolicy, ABranchThatNoApiServerUnderstandsIsAnErrorOnlyThere) {
  const ExportedPolicies exported =
      Export("assert: \"object.kind == 'A' ? object.l.flatten() == [] : object.n > 0\"");
  ASSERT_EQ(exported.policies.size(), 1U);
  EXPECT_EQ(exported.policies[0].expression,
            "object.kind == 'A' ? dyn(optional.none().value()) : object.n > 0");
  EXPECT_THAT(exported.policies[0].gaps, ElementsAre(HasSubstr("flatten()")));
}

}  // namespace
}  // namespace restorable::policy
