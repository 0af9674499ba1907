#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"

namespace restorable::bicep {

// Where `br/NAME:…` leads.
struct RegistryAlias {
  std::string registry;  // mcr.microsoft.com
  std::string path;      // what comes before the module's own path; may be empty
};

// Where `ts/NAME:…` leads.
struct TemplateSpecAlias {
  std::string subscription;
  std::string resource_group;
};

// What bicepconfig.json says that decides which files are meant.
struct Configuration {
  std::map<std::string, RegistryAlias, std::less<>> registries{
      {"public", {"mcr.microsoft.com", "bicep"}}};
  std::map<std::string, TemplateSpecAlias, std::less<>> template_specs;
  std::string cache_root;  // relative to the directory of the file; empty: the default
};

// Reads bicepconfig.json, in which comments may stand. What has another shape than expected is
// passed over; a text that is no JSON is reported.
[[nodiscard]] Configuration ReadConfiguration(const SourceFile& file, const Limits& limits,
                                              std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::bicep
