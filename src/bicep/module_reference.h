#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bicep/configuration.h"

// What the path of a module names: a file, a module of a registry, or a template spec.
namespace restorable::bicep {

struct ModuleReference {
  enum class Kind : std::uint8_t {
    kFile,
    kRegistry,      // br:registry/path:tag
    kTemplateSpec,  // ts:subscription/group/name:version
    kUnknownAlias,  // of which the configuration does not say where it leads
  };
  Kind kind = Kind::kFile;
  // Without aliases, as above; but what is in Microsoft's public registry is always written
  // br/public:path:tag, as nearly everybody does. Of kUnknownAlias as written.
  std::string text;
  std::string alias;  // of kUnknownAlias
};

[[nodiscard]] ModuleReference ReadReference(std::string_view written,
                                            const Configuration& configuration);

// Where Bicep's compiler keeps the template of a module that it has fetched, below the root of its
// cache: br/mcr.microsoft.com/bicep$avm$res$…/1.0.0$/main.json. Nothing for a file, and for what is
// no whole reference. `text` is that of a ModuleReference.
[[nodiscard]] std::optional<std::string> CachedPath(std::string_view text);

}  // namespace restorable::bicep
