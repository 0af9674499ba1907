#pragma once

#include <string_view>

#include "cel/builtin.h"
#include "resource/deployment.h"

// The functions by which rules look at other resources: resources.list, resources.find,
// resources.children, resources.missing; known() and unknown().
namespace restorable::policy {

// What they look at.
class ResourceHost : public cel::Host {
 public:
  // In an admission review nothing else is there: `deployment` is null.
  const Deployment* deployment = nullptr;
  // Some of what else is there, if it is a review and somebody told; or null.
  const Deployment* known = nullptr;
  FileId from = FileId::kNone;  // where the resource is that the rule is about
};

[[nodiscard]] const cel::Library& ResourceLibrary();

// Whether the answer of that function depends on the deployment.
[[nodiscard]] bool IsResourceFunction(std::string_view name);

// Whether its first argument is a kind of resources.
[[nodiscard]] bool AsksForKind(std::string_view name);

}  // namespace restorable::policy
