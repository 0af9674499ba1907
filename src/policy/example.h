#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policy/rule_set.h"

namespace restorable::policy {

// A manifest in which a rule finds something, from its tests.
struct RuleExample {
  std::string text;
  std::vector<std::uint32_t> lines;  // that are found
};

// Of the tests that find something in a single file, the shortest; nothing if there is none.
[[nodiscard]] std::optional<RuleExample> FindExample(const RuleSet& rules, const Rule& rule);

}  // namespace restorable::policy
