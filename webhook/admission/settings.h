#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"

namespace restorable::admission {

// What a finding does to a request, weakest first.
enum class Action : std::uint8_t {
  kAudit,  // stands in the audit annotations only
  kWarn,   // and the user is warned
  kDeny,   // and the request is refused
};

// "audit", "warn", "deny".
[[nodiscard]] std::string_view Name(Action action);

// What an operator decides about the webhook, beside the rules' own configuration.
struct Settings {
  // By severity: info, warning, error.
  std::array<Action, 3> actions = {Action::kAudit, Action::kWarn, Action::kDeny};
  std::map<std::string, Action, std::less<>> rules;  // by id or name; wins over the severity
  Action undetermined = Action::kAudit;              // never kDeny
  bool rule_errors_deny = false;  // a rule that fails to judge denies, instead of a warning
  // Annotations `restorable.dev/ignore` on objects hold, and stand in the audit annotations.
  bool suppressions = false;
  // Globs. Requests in such a namespace or by such a user are allowed at once. Besides these, the
  // backup extension's always are: a webhook must not hinder the restore that it exists to protect.
  std::vector<std::string> exempt_namespaces = {"kube-system", "kube-node-lease", "kube-public"};
  std::vector<std::string> exempt_users;
};

struct SettingsResult {
  Settings settings;
  std::vector<Diagnostic> diagnostics;
};

// Reads the text of a settings file:
//
//   apiVersion: restorable.dev/v1
//   kind: WebhookSettings
//   actions: {error: deny, warning: warn, info: audit}
//   rules: {AKB101: warn}
//   undetermined: audit
//   onRuleError: allow
//   suppressions: forbid
//   exempt: {namespaces: [flux-system], users: ["system:serviceaccount:ci:*"]}
//
// Lists that are given replace the default. Names of rules are checked where rules are loaded.
[[nodiscard]] SettingsResult ReadSettings(const SourceFile& file, const Limits& limits);

}  // namespace restorable::admission
