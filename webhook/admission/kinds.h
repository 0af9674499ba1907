#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kubernetes/object_kinds.h"
#include "policy/rule_set.h"

namespace restorable::admission {

using kubernetes::ObjectKind;

// Those that an enabled rule judges at admission.
[[nodiscard]] std::vector<const ObjectKind*> ReviewedKinds(const policy::RuleSet& rules);

// Those that an audit of a cluster lists: these, and what rules name or look up beside them.
[[nodiscard]] std::vector<const ObjectKind*> AuditedKinds(const policy::RuleSet& rules);

// The `rules` of a ClusterRole that may read these, as YAML: one entry per group.
[[nodiscard]] std::string RoleRules(const std::vector<const ObjectKind*>& kinds);

// The `rules` of a ValidatingWebhookConfiguration for these, as YAML: one entry per group, version
// and scope, for CREATE and UPDATE. Custom kinds only on request.
[[nodiscard]] std::string WebhookRules(const std::vector<const ObjectKind*>& kinds, bool custom);

}  // namespace restorable::admission
