#include "policy/configuration.h"

#include <iterator>
#include <utility>

#include "policy/diagnostics.h"
#include "policy/fields.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable::policy {
namespace {

constexpr std::string_view kNever = "never";
constexpr std::string_view kThresholds[] = {"info", "warning", "error", kNever};
constexpr std::span<const std::string_view> kSeverities = std::span(kThresholds).first<3>();
constexpr std::string_view kPresets[] = {"default", "strict"};
constexpr std::string_view kModes[] = {"allow", "report", "forbid"};

class ConfigurationReader {
 public:
  ConfigurationReader(std::string_view path, ConfigurationResult& result)
      : path_(path), configuration_(result.configuration), diagnostics_(result.diagnostics) {}

  void Read(Value root) {
    constexpr std::string_view kNames[] = {
        "apiVersion", "kind",    "matrix",          "preset",       "failOn", "failOnUndetermined",
        "asOf",       "exclude", "ruleDirectories", "suppressions", "ignore", "rules"};
    Fields fields(root, "the configuration", kNames, diagnostics_);
    if (!fields.ok()) return;
    ReadHeader(fields);
    if (const auto matrix = fields.Text("matrix"); !matrix.empty()) configuration_.matrix = matrix;
    if (const auto preset = fields.Choice("preset", kPresets)) {
      configuration_.preset = static_cast<Preset>(*preset);
    }
    if (const auto threshold = fields.Choice("failOn", kThresholds)) {
      configuration_.fail_on.reset();
      if (kThresholds[*threshold] != kNever) {
        configuration_.fail_on = static_cast<Severity>(*threshold);
      }
    }
    configuration_.fail_on_undetermined = fields.Bool("failOnUndetermined").value_or(false);
    if (const auto mode = fields.Choice("suppressions", kModes)) {
      configuration_.suppression_mode = static_cast<SuppressionMode>(*mode);
    }
    configuration_.as_of = ReadDate(fields, "asOf");
    for (const Value& glob : fields.Strings("exclude")) {
      configuration_.exclude.push_back(BesideThisFile(glob.AsString()));
    }
    for (const Value& directory : fields.Strings("ruleDirectories")) {
      configuration_.rule_directories.push_back(BesideThisFile(directory.AsString()));
    }
    ReadIgnored(fields);
    ReadRules(fields);
  }

 private:
  void ReadHeader(Fields& fields) {
    constexpr std::string_view kVersions[] = {"restorable.dev/v1"};
    constexpr std::string_view kKinds[] = {"Configuration"};
    (void)fields.Choice("apiVersion", kVersions);
    (void)fields.Choice("kind", kKinds);
  }

  std::string ReadDate(Fields& fields, std::string_view name) {
    const Value* const value = fields.String(name);
    if (value == nullptr) return {};
    if (IsDate(value->AsString())) return std::string(value->AsString());
    diagnostics_.push_back({&kBadDate, value->range(), {std::string(value->AsString())}, {}});
    return {};
  }

  std::string BesideThisFile(std::string_view path) const {
    const std::size_t slash = path_.rfind('/');
    if (path.starts_with('/') || slash == std::string_view::npos) return std::string(path);
    return std::string(path_.substr(0, slash + 1)).append(path);
  }

  void ReadIgnored(Fields& fields) {
    const Value* const list = fields.List("ignore");
    if (list == nullptr) return;
    constexpr std::string_view kNames[] = {"rule", "path", "resource", "reason", "until"};
    for (const Value& item : list->AsList()) {
      Fields entry(item, "an entry of `ignore`", kNames, diagnostics_);
      if (!entry.ok()) continue;
      SuppressionEntry ignored;
      ignored.rule = entry.RequireText("rule");
      ignored.reason = entry.RequireText("reason");
      if (const auto path = entry.Text("path"); !path.empty()) {
        ignored.path = BesideThisFile(path);
      }
      ignored.resource = entry.Text("resource");
      ignored.until = ReadDate(entry, "until");
      const Value* const rule = entry.Get("rule");
      ignored.range = rule != nullptr ? rule->range() : item.range();
      if (ignored.rule.empty() || ignored.reason.empty()) continue;
      configuration_.suppressions.push_back(std::move(ignored));
    }
  }

  void ReadRules(Fields& fields) {
    const Value* const rules = fields.Map("rules");
    if (rules == nullptr) return;
    constexpr std::string_view kNames[] = {"enabled", "severity", "params"};
    for (const MapEntry& entry : rules->AsMap()) {
      if (!entry.key.IsString()) continue;
      Fields settings(entry.value, "the settings of a rule", kNames, diagnostics_);
      RuleSettings& rule = configuration_.rules[std::string(entry.key.AsString())];
      rule.range = entry.key.range();
      rule.enabled = settings.Bool("enabled");
      if (const auto severity = settings.Choice("severity", kSeverities)) {
        rule.severity = static_cast<Severity>(*severity);
      }
      if (const Value* const params = settings.Map("params")) rule.params = *params;
    }
  }

  std::string_view path_;
  Configuration& configuration_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

ConfigurationResult ReadConfiguration(const SourceFile& file, Arena& arena, const Limits& limits) {
  ConfigurationResult result;
  OriginTable origins;
  yaml::Stream stream = yaml::Parse(file, arena, origins, limits, {.drop_null_entries = true});
  result.diagnostics = std::move(stream.diagnostics);
  for (const yaml::Document& document : stream.documents) {
    if (document.state != yaml::DocumentState::kParsed || document.root.IsNull()) continue;
    ConfigurationReader(file.path(), result).Read(document.root);
  }
  return result;
}

}  // namespace restorable::policy
