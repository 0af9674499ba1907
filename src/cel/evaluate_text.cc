// Texts that show what is not known instead of being unknown themselves.
#include <algorithm>
#include <string>

#include "cel/evaluator.h"

namespace restorable::cel {
namespace {

std::string Shown(Value unknown) {
  std::string text = "<unknown: ";
  const UnknownSet& set = unknown.AsUnknown();
  for (const UnknownCause& cause : set.causes) {
    if (&cause != set.causes.data()) text += ", ";
    text += cause.what.empty() ? Name(cause.reason) : cause.what;
  }
  if (set.total > set.causes.size()) text += ", …";
  return text + ">";
}

}  // namespace

Value Evaluator::EvaluateText(const Plan& plan) {
  Frame* const caller = frame_;
  frame_ = NewFrame(plan);
  const Value text = Text(plan.root);
  frame_ = caller;
  return text;
}

Value Evaluator::Text(StepId id) {
  const Step& step = (*frame_->plan)[id];
  if (const auto* choose = std::get_if<Choose>(&step.form)) {
    const Value condition = Eval(choose->condition);
    if (condition.Is(Kind::kBool)) {
      return Text(condition.AsBool() ? choose->then : choose->otherwise);
    }
  }
  if (const auto* chain = std::get_if<ApplyChain>(&step.form)) {
    const auto adds = [](const Operand& operand) { return operand.op == BinaryOp::kAdd; };
    if (std::ranges::all_of((*frame_->plan)[chain->rest], adds)) {
      return TextOfSum(*chain, step.range);
    }
  }
  const Value value = Eval(id);
  if (value.IsSensitive()) return Value::String("(sensitive)");
  return value.IsUnknown() ? Value::String(arena_.Copy(Shown(value))) : value;
}

Value Evaluator::TextOfSum(const ApplyChain& step, Range range) {
  std::string text;
  const auto add = [&](StepId id) {
    const Value part = Text(id);
    if (part.IsString()) text += part.AsString();
    return part;
  };
  Value part = add(step.first);
  for (const Operand& operand : (*frame_->plan)[step.rest]) {
    if (!part.IsString()) break;
    part = add(operand.step);
  }
  if (part.IsError()) return part;
  if (!part.IsString()) return Error("a part of the text is no string", range);
  return Value::String(arena_.Copy(text));
}

}  // namespace restorable::cel
