#include "policy/matching.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "policy/rule_set_impl.h"

namespace restorable::policy {
namespace {

constexpr std::string_view kAny = "*";
constexpr std::string_view kPrefixes[] = {"", "azure", "terraform", "module"};  // by Schema
// Types that strangers made up must not fill the memory.
constexpr std::size_t kMostPlans = 4096;

bool Has(const std::vector<std::string_view>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](std::string_view n) { return n == name || n == kAny; });
}

}  // namespace

bool Matches(const Match& match, const Resource& resource) {
  if (resource.schema == Schema::kTerraform) return Has(match.terraform, resource.kind);
  if (resource.schema == Schema::kModule) return Has(match.modules, resource.kind);
  if (resource.schema == Schema::kAzure) {
    return std::ranges::any_of(match.azure, [&](std::string_view type) {
      return EqualsIgnoringAsciiCase(type, resource.kind);
    });
  }
  return std::ranges::any_of(match.kubernetes, [&](const Selector& selector) {
    return Has(selector.kinds, resource.kind) && Has(selector.groups, resource.group) &&
           (selector.versions.empty() || Has(selector.versions, resource.version));
  });
}

const Plan& PlanCache::For(const Resource& resource) {
  key_.assign(kPrefixes[static_cast<std::size_t>(resource.schema)]);
  for (const std::string_view part : {resource.group, resource.version, resource.kind}) {
    key_.append("/").append(part);
  }
  const auto found = plans_.find(key_);
  if (found != plans_.end()) return found->second;
  if (plans_.size() == kMostPlans) plans_.clear();
  return plans_.emplace(key_, Make(resource)).first->second;
}

Plan PlanCache::Make(const Resource& resource) const {
  Plan plan;
  for (std::uint32_t i = 0; i < rules_.checks.size(); ++i) {
    if (Matches(rules_.checks[i].check->match, resource)) plan.checks.push_back(i);
  }
  for (std::uint32_t i = 0; i < rules_.lowerings.size(); ++i) {
    if (Matches(rules_.lowerings[i].lowering->match, resource)) plan.lowerings.push_back(i);
  }
  const std::string qualified = std::string(resource.group) + "/" + std::string(resource.kind);
  const auto is_asked_for = [&](const std::string& kind) {
    return kind == kAnyKind || kind == resource.kind || kind == qualified ||
           (resource.schema == Schema::kAzure && EqualsIgnoringAsciiCase(kind, resource.kind));
  };
  plan.looked_up = std::ranges::any_of(rules_.looked_up, is_asked_for);
  // What the built-in rules have no use for, a user's may.
  const bool by_user = std::ranges::any_of(rules_.looked_up_by_user, is_asked_for);
  for (std::uint32_t i = 0; plan.looked_up && i < rules_.lookups.size(); ++i) {
    const Lookup& lookup = *rules_.lookups[i].lookup;
    if (by_user && lookup.built_in) continue;
    if (Matches(lookup.match, resource)) plan.lookups.push_back(i);
  }
  return plan;
}

}  // namespace restorable::policy
