// Guards, assertions, unknowns and errors: what comes of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "world.h"

namespace restorable::policy {
namespace {

using testing::HasSubstr;

// The findings of a check on a thing; unknown('x') in it is an unknown, 1/0 an error.
struct Case {
  std::string_view name;
  std::string_view check;
  std::string_view verdict;  // "pass", "violated", "undetermined on x", "error"
};

std::string VerdictOf(std::string_view check) {
  const auto loaded = LoadTexts({{"r.yaml", RuleText(check)}});
  EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
  World world(*loaded.rules);
  world.Add("a.yaml",
            "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n"
            "spec: {list: [1, 2], empty: [], m: 1}\n");
  world.Deploy();
  std::string text;
  const auto& findings = world.Finished();
  for (const Finding& finding : findings) {
    if (!text.empty()) text += ", ";
    text += Name(finding.verdict);
    for (const std::string& input : finding.waiting_for) text += " on " + input;
  }
  for (const Diagnostic& diagnostic : world.diagnostics()) {
    if (!text.empty()) text += ", ";
    text += "error: " + diagnostic.args.at(2);
  }
  return text.empty() ? "pass" : text;
}

class VerdictTest : public testing::TestWithParam<Case> {};

TEST_P(VerdictTest, Is) {
  EXPECT_THAT(VerdictOf(GetParam().check), testing::StartsWith(std::string(GetParam().verdict)));
}

constexpr Case kCases[] = {
    {"True", "assert: 'true'", "pass"},
    {"False", "assert: 'false'", "violated"},
    {"Unknown", "assert: unknown('x') == 1", "undetermined on x"},
    {"Error", "assert: 1 / (object.spec.m - 1) == 1", "error: division by zero"},
    {"FalseGuard", "assert: 'false'\nwhen: object.spec.m == 2", "pass"},
    {"FalseGuardBesideUnknown", "assert: 'false'\nwhen: [unknown('x') == 1, 'false']", "pass"},
    {"FalseGuardBesideError", "assert: 'false'\nwhen: [object.a == 1, 'false']", "pass"},
    {"FalseGuardBeforeErrorInAssertion", "assert: object.a == 1\nwhen: 'false'", "pass"},
    {"UnknownGuardAndTrue", "assert: 'true'\nwhen: unknown('x') == 1", "pass"},
    {"UnknownGuardAndFalse", "assert: 'false'\nwhen: unknown('x') == 1", "undetermined on x"},
    {"UnknownGuardAndUnknown", "assert: unknown('y') == 1\nwhen: unknown('x') == 1",
     "undetermined on x"},
    {"UnknownGuardAndError", "assert: object.a == 1\nwhen: unknown('x') == 1", "undetermined on x"},
    {"TwoUnknownGuards", "assert: 'false'\nwhen: [unknown('x') == 1, unknown('y') == 1]",
     "undetermined on x on y"},
    {"UnknownGuardBesideError", "assert: 'false'\nwhen: [unknown('x') == 1, object.a == 1]",
     "undetermined on x"},
    {"ErrorInGuard", "assert: 'true'\nwhen: object.a == 1", "error: no such key"},
    {"EachItem", "forEach: object.spec.list\nassert: item == 3", "violated, violated"},
    {"SomeItem", "forEach: object.spec.list\nassert: item == 1", "violated"},
    {"NoItems", "forEach: object.spec.empty\nassert: 'false'", "pass"},
    {"UnknownItems", "forEach: unknown('x')\nassert: 'false'", "undetermined on x"},
    {"UnknownItemsAndFalseGuard", "forEach: unknown('x')\nassert: 'false'\nwhen: 'false'", "pass"},
    {"ErrorInItems", "forEach: object.a\nassert: 'true'", "error: no such key"},
    {"ItemsThatAreNoList", "forEach: object.spec.m\nassert: 'true'",
     "error: `forEach` gives no list"},
    {"GuardOfAnItem", "forEach: object.spec.list\nwhen: item == 2\nassert: 'false'", "violated"},
    {"GuardThatUsesAVariableOfTheItem",
     "forEach: object.spec.list\nvariables: {i: item + index}\nwhen: variables.i == 1\n"
     "assert: 'false'",
     "violated"},
    {"UnknownGuardOfAnItem",
     "forEach: object.spec.list\nwhen: \"item == 1 ? true : unknown('x') == 1\"\nassert: 'false'",
     "violated, undetermined on x"},
    {"FailsOnceForAllItems", "forEach: object.spec.list\nassert: object.a == item",
     "error: no such key"},
    {"TooMuchToCompute",
     "variables: {m: '[1,2,3,4,5,6,7,8,9,10]'}\n"
     "assert: variables.m.all(a, variables.m.all(b, variables.m.all(c, variables.m.all(d, "
     "variables.m.all(e, variables.m.all(f, a + b + c + d + e + f > 0))))))",
     "error: the evaluation costs more than 1000000 units"},
};
INSTANTIATE_TEST_SUITE_P(Cases, VerdictTest, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(VerdictTextTest, NamesRuleResourceAndWhatWentWrong) {
  const auto loaded = LoadTexts({{"r.yaml", RuleText("assert: object.spec.a == 1")}});
  World world(*loaded.rules);
  world.Add("a.yaml", "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {}\n");
  (void)world.Finished();
  EXPECT_EQ(world.Messages(), "a.yaml:3:18: rule ORG1 cannot judge Thing/t: no such key: `a`\n");
  ASSERT_EQ(world.diagnostics().size(), 1U);
  ASSERT_EQ(world.diagnostics()[0].notes.size(), 1U);
  EXPECT_NE(loaded.rules->Source(world.diagnostics()[0].notes[0].range.file), nullptr);
}

class MessageTest : public testing::Test {
 protected:
  static std::string Message(std::string_view message) {
    const auto loaded = LoadTexts(
        {{"r.yaml", RuleText("assert: 'false'\nmessage: \"" + std::string(message) + "\"")}});
    EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
    World world(*loaded.rules);
    world.Add("a.yaml",
              "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n"
              "spec: {text: \"two\\nlines\"}\n");
    world.Deploy();
    return world.Finished().at(0).message;
  }
};

TEST_F(MessageTest, IsWhatTheExpressionGives) {
  EXPECT_EQ(Message("' thing ' + object.metadata.name + ' '"), "thing t");
}
TEST_F(MessageTest, ShowsWhatIsUnknown) {
  EXPECT_EQ(Message("'a ' + string(unknown('var.size')) + ' b'"), "a <unknown: var.size> b");
  EXPECT_EQ(Message("true ? 'a ' + string(unknown('x')) : 'b'"), "a <unknown: x>");
}
TEST_F(MessageTest, FallsBackToTheTitle) {
  EXPECT_EQ(Message("'a' + object.nothing"), "Something is wrong");
  EXPECT_EQ(Message("'  '"), "Something is wrong");
  EXPECT_EQ(Message("string(object.spec.text)"), "Something is wrong");
}

TEST(PresenceTest, WhatMayNotComeToBeViolatesNothingForCertain) {
  const auto loaded =
      LoadTexts({{"r.yaml", RuleText("assert: object.spec.m == 2\nmessage: \"'m is wrong'\"")}});
  World world(*loaded.rules);
  world.Add("a.yaml",
            "{{- if .Values.on }}\napiVersion: example.com/v1\nkind: Thing\n"
            "metadata: {name: t}\nspec: {m: 1}\n{{- end }}\n");
  EXPECT_EQ(world.Findings(),
            "a.yaml:4:18: undetermined ORG1: m is wrong\n"
            "  waits for the template's condition on Thing/t\n");
}

TEST(PresenceTest, ValuesFromATemplateAreWaitedFor) {
  const auto loaded = LoadTexts(
      {{"r.yaml", RuleText("assert: object.spec.m == 2\nat: object.spec.m\nmessage: \"'m is ' + "
                           "string(object.spec.m)\"")}});
  World world(*loaded.rules);
  world.Add("a.yaml",
            "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n"
            "spec:\n  m: {{ .Values.m }}\n");
  EXPECT_EQ(world.Findings(),
            "a.yaml:5:6: undetermined ORG1: m is <unknown: {{ .Values.m }}>\n"
            "  waits for {{ .Values.m }}\n");
}

}  // namespace
}  // namespace restorable::policy
