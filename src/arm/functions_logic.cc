#include <charconv>
#include <cmath>
#include <optional>

#include "arm/functions.h"
#include "arm/symbol.h"
#include "base/number.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

Value Operate(Invocation& call, BinaryOp op) {
  return Apply(call.context, op, call[0], call[1], call.range());
}

// One argument that decides is enough; else they are all known, or it is open.
Value Logic(Invocation& call, bool deciding) {
  bool open = false;
  for (const Value& argument : call.arguments()) {
    if (IsSymbol(argument)) {
      open = true;
    } else if (!argument.Is(Kind::kBool)) {
      return call.Fail("takes bools, found " + std::string(KindName(argument)));
    } else if (argument.AsBool() == deciding) {
      return call.Return(deciding);
    }
  }
  return open ? call.Open() : call.Return(!deciding);
}

const Local* FindLoop(const Local* locals, std::string_view label) {
  for (; locals != nullptr; locals = locals->outer) {
    if (locals->kind != Local::Kind::kValue && EqualsIgnoringAsciiCase(locals->name, label)) {
      return locals;
    }
  }
  return nullptr;
}

// Without a label it is the loop of the resource or output; only where there is none, the nearest.
const Local* NearestLoop(const Local* locals) {
  const Local* nearest = nullptr;
  for (; locals != nullptr; locals = locals->outer) {
    if (locals->kind == Local::Kind::kResourceLoop) return locals;
    if (locals->kind == Local::Kind::kLoop && nearest == nullptr) nearest = locals;
  }
  return nearest;
}

}  // namespace

Value Add(Invocation& call) { return Operate(call, BinaryOp::kAdd); }
Value Subtract(Invocation& call) { return Operate(call, BinaryOp::kSubtract); }
Value Multiply(Invocation& call) { return Operate(call, BinaryOp::kMultiply); }
Value Divide(Invocation& call) { return Operate(call, BinaryOp::kDivide); }
Value Modulo(Invocation& call) { return Operate(call, BinaryOp::kModulo); }
Value Equals(Invocation& call) { return Operate(call, BinaryOp::kEqual); }
Value Greater(Invocation& call) { return Operate(call, BinaryOp::kGreater); }
Value GreaterOrEquals(Invocation& call) { return Operate(call, BinaryOp::kGreaterEqual); }
Value Less(Invocation& call) { return Operate(call, BinaryOp::kLess); }
Value LessOrEquals(Invocation& call) { return Operate(call, BinaryOp::kLessEqual); }
Value Not(Invocation& call) { return Apply(call.context, UnaryOp::kNot, call[0], call.range()); }
Value And(Invocation& call) { return Logic(call, /*deciding=*/false); }
Value Or(Invocation& call) { return Logic(call, /*deciding=*/true); }

Value Any(Invocation& call) { return call[0]; }

Value BoolOf(Invocation& call) {
  if (call[0].Is(Kind::kBool)) return call.Return(call[0]);
  if (call[0].Is(Kind::kInt)) return call.Return(call.Int(0) != 0);
  if (call[0].IsString()) {
    const std::string text = AsciiLower(call.String(0));
    if (text == "true" || text == "1") return call.Return(true);
    if (text == "false" || text == "0") return call.Return(false);
  }
  return call.Fail("this is no bool");
}

Value IntOf(Invocation& call) {
  if (call[0].Is(Kind::kInt)) return call.Return(call[0]);
  if (call[0].Is(Kind::kDouble)) {
    const double whole = std::trunc(call[0].AsDouble());
    if (std::fabs(whole) < 9.2e18) return call.Return(static_cast<std::int64_t>(whole));
    return call.Fail("does not fit 64 bits");
  }
  if (!call[0].IsString()) return call.Fail("takes a text or a number");
  std::string_view text = call.String(0);
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return call.Return(number);
  return call.Fail("`" + std::string(call.String(0)) + "` is no integer");
}

Value FloatOf(Invocation& call) {
  if (call[0].Is(Kind::kDouble)) return call.Return(call[0]);
  if (call[0].Is(Kind::kInt)) {
    return call.Return(Value::Double(static_cast<double>(call.Int(0))));
  }
  const std::optional<double> number =
      call[0].IsString() ? ParseDecimal(call.String(0)) : std::nullopt;
  return number.has_value() ? call.Return(Value::Double(*number)) : call.Fail("this is no number");
}

Value Fail(Invocation& call) {
  const std::string message = IsText(call[0]) ? Braced(call[0]) : "the template says so";
  return call.context.Error("the template fails: " + message, call.range());
}

// copyIndex(), copyIndex(offset), copyIndex(label), copyIndex(label, offset).
Value CopyIndex(Invocation& call) {
  const bool labelled = call.size() > 0 && call[0].IsString();
  const Local* const loop =
      labelled ? FindLoop(call.locals, call.String(0)) : NearestLoop(call.locals);
  if (loop == nullptr) return call.Fail("there is no such loop here");
  Value offset = Value::Int(0);
  if (!labelled && call.size() > 0) offset = call[0];
  if (labelled && call.size() > 1) offset = call[1];
  if (offset.IsNull() || (offset.Is(Kind::kInt) && offset.AsInt() == 0)) return loop->value;
  return Apply(call.context, BinaryOp::kAdd, loop->value, offset, call.range());
}

// With a name that is computed; a literal one is a node of the tree.
Value Parameters(Invocation& call) { return call.names.GetParameter(call.String(0), call.range()); }
Value Variables(Invocation& call) { return call.names.GetVariable(call.String(0), call.range()); }

}  // namespace restorable::arm
