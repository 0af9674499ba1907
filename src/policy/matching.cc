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

bool Selects(const Selector& selector, const Resource& object) {
  return Has(selector.kinds, object.kind) && Has(selector.groups, object.group) &&
         (selector.versions.empty() || Has(selector.versions, object.version));
}

// Asks whether a set of kinds has that of the resource: by its name, or with the group in front.
class KindFinder {
 public:
  explicit KindFinder(const Resource& resource)
      : resource_(resource),
        qualified_(std::string(resource.group) + "/" + std::string(resource.kind)) {}

  [[nodiscard]] bool operator()(const std::string& kind) const {
    return kind == resource_.kind || kind == qualified_ ||
           (resource_.schema == Schema::kAzure && EqualsIgnoringAsciiCase(kind, resource_.kind));
  }

 private:
  const Resource& resource_;
  std::string qualified_;
};

}  // namespace

bool Matches(const Match& match, const Resource& resource) {
  if (resource.schema == Schema::kTerraform) return Has(match.terraform, resource.kind);
  if (resource.schema == Schema::kModule) return Has(match.modules, resource.kind);
  if (resource.schema == Schema::kAzure) {
    return std::ranges::any_of(match.azure, [&](std::string_view type) {
      return EqualsIgnoringAsciiCase(type, resource.kind);
    });
  }
  return std::ranges::any_of(match.kubernetes,
                             [&](const Selector& selector) { return Selects(selector, resource); });
}

bool Names(const Match& match, const Resource& object) {
  return std::ranges::any_of(match.kubernetes, [&](const Selector& selector) {
    return std::ranges::count(selector.kinds, object.kind) > 0 && Selects(selector, object);
  });
}

bool IsAskedFor(const RuleSet::Impl& rules, const Resource& resource) {
  return rules.looked_up.contains(kAnyKind) || IsAskedForByName(rules, resource);
}

bool IsAskedForByName(const RuleSet::Impl& rules, const Resource& resource) {
  return std::ranges::any_of(rules.looked_up, KindFinder(resource));
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
  plan.looked_up = IsAskedFor(rules_, resource);
  // What the built-in rules have no use for, a user's may.
  const bool by_user = rules_.looked_up_by_user.contains(kAnyKind) ||
                       std::ranges::any_of(rules_.looked_up_by_user, KindFinder(resource));
  for (std::uint32_t i = 0; plan.looked_up && i < rules_.lookups.size(); ++i) {
    const Lookup& lookup = *rules_.lookups[i].lookup;
    if (by_user && lookup.built_in) continue;
    if (Matches(lookup.match, resource)) plan.lookups.push_back(i);
  }
  return plan;
}

}  // namespace restorable::policy
