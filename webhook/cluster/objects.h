#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/range.h"
#include "resource/resource.h"
#include "value/value.h"

namespace restorable::cluster {

// An object of the cluster, as a finding refers to it.
struct Object {
  std::string api_version;
  std::string kind;
  std::string namespace_;
  std::string name;
  std::string uid;
  std::string address;
};

[[nodiscard]] Object MakeObject(const Resource& resource);

// The resource with all that it points to in `arena`, so that the page that it came with can go.
// Ranges stay: they tell objects apart.
[[nodiscard]] Resource Keep(const Resource& resource, Arena& arena);

// The object that made it, by the reference that is marked as the controller's.
struct Controller {
  std::string_view group;
  std::string_view kind;
};
[[nodiscard]] std::optional<Controller> ControllerOf(const Resource& resource);

// Of resources in the order of their ranges, the one that contains `range`; nullptr if none does.
[[nodiscard]] const Resource* FindAround(std::span<const Resource> resources, Range range);

}  // namespace restorable::cluster
