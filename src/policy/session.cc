#include "policy/session.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "azure/merge.h"
#include "policy/evaluation.h"
#include "policy/finding_maker.h"
#include "policy/judge.h"
#include "policy/lower.h"
#include "policy/matching.h"
#include "policy/rule_set_impl.h"

namespace restorable::policy {

struct Session::Impl {
  using CheckEntry = RuleSet::Impl::CheckEntry;
  using LoweringEntry = RuleSet::Impl::LoweringEntry;

  explicit Impl(const Context& given)
      : context(given),
        rules(given.rules->impl()),
        plans(rules),
        evaluation(rules.language(), context.limits) {}

  void Begin(const Resource& resource, const Deployment* deployment, const Review* review) {
    arena.Reset();
    evaluation.Begin(resource, deployment, review, arena);
  }

  // Judges and reports.
  void Evaluate(const CheckEntry& entry, const CompiledCheck& check, const Resource& resource) {
    evaluation.Enter(check.scope);
    bool failed = false;
    Judge(check, resource, Sight::kAll, evaluation, [&](const Outcome& outcome) {
      if (outcome.kind != Outcome::Kind::kError) {
        findings.push_back(MakeFinding(entry, check, resource, outcome, context, evaluation));
      } else if (!std::exchange(failed, true)) {
        diagnostics.push_back(MakeFailure(entry, resource, outcome));
      }
      return true;
    });
  }

  // Whether a check that needs the deployment can be left out already.
  bool IsSettled(const CompiledCheck& check, const Resource& resource) {
    evaluation.Enter(check.scope);
    if (evaluation.Guards(check.scope, false, /*local=*/true).IsFalse()) return true;
    if (!check.verdict_is_local) return HasNoItems(check.scope);
    bool passes = true;
    Judge(check, resource, Sight::kResource, evaluation,
          [&](const Outcome&) { return passes = false; });
    return passes;
  }

  // Where a lowering reads a resource, and where values of what it makes of it live.
  struct Surroundings {
    const Deployment* deployment;
    const Review* review;
    Arena& arena;
  };

  // What a lowering makes of a resource as it is to be, each with what it is until then.
  std::vector<Resource> Lower(const CompiledLowering& lowering, const Resource& resource,
                              const Surroundings& in) {
    std::vector<Resource> made = LowerOne(lowering, resource, in, diagnostics);
    if (resource.before == nullptr) return made;
    std::vector<Resource> old;
    if (resource.before->IsMap()) {
      Resource until_then = resource;
      until_then.body = *resource.before;
      until_then.written = *resource.before;
      std::vector<Diagnostic> unwanted;  // of what nobody can change any more
      old = LowerOne(lowering, until_then, in, unwanted);
    }
    for (Resource& lowered : made) {
      lowered.before = Before(lowered, made.size() == 1, *resource.before, old, in.arena);
    }
    return made;
  }

  std::vector<Resource> LowerOne(const CompiledLowering& lowering, const Resource& resource,
                                 const Surroundings& in, std::vector<Diagnostic>& said) {
    std::vector<Resource> made;
    evaluation.Begin(resource, in.deployment, in.review, in.arena);
    evaluation.Enter(lowering.scope);
    if (lowering.unwrap) {
      UnwrapObject(lowering, resource, evaluation, made, said);
    } else {
      LowerObject(lowering, resource, evaluation, made, said);
    }
    return made;
  }

  // Of several things in a resource, those of one name are the same; one may also get another name.
  static const Value* Before(const Resource& lowered, bool only, const Value& whole,
                             const std::vector<Resource>& old, Arena& arena) {
    static constexpr Value kNothing = Value::Null();
    if (whole.IsNull()) return &kNothing;
    const auto found = std::ranges::find_if(old, [&](const Resource& candidate) {
      const bool same_name = !candidate.name.empty() && candidate.name == lowered.name &&
                             candidate.namespace_ == lowered.namespace_;
      return candidate.kind == lowered.kind && (same_name || (only && old.size() == 1));
    });
    return found == old.end() ? nullptr : arena.New<Value>(found->body);
  }

  // Adds what a reviewed object carries inside and the Azure resources that it describes.
  void Describe(const Resource& resource, const Review& review, std::vector<Resource>& resources) {
    for (const std::uint32_t i : plans.For(resource).lowerings) {
      const CompiledLowering& lowering = rules.Compiled(rules.lowerings[i]);
      if (rules.lowerings[i].lowering->unwrap && !lowering.unwrap) continue;
      std::ranges::copy(Lower(lowering, resource, {nullptr, &review, described}),
                        std::back_inserter(resources));
    }
  }

  void JudgeReviewed(const Resource& resource, const Review& review) {
    Begin(resource, nullptr, &review);
    for (const std::uint32_t i : plans.For(resource).checks) {
      const CheckEntry& entry = rules.checks[i];
      if (!entry.rule->admission || (entry.rule->built_in && !review.built_in_rules)) continue;
      const CompiledCheck* const check = Compiled(entry);
      if (check != nullptr) Evaluate(entry, *check, resource);
    }
  }

  // Nothing to make the entered check for, whatever else there is in the deployment.
  bool HasNoItems(const Scope& scope) {
    if (!scope.for_each || scope.for_each->reach.deployment) return false;
    const Value items = evaluation.Run(scope.for_each->program);
    return items.IsList() && items.size() == 0;
  }

  // Whether all such resources are kept: for others that look them up, or to be lowered.
  bool IsNeededAnyway(const Plan& plan) const {
    return (plan.looked_up && plan.lookups.empty()) ||
           std::ranges::any_of(plan.lowerings, [&](std::uint32_t i) {
             return !rules.lowerings[i].lowering->unwrap.has_value();
           });
  }

  // Whether others look the resource up, as far as its own content says.
  bool IsLookedUp(const Plan& plan) {
    return std::ranges::any_of(plan.lookups, [&](std::uint32_t i) {
      const Scope& scope = rules.Compiled(rules.lookups[i]);
      evaluation.Enter(scope);
      return !evaluation.Guards(scope, false, /*local=*/true).IsFalse();
    });
  }

  const CompiledCheck* Compiled(const CheckEntry& entry) const {
    const CompiledCheck& check = rules.Compiled(entry);
    return check.assertion ? &check : nullptr;
  }

  Context context;
  const RuleSet::Impl& rules;
  PlanCache plans;
  Arena arena;
  Arena described;  // of the resources that a reviewed object describes
  Evaluation evaluation;
  std::vector<Finding> findings;
  std::vector<Diagnostic> diagnostics;
};

Session::Session(const Context& context) : impl_(std::make_unique<Impl>(context)) {}
Session::Session(Session&&) noexcept = default;
Session::~Session() = default;

std::vector<Resource> Session::Unwrap(const Resource& resource, Arena& arena) {
  std::vector<Resource> resources;
  for (const std::uint32_t i : impl_->plans.For(resource).lowerings) {
    const Impl::LoweringEntry& entry = impl_->rules.lowerings[i];
    if (!entry.lowering->unwrap) continue;
    const CompiledLowering& lowering = impl_->rules.Compiled(entry);
    if (!lowering.unwrap) continue;
    std::ranges::copy(impl_->Lower(lowering, resource, {nullptr, nullptr, arena}),
                      std::back_inserter(resources));
  }
  return resources;
}

bool Session::IsNeeded(const Resource& resource) {
  const Plan& plan = impl_->plans.For(resource);
  if (impl_->IsNeededAnyway(plan)) return true;
  if (plan.lookups.empty()) return false;
  impl_->Begin(resource, nullptr, nullptr);
  return impl_->IsLookedUp(plan);
}

bool Session::EvaluateLocal(const Resource& resource) {
  const Plan& plan = impl_->plans.For(resource);
  bool keep = impl_->IsNeededAnyway(plan);
  if (plan.checks.empty() && plan.lookups.empty()) return keep;
  impl_->Begin(resource, nullptr, nullptr);
  for (const std::uint32_t i : plan.checks) {
    const Impl::CheckEntry& entry = impl_->rules.checks[i];
    const CompiledCheck* const check = impl_->Compiled(entry);
    if (check == nullptr) continue;
    if (!check->reach.deployment) {
      impl_->Evaluate(entry, *check, resource);
    } else if (!keep) {
      keep = !impl_->IsSettled(*check, resource);
    }
  }
  return keep || impl_->IsLookedUp(plan);
}

// What a resource contains comes after it, and may contain more.
void Session::EvaluateAll(std::vector<Resource> resources, Arena& arena, const Tell& tell) {
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const Resource resource = resources[i];
    tell(resource, EvaluateLocal(resource));
    std::ranges::copy(Unwrap(resource, arena), std::back_inserter(resources));
  }
}

void Session::Add(std::vector<Resource> resources, Deployment& deployment, Arena& arena) {
  EvaluateAll(std::move(resources), arena, [&](const Resource& resource, bool kept) {
    if (kept) deployment.Add(resource);
    const bool is_known =
        resource.schema != Schema::kModule || !impl_->plans.For(resource).lowerings.empty();
    if (!is_known) deployment.AddMissing(resource.address);
  });
}

std::size_t Session::LowerInto(Deployment& deployment, Arena& arena) {
  deployment.Seal();
  std::vector<Resource> lowered;
  for (const Resource& resource : deployment.resources()) {
    std::ranges::copy(Lower(resource, deployment, arena), std::back_inserter(lowered));
  }
  if (lowered.empty()) return 0;
  azure::MergeParts(lowered, arena);
  for (const Resource& resource : lowered) {
    (void)EvaluateLocal(resource);
    deployment.Add(resource);
  }
  deployment.Seal();
  return lowered.size();
}

std::vector<Resource> Session::Lower(const Resource& resource, const Deployment& deployment,
                                     Arena& arena) {
  std::vector<Resource> resources;
  if (resource.schema == Schema::kAzure) return resources;
  for (const std::uint32_t i : impl_->plans.For(resource).lowerings) {
    const Impl::LoweringEntry& entry = impl_->rules.lowerings[i];
    if (entry.lowering->unwrap) continue;
    std::ranges::copy(
        impl_->Lower(impl_->rules.Compiled(entry), resource, {&deployment, nullptr, arena}),
        std::back_inserter(resources));
  }
  return resources;
}

void Session::EvaluateDeployment(const Resource& resource, const Deployment& deployment) {
  const Plan& plan = impl_->plans.For(resource);
  if (plan.checks.empty()) return;
  impl_->Begin(resource, &deployment, nullptr);
  for (const std::uint32_t i : plan.checks) {
    const Impl::CheckEntry& entry = impl_->rules.checks[i];
    const CompiledCheck* const check = impl_->Compiled(entry);
    if (check != nullptr && check->reach.deployment) impl_->Evaluate(entry, *check, resource);
  }
}

void Session::EvaluateReview(const Resource& resource, const Review& review,
                             std::chrono::steady_clock::time_point deadline) {
  impl_->evaluation.set_deadline(deadline);
  impl_->described.Reset();
  std::vector<Resource> resources{resource};
  resources.front().before = &review.old_object;
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const Resource judged = resources[i];
    impl_->Describe(judged, review, resources);
    impl_->JudgeReviewed(judged, review);
  }
  impl_->evaluation.set_deadline(std::chrono::steady_clock::time_point::max());
}

std::vector<Finding> Session::TakeFindings() { return std::exchange(impl_->findings, {}); }

std::vector<Diagnostic> Session::TakeDiagnostics() { return std::exchange(impl_->diagnostics, {}); }

}  // namespace restorable::policy
