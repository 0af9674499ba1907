#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/range.h"
#include "policy/rule_set.h"

namespace restorable::policy {

// A test of a rule that did not find what it expects.
struct RuleTestFailure {
  std::string rule;  // its id
  std::string test;  // its name
  Range range;       // of the test in the rule file
  // What of both has no counterpart, each a line: "line 6, column 12: violated: …".
  std::vector<std::string> missing;     // expected and not found
  std::vector<std::string> unexpected;  // found and not expected; errors too
};

struct RuleTestReport {
  std::unique_ptr<const RuleSet> rules;  // for the files of the ranges
  std::size_t tested_rules = 0;
  std::size_t tests = 0;
  std::vector<RuleTestFailure> failures;
  // Broken rules and tests, and rules without a test that passes or one that violates.
  std::vector<Diagnostic> diagnostics;
};

// Runs the tests of all rules at `paths` (files and directories) by the same steps as a scan. They
// may use the built-in libraries, and take the place of built-in rules of the same id.
[[nodiscard]] RuleTestReport RunRuleTests(const std::vector<std::string>& paths,
                                          const Limits& limits);

}  // namespace restorable::policy
