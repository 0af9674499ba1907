#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "value/value.h"

// What a project sets for all its runs: the file .restorable.yaml.
namespace restorable::policy {

inline constexpr std::string_view kConfigurationFileName = ".restorable.yaml";
// Files that are scanned have lower numbers: settings and rules have these.
inline constexpr FileId kFirstOwnFile{0x3F000000};
inline constexpr FileId kConfigurationFile{0x3FFFFFFF};
inline constexpr std::string_view kDefaultMatrix = "2025-06";

enum class Preset : std::uint8_t {
  kDefault,
  kStrict,  // every rule about data that the backup skips is an error
};

// What comments and entries that suppress findings are worth.
enum class SuppressionMode : std::uint8_t {
  kAllow,
  kReport,  // they hold, and a report lists what they hide
  kForbid,  // they do not hold, and each is an error
};

struct RuleSettings {
  std::optional<bool> enabled;
  std::optional<Severity> severity;
  Value params;  // a map, or null
  Range range;   // of the rule's id or name
};

struct SuppressionEntry {
  std::string rule;      // id or name
  std::string path;      // a glob, as in `exclude`; empty: every path
  std::string resource;  // a glob for the address; empty: every resource
  std::string reason;
  std::string until;  // "2026-12-31", or empty
  Range range;
};

struct Configuration {
  std::string matrix = std::string(kDefaultMatrix);
  Preset preset = Preset::kDefault;
  std::map<std::string, RuleSettings, std::less<>> rules;  // by id or name
  std::optional<Severity> fail_on;                         // none: never fail for findings
  bool fail_on_undetermined = false;
  // Written relative to the directory of the file; here as reports print paths.
  std::vector<std::string> exclude;  // globs
  std::vector<std::string> rule_directories;
  std::vector<SuppressionEntry> suppressions;
  SuppressionMode suppression_mode = SuppressionMode::kAllow;
  std::string as_of;  // "2026-08-21", or empty

  Configuration() : fail_on(Severity::kError) {}
};

struct ConfigurationResult {
  Configuration configuration;  // what was right of it; its values live in the arena and the file
  std::vector<Diagnostic> diagnostics;
};

// Reads the text of a configuration file. Names of rules are checked where the rules are loaded.
[[nodiscard]] ConfigurationResult ReadConfiguration(const SourceFile& file, Arena& arena,
                                                    const Limits& limits);

// "2026-08-21": a date that exists.
[[nodiscard]] bool IsDate(std::string_view text);

}  // namespace restorable::policy
