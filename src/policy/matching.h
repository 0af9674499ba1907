#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/rule.h"
#include "policy/rule_set.h"
#include "resource/resource.h"
#include "value/hash.h"

namespace restorable::policy {

[[nodiscard]] bool Matches(const Match& match, const Resource& resource);

// What there is to do for resources of one type.
struct Plan {
  std::vector<std::uint32_t> checks;     // places in RuleSet::Impl::checks
  std::vector<std::uint32_t> lowerings;  // places in RuleSet::Impl::lowerings
  bool looked_up = false;                // by checks of other resources, or by lowerings
  std::vector<std::uint32_t> lookups;    // places in RuleSet::Impl::lookups: only if one holds
};

// The plans of the types that a session has met.
class PlanCache {
 public:
  explicit PlanCache(const RuleSet::Impl& rules) : rules_(rules) {}

  // Valid until the next call.
  [[nodiscard]] const Plan& For(const Resource& resource);

 private:
  struct Hash {
    std::size_t operator()(const std::string& key) const { return HashKey(key); }
  };

  [[nodiscard]] Plan Make(const Resource& resource) const;

  const RuleSet::Impl& rules_;
  std::unordered_map<std::string, Plan, Hash> plans_;
  std::string key_;
};

}  // namespace restorable::policy
