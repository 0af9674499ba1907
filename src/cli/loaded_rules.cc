#include "cli/loaded_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/diagnose.h"
#include "cli/output.h"
#include "scan/read.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable::cli {
namespace {

using policy::Configuration;

// Settings of the command line stand in files of their own, in front of the configuration's.
FileId SettingFile(std::size_t index) {
  return static_cast<FileId>(static_cast<std::uint32_t>(policy::kConfigurationFile) - 1 -
                             static_cast<std::uint32_t>(index));
}

std::optional<Severity> SeverityNamed(std::string_view name) {
  for (const Severity severity : {Severity::kInfo, Severity::kWarning, Severity::kError}) {
    if (name == Name(severity)) return severity;
  }
  return std::nullopt;
}

report::FindFile FileFinder(const LoadedRules& loaded) {
  return [&loaded](FileId id) { return loaded.Find(id); };
}

// Builds the configuration of a run.
class Settings {
 public:
  Settings(const RuleOptions& options, const Limits& limits, LoadedRules& loaded)
      : options_(options), limits_(limits), loaded_(loaded) {}

  // False if the file or an option does not say clearly what is wanted.
  [[nodiscard]] bool Read(std::string_view start) {
    const std::string path = options_.no_config        ? std::string()
                             : options_.config.empty() ? FindConfiguration(start)
                                                       : options_.config;
    return (path.empty() || ReadFile(path)) && ApplyProfile() && ApplySwitches() &&
           ApplySeverities() && ApplyParams();
  }

  [[nodiscard]] const Configuration& configuration() const { return configuration_; }

 private:
  bool ReadFile(const std::string& path) {
    auto text = scan::ReadInput({.path = path, .system_path = path}, limits_);
    if (!text) {
      Diagnose({text.error()}, FileFinder(loaded_));
      return false;
    }
    loaded_.sources.push_back(
        std::make_unique<SourceFile>(policy::kConfigurationFile, path, std::move(*text)));
    auto result = policy::ReadConfiguration(*loaded_.sources.back(), loaded_.arena, limits_);
    configuration_ = std::move(result.configuration);
    return !Diagnose(result.diagnostics, FileFinder(loaded_));
  }

  bool ApplyProfile() {
    if (!options_.matrix.empty()) configuration_.matrix = options_.matrix;
    if (!options_.preset.empty()) {
      configuration_.preset =
          options_.preset == "strict" ? policy::Preset::kStrict : policy::Preset::kDefault;
    }
    if (options_.as_of.empty()) return true;
    if (!policy::IsDate(options_.as_of)) {
      Complain(fmt::format("--as-of: `{}` is no date; write it as 2026-08-21", options_.as_of));
      return false;
    }
    configuration_.as_of = options_.as_of;
    return true;
  }

  bool ApplySwitches() {
    for (const std::string& id : options_.enable) configuration_.rules[id].enabled = true;
    for (const std::string& id : options_.disable) {
      if (std::ranges::count(options_.enable, id) > 0) {
        Complain(fmt::format("`{}` is both enabled and disabled", id));
        return false;
      }
      configuration_.rules[id].enabled = false;
    }
    return true;
  }

  bool ApplySeverities() {
    for (const std::string& setting : options_.severity) {
      const std::size_t equals = setting.find('=');
      const auto severity = equals == std::string::npos
                                ? std::nullopt
                                : SeverityNamed(std::string_view(setting).substr(equals + 1));
      if (!severity) {
        Complain(fmt::format("--severity: `{}` is not ID=error, ID=warning or ID=info", setting));
        return false;
      }
      configuration_.rules[setting.substr(0, equals)].severity = *severity;
    }
    return true;
  }

  bool ApplyParams() {
    return std::ranges::all_of(options_.params, std::bind_front(&Settings::ApplyParam, this));
  }

  bool ApplyParam(const std::string& setting) {
    const std::size_t equals = setting.find('=');
    const std::size_t dot = setting.substr(0, equals).find('.');
    if (equals == std::string::npos || dot == std::string::npos) {
      Complain(fmt::format("--param: `{}` is not ID.NAME=VALUE", setting));
      return false;
    }
    const auto value = ReadValue(setting.substr(equals + 1));
    if (!value) return false;
    policy::RuleSettings& rule = configuration_.rules[setting.substr(0, dot)];
    SetParam(rule.params,
             loaded_.arena.Copy(std::string_view(setting).substr(dot + 1, equals - dot - 1)),
             *value);
    return true;
  }

  std::optional<Value> ReadValue(std::string text) {
    const FileId id = SettingFile(loaded_.sources.size());
    const SourceFile& file =
        *loaded_.sources.emplace_back(std::make_unique<SourceFile>(id, "--param", std::move(text)));
    yaml::Stream stream = yaml::Parse(file, loaded_.arena, origins_, limits_);
    if (Diagnose(stream.diagnostics, FileFinder(loaded_))) return std::nullopt;
    return stream.documents.empty() ? Value::Null() : stream.documents.front().root;
  }

  void SetParam(Value& params, std::string_view name, Value value) {
    std::vector<MapEntry> entries;
    for (const MapEntry& entry : params.IsMap() ? params.AsMap() : std::span<const MapEntry>()) {
      if (entry.key.AsString() != name) entries.push_back(entry);
    }
    entries.push_back({Value::String(name), value});
    params = Value::Map(loaded_.arena, loaded_.arena.Copy(std::span<const MapEntry>(entries)));
  }

  const RuleOptions& options_;
  const Limits& limits_;
  LoadedRules& loaded_;
  OriginTable origins_;
  Configuration configuration_;
};

}  // namespace

const SourceFile* LoadedRules::Find(FileId id) const {
  const auto found = std::ranges::find(sources, id, &SourceFile::id);
  if (found != sources.end()) return found->get();
  return rules == nullptr ? nullptr : rules->Source(id);
}

std::optional<LoadedRules> LoadRules(const RuleOptions& options, std::string_view start,
                                     const Limits& limits) {
  LoadedRules loaded;
  Settings settings(options, limits, loaded);
  if (!settings.Read(start)) return std::nullopt;
  policy::RuleSet::LoadResult result = policy::RuleSet::Load(
      {.paths = options.directories, .configuration = settings.configuration(), .limits = limits});
  loaded.rules = std::move(result.rules);
  loaded.complete = !Diagnose(result.diagnostics, FileFinder(loaded));
  return loaded;
}

}  // namespace restorable::cli
