#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>

#include "cel/activation.h"
#include "cel/builtin.h"
#include "resource/deployment.h"

// The functions by which rules look at other resources: resources.list, resources.find,
// resources.children, resources.candidates, resources.missing; known(), most() and unknown().
namespace restorable::policy {

struct Language;

// What they look at.
class ResourceHost final : public cel::Host {
 public:
  // In an admission review nothing else is there: `deployment` is null.
  const Deployment* deployment = nullptr;
  // Some of what else is there, if it is a review and somebody told; or null.
  const Deployment* known = nullptr;
  FileId from = FileId::kNone;  // where the resource is that the rule is about
  cel::Budget budget;           // of each function that is evaluated once

  explicit ResourceHost(const Language& language) : language_(language) {}

  // A function that looks at nothing but the deployment is evaluated once for it.
  [[nodiscard]] std::optional<Value> Recall(const cel::Definition& definition,
                                            const Evaluate& evaluate) override;

 private:
  [[nodiscard]] bool LooksAtDeploymentOnly(const cel::Definition& definition);

  const Language& language_;
  std::unordered_map<const cel::Definition*, bool> looks_at_deployment_only_;
};

[[nodiscard]] const cel::Library& ResourceLibrary();

// Whether the answer of that function depends on the deployment.
[[nodiscard]] bool IsResourceFunction(std::string_view name);

// Whether its first argument is a kind of resources.
[[nodiscard]] bool AsksForKind(std::string_view name);

}  // namespace restorable::policy
