#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "cli/rule_options.h"
#include "policy/configuration.h"
#include "policy/rule_set.h"

namespace restorable::cli {

// The rules of a run, and what their settings were read from.
struct LoadedRules {
  Arena arena;                                       // of the settings' values
  std::vector<std::unique_ptr<SourceFile>> sources;  // of the settings
  std::unique_ptr<const policy::RuleSet> rules;
  // The file of settings or of rules with that number; nullptr if there is none.
  [[nodiscard]] const SourceFile* Find(FileId id) const;

  bool complete = true;  // false: some rule is broken, which has been complained about
};

// The built-in rules and those of the options, set up by the configuration nearest to `start` and
// by the options, which win. Everything that is wrong is said on standard error; nothing comes back
// if it is not known any more what the user wants.
[[nodiscard]] std::optional<LoadedRules> LoadRules(const RuleOptions& options,
                                                   std::string_view start, const Limits& limits);

// The nearest .restorable.yaml, in the directory of `start` (a file or directory) or above it, but
// not above the repository; empty if there is none.
[[nodiscard]] std::string FindConfiguration(std::string_view start);

// The nearest directory upward from the working directory with a .git, else the working directory.
[[nodiscard]] std::string FindRepository(const std::string& working_directory);

}  // namespace restorable::cli
