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
// The same for a match that says the kind, and not that any will do.
[[nodiscard]] bool Names(const Match& match, const Resource& object);

// What there is to do for resources of one type.
struct Plan {
  std::vector<std::uint32_t> checks;     // places in RuleSet::Impl::checks
  std::vector<std::uint32_t> lowerings;  // places in RuleSet::Impl::lowerings
  bool looked_up = false;                // by checks of other resources, or by lowerings
  std::vector<std::uint32_t> lookups;    // places in RuleSet::Impl::lookups: only if one holds
};

// Whether a check of another resource, or a lowering, asks for such.
[[nodiscard]] bool IsAskedFor(const RuleSet::Impl& rules, const Resource& resource);
// The same if it is its kind that is asked for, and not any.
[[nodiscard]] bool IsAskedForByName(const RuleSet::Impl& rules, const Resource& resource);

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
