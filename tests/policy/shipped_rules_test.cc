// The rules under rules/: each must find what its own tests expect.
#include <gtest/gtest.h>

#include <string>

#include "policy/rule_test.h"

namespace restorable::policy {
namespace {

std::string Text(const RuleTestFailure& failure, const RuleSet& rules) {
  const SourceFile* const file = rules.Source(failure.range.file);
  std::string text = failure.rule + " \"" + failure.test + "\"";
  if (file != nullptr) {
    text +=
        " at " + file->path() + ":" + std::to_string(file->PositionAt(failure.range.begin).line);
  }
  for (const std::string& line : failure.missing) text += "\n  expected   " + line;
  for (const std::string& line : failure.unexpected) text += "\n  unexpected " + line;
  return text;
}

TEST(ShippedRules, FindWhatTheirTestsExpect) {
  const RuleTestReport report = RunRuleTests({RESTORABLE_SOURCE_DIR "/rules"}, Limits{});
  EXPECT_GT(report.tested_rules, 40U);
  for (const Diagnostic& diagnostic : report.diagnostics) ADD_FAILURE() << Message(diagnostic);
  for (const RuleTestFailure& failure : report.failures) {
    ADD_FAILURE() << Text(failure, *report.rules);
  }
}

}  // namespace
}  // namespace restorable::policy
