#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arm/template.h"
#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "value/origin.h"
#include "value/value.h"

// A template with the modules it deploys, worked out as far as the code says.
namespace restorable::arm {

// How modules are found that stand in files of their own: the caller decides what may be read at
// all. `link` is as written in `from`; the template outlives the evaluation. nullptr if it is not
// there, may not be read or is no template.
using LoadTemplate = std::function<const Template*(const Template& from, std::string_view link)>;

// What `--parameters` gives: a file of values by name, or one value.
struct Assignment {
  const Template* file = nullptr;  // nullptr: `name` has the value that `text` writes
  std::string name;
  std::string text;                    // JSON, but for parameters of type string
  const SourceFile* source = nullptr;  // the file whose text it is instead; nullptr: none
};

struct Inputs {
  const Template* root = nullptr;
  const Template* arguments = nullptr;  // a file of parameter values; nullptr: none
  std::vector<Assignment> given;        // stronger than those of the file, the weakest first
  // What is known of where it goes; empty: nothing.
  std::string subscription_id;
  std::string resource_group;
  std::string location;  // of the resource group
};

enum class Certainty : std::uint8_t {
  kCertain,
  kConditional,  // `condition` is unknown
  kAnyNumber,    // the count of a loop is unknown: one stands for however many there will be
};

// One instance of a resource, or a call of a module that is not on disk (`type` is then its link,
// and `body` its arguments).
struct Instance {
  enum class Kind : std::uint8_t { kResource, kModuleCall };
  Kind kind = Kind::kResource;
  Certainty certainty = Certainty::kCertain;
  Value condition;               // unless certain: the unknown that decides
  std::string_view type;         // Microsoft.ContainerService/managedClusters/agentPools
  std::string_view api_version;  // empty when unknown
  std::string_view name;         // cluster/pool; empty when unknown
  std::string_view address;      // aks, pools[0], aksModule.aks: symbols, or type/name without them
  std::string_view module;       // the address of its module; empty for the root template
  std::string_view extension;    // whose resource it is; empty: Azure's
  // What is sent, with `id`, `name`, `type`, `apiVersion` and, of a child or extension, `parent`
  // (an id). Entries that are null are left out. Ids are known texts in which braces hold what
  // only the deployment knows (see identity.h) if they name something in this deployment. What it
  // gives identities stands in the body likewise (see principal.h).
  Value body;
  Range range;              // of the declaration
  Range name_range;         // of its name, or what stands for one
  std::vector<Note> calls;  // of the modules it stands in, the innermost first
};

struct Deployed {
  std::vector<Instance> instances;                          // as declared, each module in its place
  std::vector<std::pair<std::string_view, Value>> outputs;  // of the root template
  std::vector<Diagnostic> diagnostics;
};

// Values and strings lie in the arena and the templates; steps by which values came to where they
// are go to `origins`.
[[nodiscard]] Deployed Deploy(const Inputs& inputs, const LoadTemplate& load, Arena& arena,
                              OriginTable& origins, const Limits& limits);

}  // namespace restorable::arm
