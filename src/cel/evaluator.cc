#include "cel/evaluator.h"

#include <string>
#include <utility>

#include "cel/compare.h"
#include "cel/cost.h"
#include "cel/definition.h"
#include "cel/operators.h"
#include "cel/program_impl.h"
#include "cel/secret.h"

namespace restorable::cel {
namespace {

// What is cheaper is computed again, and leaves the place to others.
constexpr std::uint64_t kCostWorthAMemo = 8;

}  // namespace

Evaluator::Frame* Evaluator::NewFrame(const Plan& plan) {
  Frame* frame = arena_.New<Frame>();
  frame->plan = &plan;
  frame->locals = arena_.NewArray<Local>(plan.locals).data();
  return frame;
}

Value Evaluator::EvalIn(Frame* frame, StepId step) {
  Frame* const caller = frame_;
  frame_ = frame;
  const Value value = Eval(step);
  frame_ = caller;
  return value;
}

Value Evaluator::Evaluate(const Plan& plan, StepId step) { return EvalIn(NewFrame(plan), step); }

Value Evaluator::Eval(StepId id) {
  const Step& step = (*frame_->plan)[id];
  const Depth depth(*this);
  if (depth_ > kMostDepth) {
    return Value::Error(arena_, "the evaluation is nested too deeply", step.range, true);
  }
  return std::visit([&](const auto& form) { return Do(form, step.range); }, step.form);
}

Value Evaluator::Exhausted(Range range) {
  return Value::Error(arena_,
                      "the evaluation costs more than " + std::to_string(budget_.limit) + " units",
                      range, true);
}

Value Evaluator::CheckResources(Range range) {
  if (MemoryUsedUp()) {
    return Value::Error(arena_,
                        "the evaluation needs more than " + std::to_string(budget_.memory_bytes) +
                            " bytes of memory",
                        range, true);
  }
  if (budget_.deadline != std::chrono::steady_clock::time_point::max() &&
      std::chrono::steady_clock::now() > budget_.deadline) {
    return Value::Error(arena_, "the evaluation took too long", range, true);
  }
  return {};
}

Value Evaluator::Retell(Value error, std::string_view name, Range range) {
  const ErrorBody& body = error.AsError();
  return Value::Error(arena_, "in `" + std::string(name) + "`: " + std::string(body.message), range,
                      body.absolute);
}

// --- Names ---------------------------------------------------------------------------------------

Value Evaluator::Do(const Constant& step, Range range) {
  if (!Charge(step.cost)) return Exhausted(range);
  return step.value;
}

Value Evaluator::Do(const Undeclared& step, Range range) {
  return Error("undeclared variable `" + std::string(step.name) + "`", range);
}

Value Evaluator::Do(const ReadSlot& step, Range range) {
  if (!Charge(kReadCost)) return Exhausted(range);
  Activation::Slot& slot = activation_.At(step.slot);
  switch (slot.state) {
    case Activation::State::kValue:
      break;
    case Activation::State::kUnset:
      return Error("unbound variable `" + std::string(step.name) + "`", range);
    case Activation::State::kRunning:
      return Error("`" + std::string(step.name) + "` depends on itself", range);
    case Activation::State::kLazy: {
      const Plan& plan = slot.program->impl().plan;
      slot.state = Activation::State::kRunning;
      // Who watches wants to know what this expression selects, not what its variables did.
      Value* const watched = std::exchange(activation_.watched_, nullptr);
      const Value value = Evaluate(plan, plan.root);
      activation_.watched_ = watched;
      // Another evaluation may have more to spend.
      slot.state = IsAbsolute(value) ? Activation::State::kLazy : Activation::State::kValue;
      slot.value = value;
      break;
    }
  }
  if (slot.value.IsError()) return Retell(slot.value, step.name, range);
  return slot.value;
}

Value Evaluator::Do(const ReadLocal& step, Range range) {
  if (!Charge(kReadCost)) return Exhausted(range);
  Local& local = frame_->locals[step.local];
  if (local.state == Local::State::kLazy) {
    local.state = Local::State::kRunning;
    local.value = EvalIn(local.frame, local.step);
    local.state = Local::State::kValue;
  }
  return local.value;
}

// --- Selection -----------------------------------------------------------------------------------

Value Evaluator::Do(const SelectField& step, Range range) {
  const Value operand = Eval(step.operand);
  if (operand.IsError()) return operand;
  if (!Charge(kReadCost)) return Exhausted(range);
  return Field(operand, step.field, step.optional, range);
}

Value Evaluator::Do(const TestField& step, Range range) {
  const Value operand = Eval(step.operand);
  if (operand.IsError()) return operand;
  return Has(operand, step.field, range);
}

Value Evaluator::Do(const SelectElement& step, Range range) {
  const Value operand = Eval(step.operand);
  if (operand.IsError()) return operand;
  const Value index = Eval(step.index);
  if (index.IsError()) return index;
  if (!Charge(kReadCost)) return Exhausted(range);
  return Element(operand, index, step.optional, range);
}

// --- Operators -----------------------------------------------------------------------------------

Value Evaluator::Do(const ApplyUnary& step, Range range) {
  const Value operand = Eval(step.operand);
  if (operand.IsError() || operand.IsUnknown()) return operand;
  if (!Charge(1)) return Exhausted(range);
  return AtRange(PartOf(operand, Apply(arena_, step.op, operand)), range);
}

Value Evaluator::Do(const ApplyChain& step, Range) {
  Value result = Eval(step.first);
  for (const Operand& operand : (*frame_->plan)[step.rest]) {
    if (result.IsError()) return result;
    const Value right = Eval(operand.step);
    if (right.IsError()) return right;
    if (!Charge(OperatorCost(operand.op, result, right))) return Exhausted(operand.range);
    if (result.IsUnknown() || right.IsUnknown()) {
      result = !right.IsUnknown() ? result : Union(result, right);
      continue;
    }
    const Value operands[] = {result, right};
    const Value made = Apply(arena_, operand.op, result, right);
    result = AtRange(MadeOf(operands, Strictness::kShallow, made), operand.range);
    if (MemoryUsedUp()) return CheckResources(operand.range);
  }
  return result;
}

// One certain operand decides; then what is not known may still decide; then errors count.
Value Evaluator::Do(const Junction& step, Range) {
  const bool decides = step.op == LogicOp::kOr;
  Value unknown;
  Value error;
  for (const StepId id : (*frame_->plan)[step.operands]) {
    const Value value = Eval(id);
    if (value.Is(Kind::kBool)) {
      if (value.AsBool() == decides) return value;
    } else if (value.IsUnknown()) {
      unknown = Union(unknown, value);
    } else if (IsAbsolute(value)) {
      return value;
    } else if (!error.IsError()) {
      error = value.IsError() ? value
                              : AtRange(NoSuchOverload(arena_, decides ? "||" : "&&", {&value, 1}),
                                        (*frame_->plan)[id].range);
    }
  }
  if (unknown.IsUnknown()) return unknown;
  if (error.IsError()) return error;
  return Value::Bool(!decides);
}

Value Evaluator::Do(const Choose& step, Range range) {
  const Value condition = Eval(step.condition);
  if (condition.Is(Kind::kBool)) return Eval(condition.AsBool() ? step.then : step.otherwise);
  if (condition.IsError()) return condition;
  if (!condition.IsUnknown()) {
    return AtRange(NoSuchOverload(arena_, "? :", {&condition, 1}), range);
  }
  // The answer may be the same either way.
  const Value then = Eval(step.then);
  if (IsAbsolute(then)) return then;
  if (then.IsError() || then.IsUnknown()) return condition;
  const Value otherwise = Eval(step.otherwise);
  if (IsAbsolute(otherwise)) return otherwise;
  if (then.kind() != otherwise.kind()) return condition;
  if (!Charge(OperatorCost(BinaryOp::kEqual, then, otherwise))) return Exhausted(range);
  return Equals(arena_, then, otherwise).IsTrue() ? then : condition;
}

// --- Variables of expressions --------------------------------------------------------------------

Value Evaluator::Do(const Let& step, Range) {
  Local& local = frame_->locals[step.local];
  local = {.value = {}, .state = Local::State::kLazy, .step = step.init, .frame = frame_};
  return Eval(step.body);
}

Evaluator::Frame* Evaluator::NewFrame(const CallDefinition& step) {
  Frame* const frame = NewFrame(step.definition->plan);
  std::uint32_t next = 0;
  for (const StepId argument : (*frame_->plan)[step.arguments]) {
    frame->locals[next++] = {
        .value = {}, .state = Local::State::kLazy, .step = argument, .frame = frame_};
  }
  return frame;
}

std::optional<Value> Evaluator::Recall(const Definition& definition) {
  Host* const host = activation_.host_;
  if (host == nullptr || !definition.parameters.empty()) return std::nullopt;
  return host->Recall(definition, [&](Arena& arena, Budget& budget) {
    // Nothing of this evaluation may get into what outlives it.
    Value* const watched = std::exchange(activation_.watched_, nullptr);
    std::vector<Activation::Memo> memos = std::exchange(activation_.memos_, {});
    Evaluator evaluator(activation_, arena, budget);
    evaluator.depth_ = depth_;
    const Value value = evaluator.Evaluate(definition.plan, definition.plan.root);
    activation_.watched_ = watched;
    activation_.memos_ = std::move(memos);
    return value;
  });
}

Value Evaluator::Do(const CallDefinition& step, Range range) {
  const Definition& definition = *step.definition;
  if (const std::optional<Value> kept = Recall(definition)) {
    if (!Charge(kReadCost)) return Exhausted(range);
    return kept->IsError() ? Retell(*kept, definition.name, range) : *kept;
  }
  Frame* const frame = NewFrame(step);
  if (MemoryUsedUp()) return CheckResources(range);
  Activation::Memo* memo = nullptr;
  if (definition.parameters.size() == 1 && !activation_.memos_.empty()) {
    const Value argument = Eval((*frame_->plan)[step.arguments][0]);
    frame->locals[0] = {.value = argument};
    memo = MemoOf(definition, argument);
    if (memo != nullptr && memo->generation == activation_.generation_ &&
        memo->definition == &definition && memo->argument.IsItself(argument)) {
      return Charge(kReadCost) ? memo->result : Exhausted(range);
    }
  }
  const std::uint64_t used = budget_.used;
  const Value value = EvalIn(frame, definition.plan.root);
  if (value.IsError()) return Retell(value, definition.name, range);
  if (memo != nullptr && budget_.used - used >= kCostWorthAMemo) {
    *memo = {&definition, activation_.generation_, frame->locals[0].value, value};
  }
  return value;
}

Activation::Memo* Evaluator::MemoOf(const Definition& definition, Value argument) {
  const bool has_address = argument.IsString() || argument.IsList() || argument.IsMap();
  if (!has_address || activation_.watched_ != nullptr) return nullptr;
  const auto bits = [](const void* address) { return reinterpret_cast<std::uintptr_t>(address); };
  const std::size_t hash = (bits(&definition) >> 6) ^ (bits(argument.Address()) >> 4);
  return &activation_.memos_[hash % Activation::kMemos];
}

Value Evaluator::Do(const MapOptional& step, Range range) {
  const Value operand = Eval(step.operand);
  if (operand.IsError() || operand.IsUnknown()) return operand;
  if (!Charge(1)) return Exhausted(range);
  if (!operand.Is(Kind::kOptional)) {
    return AtRange(NoSuchOverload(arena_, step.flat ? "optFlatMap" : "optMap", {&operand, 1}),
                   range);
  }
  if (operand.AsOptional() == nullptr) return operand;
  frame_->locals[step.local] = {.value = *operand.AsOptional()};
  const Value body = Eval(step.body);
  if (body.IsError() || body.IsUnknown()) return body;
  if (!step.flat) return Value::Some(arena_, body);
  if (body.Is(Kind::kOptional)) return body;
  return AtRange(NoSuchOverload(arena_, "optFlatMap", {&body, 1}), range);
}

// `or` and `orValue` look at their argument only when they need it.
Value Evaluator::Do(const OrElse& step, Range range) {
  const Value operand = Eval(step.operand);
  if (operand.IsError() || operand.IsUnknown()) return operand;
  if (!Charge(1)) return Exhausted(range);
  const std::string_view name = step.unwrap ? "orValue" : "or";
  if (!operand.Is(Kind::kOptional)) {
    return AtRange(NoSuchOverload(arena_, name, {&operand, 1}), range);
  }
  if (const Value* value = operand.AsOptional()) return step.unwrap ? *value : operand;
  const Value alternative = Eval(step.alternative);
  if (step.unwrap || alternative.IsError() || alternative.IsUnknown() ||
      alternative.Is(Kind::kOptional)) {
    return alternative;
  }
  return AtRange(NoSuchOverload(arena_, name, {&alternative, 1}), range);
}

}  // namespace restorable::cel
