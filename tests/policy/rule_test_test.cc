// The tests of rules, tested.
#include "policy/rule_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "policy/embed.h"
#include "policy/markdown.h"
#include "world.h"

namespace restorable::policy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kViolating =
    "    - name: wrong\n"
    "      kubernetes: |\n"
    "        apiVersion: example.com/v1\n"
    "        kind: Thing\n"
    "        metadata: {name: t}\n"
    "        spec: {m: 1}\n"
    "      expect: [{line: 4, column: 11, message: is 1}]\n";
constexpr std::string_view kPassing =
    "    - name: right\n"
    "      kubernetes: |\n"
    "        apiVersion: example.com/v1\n"
    "        kind: Thing\n"
    "        spec: {m: 2}\n"
    "      expect: pass\n";

class RuleTestTest : public testing::Test {
 protected:
  RuleTestTest() {
    std::string name = (std::filesystem::temp_directory_path() / "rulesXXXXXX").string();
    directory_ = mkdtemp(name.data());
  }
  ~RuleTestTest() override { std::filesystem::remove_all(directory_); }

  RuleTestReport Run(std::string_view tests, std::string_view spec = "  params: {want: 2}\n") {
    std::ofstream(directory_ + "/rule.yaml")
        << RuleText(
               "assert: object.spec.m == params.want\nat: object.spec.m\n"
               "message: \"'m is ' + string(object.spec.m)\"",
               spec)
        << "  tests:\n"
        << tests;
    return RunRuleTests({directory_}, Limits{});
  }

  std::string directory_;
};

TEST_F(RuleTestTest, Pass) {
  const RuleTestReport report = Run(std::string(kViolating) + std::string(kPassing));
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_EQ(Show(report.diagnostics, *report.rules), "");
  EXPECT_EQ(report.tested_rules, 1U);
  EXPECT_EQ(report.tests, 2U);
}

TEST_F(RuleTestTest, SayWhatWasExpectedAndFound) {
  std::string wrong(kViolating);
  wrong.replace(wrong.find("is 1}"), 4, "is 3");
  const RuleTestReport report = Run(wrong + std::string(kPassing));
  ASSERT_EQ(report.failures.size(), 1U);
  EXPECT_EQ(report.failures[0].rule, "ORG1");
  EXPECT_EQ(report.failures[0].test, "wrong");
  EXPECT_THAT(report.failures[0].missing, ElementsAre("line 4, column 11: violated: …is 3…"));
  EXPECT_THAT(report.failures[0].unexpected, ElementsAre("line 4, column 11: violated: m is 1"));
  const SourceFile* const file = report.rules->Source(report.failures[0].range.file);
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->Text(report.failures[0].range), "wrong");
}

TEST_F(RuleTestTest, FailForErrors) {
  std::string broken(kPassing);
  broken.replace(broken.find("spec: {m: 2}"), 12, "spec: {}");
  const RuleTestReport report = Run(std::string(kViolating) + broken);
  ASSERT_EQ(report.failures.size(), 1U);
  EXPECT_THAT(report.failures[0].unexpected.at(0), HasSubstr("rule ORG1 cannot judge Thing"));
}

TEST_F(RuleTestTest, BothKindsAreNeeded) {
  const RuleTestReport none = Run("    []\n");
  EXPECT_THAT(Show(none.diagnostics, *none.rules), HasSubstr("no test that passes"));
  const RuleTestReport one = Run(kPassing);
  EXPECT_THAT(Show(one.diagnostics, *one.rules),
              HasSubstr("rule.yaml:3:16: error: rule `ORG1` has no test that violates it\n"));
}

TEST_F(RuleTestTest, RunUnderTheirOwnSettings) {
  std::string other(kViolating);
  other.replace(other.find("      expect"), 0, "      params: {want: 1}\n");
  other.replace(other.find("[{line"), other.size(), "pass\n");
  std::string off(other);
  off.replace(off.find("params: {want: 1}"), 17, "enabled: false");
  std::string elsewhere(other);
  elsewhere.replace(elsewhere.find("params: {want: 1}"), 17, "matrix: \"2026-01\"");
  const RuleTestReport report = Run(std::string(kViolating) + other + off + elsewhere,
                                    "  matrix: [\"2025-06\"]\n  params: {want: 2}\n");
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_EQ(report.tests, 4U);
}

TEST_F(RuleTestTest, SayWhatIsMalformed) {
  const RuleTestReport report =
      Run("    - {name: a, kubernetes: '', expect: maybe}\n"
          "    - {name: b, kubernetes: '', expect: [{line: 0}]}\n"
          "    - {name: c, expect: pass}\n    - {kubernetes: '', expect: pass, mode: fast}\n");
  const std::string text = Show(report.diagnostics, *report.rules);
  EXPECT_THAT(text, HasSubstr("`expect` must be `pass` or a list of findings"));
  EXPECT_THAT(text, HasSubstr("`line` must be a number from 1 on"));
  EXPECT_THAT(text, HasSubstr("a test needs a field `kubernetes`"));
  EXPECT_THAT(text, HasSubstr("a test needs a field `name`"));
  EXPECT_THAT(text, HasSubstr("`fast` is no mode; there is `scan`, `admission`"));
}

TEST(EmbedTest, LeavesTestsOut) {
  const auto loaded = LoadTexts({{"r.yaml", RuleText("assert: resources.list('A').size() == 0") +
                                                "  tests: [{name: secret}]\n"}});
  const std::string source = EmbeddedSource(*loaded.rules);
  EXPECT_THAT(source, HasSubstr(R"(\"kinds\":{\"ORG1\":[\"A\"]})"));
  EXPECT_THAT(source, testing::Not(HasSubstr("secret")));
}

TEST(MarkdownTest, SaysWhatTheRuleSays) {
  const auto loaded = LoadTexts({{"r.yaml", RuleText("assert: params.most == 'a|b'",
                                                     "  description: Why | it matters.\n"
                                                     "  remediation: Do this.\n"
                                                     "  params: {most: a|b}\n")}});
  const std::string page = RulePage(loaded.rules->rules()[0]);
  EXPECT_THAT(page, HasSubstr("# ORG1: Something is wrong\n"));
  EXPECT_THAT(page, HasSubstr("| Looks at | `Thing` |"));
  EXPECT_THAT(page, HasSubstr("\n## Why\n\nWhy | it matters.\n"));
  EXPECT_THAT(page, HasSubstr("\n## What to do\n\nDo this.\n"));
  EXPECT_THAT(page, HasSubstr("| `most` | `\"a\\|b\"` |"));
  EXPECT_THAT(page, HasSubstr("# restorable:ignore ORG1 -- "));
  EXPECT_THAT(RuleIndex(loaded.rules->rules()),
              HasSubstr("| [ORG1](ORG1.md) | error | storage | Something is wrong |\n"));
}

}  // namespace
}  // namespace restorable::policy
