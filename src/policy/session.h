#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/range.h"
#include "policy/finding.h"
#include "policy/rule_set.h"
#include "resource/deployment.h"
#include "resource/resource.h"
#include "value/origin.h"
#include "value/value.h"

namespace restorable::policy {

// What an admission request says beside the object. Values live as long as the call.
struct Review {
  Value request;           // {operation, name, namespace, userInfo, …}
  Value old_object;        // null on CREATE
  Value namespace_object;  // null for cluster-scoped objects; unknown when it was not looked up
  // Objects of the cluster that are known (its storage classes), sealed; or null.
  const Deployment* known = nullptr;
  // Built-in rules judge what comes to be; when an object goes they have nothing to say.
  bool built_in_rules = true;
};

// One thread's way through the rules: owns the memory and the budget of evaluation. Findings and
// diagnostics own their text, so that the resources may go when a call has returned.
//
// A scan calls, for each file, EvaluateLocal on each of its resources, and keeps the arena of the
// file if one of them is to be kept; when all files of a deployment are read, it adds the kept
// resources to a Deployment, calls LowerInto, and then EvaluateDeployment on each of the resources.
// Of resources that come together, Add does the first part.
class Session {
 public:
  // What the sessions of a run share; it outlives them.
  struct Context {
    const RuleSet* rules = nullptr;
    const OriginTable* origins = nullptr;
    PathOf path_of;  // of every file a resource can be in
    Limits limits;
  };

  explicit Session(const Context& context);
  Session(Session&&) noexcept;
  ~Session();

  // What a resource contains that is a resource in its own right (Azure Service Operator's objects
  // in one of Cluster API's), to be treated as if it stood beside it. Values live where the
  // resource's do, or in `arena`.
  [[nodiscard]] std::vector<Resource> Unwrap(const Resource& resource, Arena& arena);

  // Runs the checks that look at nothing but the resource. True if the resource must be kept for
  // the deployment: another check may still apply to it, it is lowered, or others look it up.
  [[nodiscard]] bool EvaluateLocal(const Resource& resource);

  // Whether others may look the resource up, or what it describes: all that EvaluateLocal does for
  // a resource that is not judged itself.
  [[nodiscard]] bool IsNeeded(const Resource& resource);

  // Runs EvaluateLocal on the resources and on what they contain, which comes after them, and tells
  // of each whether it must be kept.
  using Tell = std::function<void(const Resource& resource, bool kept)>;
  void EvaluateAll(std::vector<Resource> resources, Arena& arena, const Tell& tell);

  // Likewise; adds those that are to be kept. Modules that no lowering knows are missing.
  void Add(std::vector<Resource> resources, Deployment& deployment, Arena& arena);

  // Seals the deployment and adds the Azure resources that its objects, and its resources of
  // Terraform, describe; EvaluateLocal was run on them. Values live where those of the objects do,
  // or in `arena`, which outlives the deployment. Returns how many there are.
  std::size_t LowerInto(Deployment& deployment, Arena& arena);

  // Runs the checks that EvaluateLocal left.
  void EvaluateDeployment(const Resource& resource, const Deployment& deployment);

  // Runs the checks for admission on one object and on the Azure resources that it describes.
  // `deadline` bounds the evaluation; passing it is a diagnostic.
  void EvaluateReview(const Resource& resource, const Review& review,
                      std::chrono::steady_clock::time_point deadline);

  // What was found since the last call, in the order of evaluation. Fingerprints are not numbered
  // yet and suppressions not applied: see finish.h.
  [[nodiscard]] std::vector<Finding> TakeFindings();
  // Errors of rules: the rule, the resource and what went wrong.
  [[nodiscard]] std::vector<Diagnostic> TakeDiagnostics();

 private:
  [[nodiscard]] std::vector<Resource> Lower(const Resource& resource, const Deployment& deployment,
                                            Arena& arena);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorable::policy
