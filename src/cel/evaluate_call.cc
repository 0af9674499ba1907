#include <algorithm>
#include <array>
#include <string>

#include "cel/compare.h"
#include "cel/cost.h"
#include "cel/evaluator.h"
#include "cel/operators.h"
#include "cel/secret.h"

namespace restorable::cel {
namespace {

bool IsContainer(Value value) {
  return value.IsList() || value.IsMap() || value.Is(Kind::kOptional);
}

}  // namespace

Value Evaluator::Do(const CallFunction& step, Range range) {
  constexpr std::size_t kUsual = 4;
  std::array<Value, kUsual> few;
  const auto steps = (*frame_->plan)[step.arguments];
  const std::span<Value> arguments = steps.size() <= kUsual ? std::span(few).first(steps.size())
                                                            : arena_.NewArray<Value>(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    arguments[i] = Eval(steps[i]);
    if (arguments[i].IsError()) return arguments[i];
  }
  return AtRange(Call(step, arguments, range), range);
}

// What the elements of containers hide counts only for functions that look at them.
Value Evaluator::UnknownWithin(std::span<const Value> arguments, Strictness strictness) {
  Value unknown;
  for (const Value& argument : arguments) {
    if (argument.IsUnknown()) {
      unknown = Union(unknown, argument);
    } else if (strictness == Strictness::kShallow && argument.OpenRest() != nullptr) {
      unknown = Union(unknown, *argument.OpenRest());
    } else if (strictness == Strictness::kStrict && IsContainer(argument)) {
      const Value inside = FindUnknown(arena_, argument);
      if (inside.IsError()) return inside;
      if (inside.IsUnknown()) unknown = Union(unknown, inside);
    }
  }
  return unknown;
}

Value Evaluator::Call(const CallFunction& step, std::span<const Value> arguments, Range range) {
  if (step.function == nullptr) {
    return Error("undeclared function `" + std::string(step.name) + "`", range);
  }
  const auto candidates = (*frame_->plan)[step.candidates];
  const auto chosen = std::ranges::find_if(
      candidates, [&](const Overload* overload) { return overload->Accepts(arguments); });
  if (chosen == candidates.end()) {
    const Value unknown = UnknownWithin(arguments, Strictness::kNonStrict);
    return unknown.IsUnknown() ? unknown : NoSuchOverload(arena_, step.name, arguments);
  }
  const Builtin& builtin = (*chosen)->builtin;
  if (builtin.strictness != Strictness::kNonStrict) {
    const Value unknown = UnknownWithin(arguments, builtin.strictness);
    if (!unknown.IsNull()) return unknown;
  }
  if (builtin.body == nullptr) {
    return Error("the function `" + std::string(step.name) + "` cannot be evaluated here", range);
  }
  if (!Charge(CallCost(builtin.cost, arguments))) return Exhausted(range);
  CallContext context(
      arena_, arguments,
      {.host = activation_.host_, .patterns = &activation_.patterns_, .literal = step.pattern});
  const Value result = MadeOf(arguments, builtin.strictness, builtin.body(context));
  if (MemoryUsedUp()) return CheckResources(range);
  // What went wrong may be told with the value.
  if (result.IsError() && !IsAbsolute(result) && HoldsSecret(arguments)) {
    return Error("`" + std::string(step.name) + "` has no result for a secret", range);
  }
  return result;
}

}  // namespace restorable::cel
