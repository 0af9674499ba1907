#pragma once

#include <span>
#include <string>

#include "policy/rule.h"

// The pages of docs/rules.
namespace restorable::policy {

// The page of one rule, for ID.md.
[[nodiscard]] std::string RulePage(const Rule& rule);

// The table of all rules, for README.md.
[[nodiscard]] std::string RuleIndex(std::span<const Rule> rules);

}  // namespace restorable::policy
