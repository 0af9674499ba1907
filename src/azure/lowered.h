#pragma once

#include <optional>
#include <string_view>

#include "base/arena.h"
#include "resource/resource.h"
#include "value/value.h"

namespace restorable::azure {

// What a Kubernetes object, or a resource of Terraform, says of one of the Azure resources that it
// describes.
struct Parts {
  std::string_view type;  // of ARM; lives as long as the resource
  Value item;             // the part of the object that it is about; null: the whole
  std::optional<Value> name;
  std::optional<Value> id;
  std::optional<Value> parent;
  std::optional<Value> body;  // everything else: a map, or unknown
};

// The Azure resource: its body is {name, id, parent, …}. Places are those of the object.
[[nodiscard]] Resource MakeLowered(const Resource& object, const Parts& parts, Arena& arena);

}  // namespace restorable::azure
