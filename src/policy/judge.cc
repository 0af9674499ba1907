#include "policy/judge.h"

namespace restorable::policy {
namespace {

using Kind = Outcome::Kind;

// What the guards say so far, and those that come to it.
Value Both(Value a, Value b, Arena& arena) {
  if (a.IsFalse() || b.IsFalse()) return Value::Bool(false);
  if (a.IsUnknown()) return b.IsUnknown() ? Value::Unknown(arena, a, b) : a;
  if (b.IsUnknown()) return b;
  return a.IsError() ? a : b;
}

// A resource that may not come to be violates nothing for certain.
Outcome Tempered(Outcome outcome, const Resource& resource, Arena& arena) {
  if (resource.presence == Presence::kCertain) return outcome;
  switch (outcome.kind) {
    case Kind::kViolated:
      return {Kind::kUndetermined, resource.condition};
    case Kind::kUndetermined:
      return {Kind::kUndetermined, Value::Unknown(arena, outcome.why, resource.condition)};
    case Kind::kPass:
    case Kind::kError:
      break;
  }
  return outcome;
}

Outcome JudgeOne(const CompiledCheck& check, Value guards, Evaluation& evaluation) {
  if (guards.IsFalse()) return {};
  if (guards.IsError()) return {Kind::kError, guards};
  const Value holds = evaluation.Run(check.assertion->program);
  if (holds.IsTrue()) return {};
  if (holds.IsError() && holds.AsError().absolute) return {Kind::kError, holds};
  if (guards.IsUnknown()) return {Kind::kUndetermined, guards};
  if (holds.IsUnknown()) return {Kind::kUndetermined, holds};
  if (holds.IsError()) return {Kind::kError, holds};
  return {Kind::kViolated, {}};
}

}  // namespace

void Judge(const CompiledCheck& check, const Resource& resource, Sight sight,
           Evaluation& evaluation, const std::function<bool(const Outcome&)>& report) {
  const auto tell = [&](const Outcome& outcome) {
    if (outcome.kind == Kind::kPass) return true;
    return report(Tempered(outcome, resource, evaluation.arena()));
  };
  const Scope& scope = check.scope;
  const bool local = sight == Sight::kResource;
  const Value guards = evaluation.Guards(scope, false, local);
  if (guards.IsFalse()) return;
  if (!scope.for_each) {
    (void)tell(JudgeOne(check, guards, evaluation));
    return;
  }
  if (guards.IsError()) {
    (void)tell({Kind::kError, guards});
    return;
  }
  const Value items = evaluation.Run(scope.for_each->program);
  if (!items.IsList()) {
    // Nobody knows of what there is one; something guarded without certainty may still be none.
    const bool open = items.IsUnknown() || guards.IsUnknown();
    const Value why = guards.IsUnknown() ? guards : items;
    const Value error =
        items.IsError() ? items : Value::Error(evaluation.arena(), "`forEach` gives no list");
    evaluation.SetItem(scope, open ? why : error, 0);
    (void)tell(open ? Outcome{Kind::kUndetermined, why} : Outcome{Kind::kError, error});
    return;
  }
  std::uint32_t index = 0;
  for (const Value& item : items.AsList()) {
    evaluation.SetItem(scope, item, index++);
    const Value all = Both(guards, evaluation.Guards(scope, true, local), evaluation.arena());
    if (!tell(JudgeOne(check, all, evaluation))) return;
  }
}

}  // namespace restorable::policy
