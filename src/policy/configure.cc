#include "policy/configure.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "policy/diagnostics.h"
#include "policy/fields.h"

namespace restorable::policy {
namespace {

constexpr std::string_view kStorage = "storage";
constexpr std::string_view kAsOf = "asOf";

bool IsCalled(const Rule& rule, std::string_view name) {
  return EqualsIgnoringAsciiCase(rule.id, name) || rule.name == name;
}

bool AreNumbers(Value a, Value b) {
  const auto is_number = [](Value v) {
    return v.Is(Kind::kInt) || v.Is(Kind::kUint) || v.Is(Kind::kDouble);
  };
  return is_number(a) && is_number(b);
}

class Configurator {
 public:
  Configurator(const Configuration& configuration, Arena& arena,
               std::vector<Diagnostic>& diagnostics)
      : configuration_(configuration), arena_(arena), diagnostics_(diagnostics) {}

  // What holds without settings for this very rule.
  void SetDefaults(Rule& rule) {
    const auto holds = [&](const std::string& profile) { return profile == configuration_.matrix; };
    rule.enabled = rule.enabled && (rule.matrix.empty() || std::ranges::any_of(rule.matrix, holds));
    rule.effective_severity = rule.severity;
    if (configuration_.preset == Preset::kStrict && rule.category == kStorage &&
        rule.severity == Severity::kWarning) {
      rule.effective_severity = Severity::kError;
    }
    if (!configuration_.as_of.empty() && rule.params.Find(kAsOf) != nullptr) {
      Override(rule, kAsOf, Value::String(configuration_.as_of));
    }
  }

  void Set(Rule& rule, const RuleSettings& settings) {
    if (settings.enabled) rule.enabled = *settings.enabled;
    if (settings.severity) rule.effective_severity = *settings.severity;
    if (!settings.params.IsMap()) return;
    for (const MapEntry& entry : settings.params.AsMap()) {
      if (entry.key.IsString()) SetParam(rule, entry);
    }
  }

 private:
  void SetParam(Rule& rule, const MapEntry& entry) {
    const std::string_view name = entry.key.AsString();
    const Value* const known = rule.params.Find(name);
    if (known == nullptr) {
      std::vector<std::string_view> names;
      if (rule.params.IsMap()) {
        for (const MapEntry& param : rule.params.AsMap()) names.push_back(param.key.AsString());
      }
      diagnostics_.push_back({&kUnknownParam,
                              entry.key.range(),
                              {rule.id, std::string(name), Suggestion(name, names)},
                              {}});
    } else if (known->kind() != entry.value.kind() && !known->IsNull() &&
               !AreNumbers(*known, entry.value)) {
      diagnostics_.push_back(
          {&kWrongType,
           entry.value.range(),
           {"parameter `" + std::string(name) + "`", Describe(*known), Describe(entry.value)},
           {}});
    } else {
      Override(rule, name, entry.value);
    }
  }

  void Override(Rule& rule, std::string_view name, Value value) {
    const std::span<MapEntry> entries = arena_.Copy(rule.params.AsMap());
    std::ranges::find(entries, name, [](const MapEntry& entry) {
      return entry.key.AsString();
    })->value = value;
    rule.params = Value::Map(arena_, entries).At(rule.params.range());
  }

  const Configuration& configuration_;
  Arena& arena_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

void Configure(std::span<Rule> rules, const Configuration& configuration, Arena& arena,
               std::vector<Diagnostic>& diagnostics) {
  Configurator configurator(configuration, arena, diagnostics);
  for (Rule& rule : rules) configurator.SetDefaults(rule);
  // The rule of that name; reports that there is none.
  const auto find = [&](const std::string& name, Range range) -> Rule* {
    const auto rule = std::ranges::find_if(rules, [&](const Rule& r) { return IsCalled(r, name); });
    if (rule != rules.end()) return &*rule;
    std::vector<std::string_view> names;
    for (const Rule& known : rules) names.insert(names.end(), {known.id, known.name});
    diagnostics.push_back({&kUnknownRule, range, {name, Suggestion(name, names)}, {}});
    return nullptr;
  };
  for (const auto& [name, settings] : configuration.rules) {
    if (Rule* const rule = find(name, settings.range)) configurator.Set(*rule, settings);
  }
  for (const SuppressionEntry& entry : configuration.suppressions) {
    (void)find(entry.rule, entry.range);
  }
}

}  // namespace restorable::policy
