#pragma once

#include <span>
#include <string_view>

namespace restorable::kubernetes {

// A kind of object as an admission webhook or policy registers for it. Only kinds that stand here
// are registered for: nothing that elections, node heartbeats or service discovery write (leases,
// events, endpoints, nodes, config maps), and no secrets.
struct ObjectKind {
  std::string_view group;  // "" for core
  std::string_view version;
  std::string_view kind;
  std::string_view plural;
  bool is_namespaced = true;
  bool is_custom = false;  // comes with a CustomResourceDefinition of somebody else
};

// Sorted by group and plural.
[[nodiscard]] std::span<const ObjectKind> ObjectKinds();

// Kinds that nobody registers for: rules look them up when they judge others, in what exists.
[[nodiscard]] std::span<const ObjectKind> ReferredKinds();

}  // namespace restorable::kubernetes
