#include "admission/settings.h"

#include <algorithm>
#include <optional>

#include "admission/diagnostics.h"
#include "base/arena.h"
#include "policy/fields.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable::admission {
namespace {

using policy::Fields;

constexpr std::array<std::string_view, 3> kActions = {"audit", "warn", "deny"};

class SettingsReader {
 public:
  explicit SettingsReader(SettingsResult& result)
      : settings_(result.settings), diagnostics_(result.diagnostics) {}

  void Read(Value root) {
    constexpr std::string_view kNames[] = {"apiVersion",   "kind",        "actions",      "rules",
                                           "undetermined", "onRuleError", "suppressions", "exempt"};
    constexpr std::string_view kVersions[] = {"restorable.dev/v1"};
    constexpr std::string_view kKindNames[] = {"WebhookSettings"};
    constexpr std::string_view kErrorChoices[] = {"allow", "deny"};
    constexpr std::string_view kSuppressionChoices[] = {"forbid", "audit"};
    Fields fields(root, "the settings", kNames, diagnostics_);
    if (!fields.ok()) return;
    (void)fields.Choice("apiVersion", kVersions);
    (void)fields.Choice("kind", kKindNames);
    if (const Value* const actions = fields.Map("actions")) ReadActions(*actions);
    if (const Value* const rules = fields.Map("rules")) ReadRules(*rules);
    if (const auto choice = fields.Choice("undetermined", std::span(kActions).first<2>())) {
      settings_.undetermined = static_cast<Action>(*choice);
    }
    settings_.rule_errors_deny = fields.Choice("onRuleError", kErrorChoices) == std::size_t{1};
    settings_.suppressions = fields.Choice("suppressions", kSuppressionChoices) == std::size_t{1};
    if (const Value* const exempt = fields.Map("exempt")) ReadExemptions(*exempt);
  }

 private:
  void ReadActions(Value map) {
    constexpr std::string_view kSeverities[] = {"info", "warning", "error"};
    Fields fields(map, "`actions`", kSeverities, diagnostics_);
    for (std::size_t i = 0; i < std::size(kSeverities); ++i) {
      if (const auto choice = fields.Choice(kSeverities[i], kActions)) {
        settings_.actions[i] = static_cast<Action>(*choice);
      }
    }
  }

  void ReadRules(Value map) {
    for (const MapEntry& entry : map.AsMap()) {
      const std::string_view name = entry.value.IsString() ? entry.value.AsString() : "";
      const auto found = std::ranges::find(kActions, name);
      if (!entry.key.IsString() || found == kActions.end()) {
        diagnostics_.push_back({&kBadAction, entry.value.range(), {std::string(name)}, {}});
        continue;
      }
      settings_.rules[std::string(entry.key.AsString())] =
          static_cast<Action>(found - kActions.begin());
    }
  }

  void ReadExemptions(Value map) {
    constexpr std::string_view kNames[] = {"namespaces", "users"};
    Fields fields(map, "`exempt`", kNames, diagnostics_);
    const auto read = [&](std::string_view name, std::vector<std::string>& globs) {
      if (fields.Get(name) == nullptr) return;
      globs.clear();
      for (const Value& glob : fields.Strings(name)) globs.emplace_back(glob.AsString());
    };
    read("namespaces", settings_.exempt_namespaces);
    read("users", settings_.exempt_users);
  }

  Settings& settings_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

std::string_view Name(Action action) { return kActions[static_cast<std::size_t>(action)]; }

SettingsResult ReadSettings(const SourceFile& file, const Limits& limits) {
  SettingsResult result;
  Arena arena;
  OriginTable origins;
  yaml::Stream stream = yaml::Parse(file, arena, origins, limits, {.drop_null_entries = true});
  result.diagnostics = std::move(stream.diagnostics);
  for (const yaml::Document& document : stream.documents) {
    if (document.state != yaml::DocumentState::kParsed || document.root.IsNull()) continue;
    SettingsReader(result).Read(document.root);
  }
  return result;
}

}  // namespace restorable::admission
