#include "admission/kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

#include "resource/resource.h"

namespace restorable::admission {

namespace {

void AddKinds(std::span<const ObjectKind> rows, const auto& is_wanted,
              std::vector<const ObjectKind*>& kinds) {
  for (const ObjectKind& kind : rows) {
    if (is_wanted(Resource{.group = kind.group, .version = kind.version, .kind = kind.kind})) {
      kinds.push_back(&kind);
    }
  }
}

}  // namespace

std::vector<const ObjectKind*> ReviewedKinds(const policy::RuleSet& rules) {
  std::vector<const ObjectKind*> kinds;
  const auto is_reviewed = [&](const Resource& object) { return rules.IsReviewed(object); };
  AddKinds(kubernetes::ObjectKinds(), is_reviewed, kinds);
  return kinds;
}

std::vector<const ObjectKind*> AuditedKinds(const policy::RuleSet& rules) {
  std::vector<const ObjectKind*> kinds = ReviewedKinds(rules);
  const auto is_named = [&](const Resource& object) { return rules.IsNamed(object); };
  AddKinds(kubernetes::ReferredKinds(), is_named, kinds);
  return kinds;
}

std::string RoleRules(const std::vector<const ObjectKind*>& kinds) {
  std::map<std::string_view, std::string> plurals;
  for (const ObjectKind* const kind : kinds) {
    std::string& list = plurals[kind->group];
    list.append(list.empty() ? "" : ", ").append(kind->plural);
  }
  std::string out;
  for (const auto& [group, list] : plurals) {
    out += fmt::format("- apiGroups: [\"{}\"]\n  resources: [{}]\n  verbs: [get, list]\n", group,
                       list);
  }
  return out;
}

std::string WebhookRules(const std::vector<const ObjectKind*>& kinds, bool custom) {
  std::map<std::tuple<bool, std::string_view, std::string_view, bool>, std::string> plurals;
  for (const ObjectKind* const kind : kinds) {
    if (kind->is_custom && !custom) continue;
    std::string& list = plurals[{kind->is_custom, kind->group, kind->version, kind->is_namespaced}];
    list.append(list.empty() ? "" : ", ").append(kind->plural);
  }
  std::string out;
  for (const auto& [key, list] : plurals) {
    const auto& [is_custom, group, version, is_namespaced] = key;
    out += fmt::format("- apiGroups: [\"{}\"]\n", group);
    out += fmt::format("  apiVersions: [{}]\n", version);
    out += "  operations: [CREATE, UPDATE]\n";
    out += fmt::format("  resources: [{}]\n", list);
    out += fmt::format("  scope: {}\n", is_namespaced ? "Namespaced" : "Cluster");
  }
  return out;
}

}  // namespace restorable::admission
