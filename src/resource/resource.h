#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/range.h"
#include "value/value.h"

namespace restorable {

// kTerraform: what a provider makes of it is not worked out yet. kModule: a call of a module that
// is not on disk.
enum class Schema : std::uint8_t { kKubernetes, kAzure, kTerraform, kModule };

enum class Language : std::uint8_t { kKubernetes, kTerraform, kBicep, kArm };

// "kubernetes", "terraform", "bicep", "arm".
[[nodiscard]] std::string_view Name(Language language);

// Whether the resource is created whatever happens, only if something unknown turns out so, or as
// often as something unknown says: one then stands for all.
enum class Presence : std::uint8_t { kCertain, kConditional, kAnyNumber };

// Something that a deployment creates. Strings and values live in the arena of its file or
// deployment.
struct Resource {
  Schema schema = Schema::kKubernetes;
  Language language = Language::kKubernetes;
  Presence presence = Presence::kCertain;
  // Kubernetes: group ("" for core), version and kind. Azure: `kind` is the ARM type, version the
  // API version if one is written. Terraform: `kind` is the resource type. A module: `kind` is
  // where it comes from, without a version: "Azure/aks/azurerm", "br/public:avm/res/network/vnet".
  std::string_view group;
  std::string_view version;
  std::string_view kind;
  std::string_view name;        // metadata.name, or the ARM name; empty when unknown
  std::string_view namespace_;  // of a Kubernetes object, empty when it has none
  std::string_view address;     // what its author calls it: "PersistentVolume/pv-a"
  bool is_part = false;         // of the resource with the id that its body has
  Value condition;              // if conditional: the unknown that decides whether it is created
  Value body;                   // the object that rules see: a Kubernetes object, ARM's shape, or
                                // the configured attributes or arguments
  Value written;                // as the author wrote it; the same as body unless lowered
  // What `body` is until then, in the same shape, of what is changed or replaced, and null of what
  // is created; nullptr where nothing says so (code and manifests alone do not), or nothing
  // changes.
  const Value* before = nullptr;
  Range range;       // the whole of it
  Range name_range;  // where a finding about the whole of it points
};

// What reports call the type: "storage.k8s.io/v1/StorageClass", "v1/Pod", the ARM type, or that of
// a provider.
[[nodiscard]] std::string TypeName(const Resource& resource);

}  // namespace restorable
