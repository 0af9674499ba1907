#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "terraform/configuration.h"
#include "terraform/library.h"
#include "value/origin.h"
#include "value/value.h"

// A root module with the modules it calls, worked out as far as the code says.
namespace restorable::terraform {

// -var-file=PATH, or -var NAME=TEXT.
struct Assignment {
  std::string path;  // empty: `name` has the value that `text` writes
  std::string name;
  std::string text;
};

struct Inputs {
  std::string directory;                                         // of the root module
  std::vector<std::pair<std::string, std::string>> environment;  // what TF_VAR_name is set to
  std::vector<Assignment> given;  // over what loads by itself, weakest first
};

enum class Certainty : std::uint8_t {
  kCertain,
  kConditional,  // `count` or `for_each` is unknown, but leads to one at the most
  kAnyNumber,    // `count` or `for_each` is unknown: one stands for however many there will be
};

// One instance of a resource block, or a call of a module that is not on disk (`type` is then its
// source, and `body` its arguments).
struct Instance {
  enum class Kind : std::uint8_t { kResource, kData, kModuleCall };
  Kind kind = Kind::kResource;
  Certainty certainty = Certainty::kCertain;
  std::string_view type;
  std::string_view name;
  std::string_view address;  // module.aks["x"].azurerm_kubernetes_cluster.main[0]
  std::string_view module;   // the address of its module; empty for the root module
  Value condition;           // unless certain: the unknown that decides
  // What is configured: arguments that are not null, and nested blocks as lists of maps, by type.
  // A list of blocks of which an unknown decides whether they are there is unknown itself. What has
  // no value is unknown (eval-error).
  Value body;
  // In a plan: the body until then of what is changed or replaced, null of what is created.
  std::optional<Value> before = std::nullopt;
  Range range;              // of the block
  Range name_range;         // of its type and labels
  std::vector<Note> calls;  // of the modules it stands in, the innermost first
};

struct Provider {
  std::string_view name;
  Value source;   // "hashicorp/azurerm"; null where none is written
  Value version;  // the constraint; null where none is written
  Value locked;   // the version that `terraform init` has chosen; null where it has not
  std::string_view directory;  // of the module that requires it
};

struct Deployed {
  std::vector<const Configuration*> modules;  // the root module, and those that it calls
  std::vector<Instance> instances;  // of a module by kind and name, then those of its calls
  std::vector<Provider> providers;  // required by the root module, then by those it calls
  std::vector<Diagnostic> diagnostics;
  bool found = false;  // the directory holds a module
};

// Evaluates the root module in `inputs.directory`. Values and strings lie in the arena, the files
// and the library; steps by which values came to where they are go to `origins`. Diagnostics of
// what is read are the library's.
[[nodiscard]] Deployed Deploy(const Inputs& inputs, Library& library, Arena& arena,
                              OriginTable& origins);

}  // namespace restorable::terraform
