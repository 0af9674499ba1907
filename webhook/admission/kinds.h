#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule_set.h"

namespace restorable::admission {

// A kind of object as a webhook registers for it. Only kinds that stand here are registered for:
// nothing that elections, node heartbeats or service discovery write (leases, events, endpoints,
// nodes, config maps), and no secrets.
struct ObjectKind {
  std::string_view group;  // "" for core
  std::string_view version;
  std::string_view kind;
  std::string_view plural;
  bool is_namespaced = true;
  bool is_custom = false;  // comes with a CustomResourceDefinition of somebody else
};

// Sorted by group and plural.
[[nodiscard]] std::span<const ObjectKind> ObjectKinds();

// Those that an enabled rule judges at admission.
[[nodiscard]] std::vector<const ObjectKind*> ReviewedKinds(const policy::RuleSet& rules);

// The `rules` of a ValidatingWebhookConfiguration for these, as YAML: one entry per group, version
// and scope, for CREATE and UPDATE. Custom kinds only on request.
[[nodiscard]] std::string WebhookRules(const std::vector<const ObjectKind*>& kinds, bool custom);

}  // namespace restorable::admission
