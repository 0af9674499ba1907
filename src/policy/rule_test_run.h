#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "policy/rule_set.h"
#include "policy/rule_test_case.h"

namespace restorable::policy {

// What a rule finds in the files of a test, in the order of place.
struct RuleTestOutcome {
  struct Found {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    Verdict verdict = Verdict::kViolated;
    std::string message;
  };
  std::vector<Found> found;
  std::vector<std::string> errors;  // of the files, or of the rule
};

// Reads, lowers and judges as a scan does, or, in admission mode, as the webhook does.
[[nodiscard]] RuleTestOutcome RunRuleTest(const RuleSet& rules, const Rule& rule,
                                          const RuleTestCase& test, const Limits& limits);

}  // namespace restorable::policy
