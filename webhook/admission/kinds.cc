#include "admission/kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "resource/resource.h"

namespace restorable::admission {

std::vector<const ObjectKind*> ReviewedKinds(const policy::RuleSet& rules) {
  std::vector<const ObjectKind*> kinds;
  for (const ObjectKind& kind : kubernetes::ObjectKinds()) {
    const bool is_reviewed =
        rules.IsReviewed({.group = kind.group, .version = kind.version, .kind = kind.kind});
    if (is_reviewed) kinds.push_back(&kind);
  }
  return kinds;
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
