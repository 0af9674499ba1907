#include "cel/libraries.h"
#include "cel/quantity.h"

namespace restorable::cel {
namespace {

constexpr OpaqueType kQuantity = {
    "kubernetes.Quantity",
    [](const void* a, const void* b) {
      return *static_cast<const Quantity*>(a) == *static_cast<const Quantity*>(b);
    },
    [](const void* data) { return static_cast<const Quantity*>(data)->ToString(); },
};

const Quantity& Receiver(CallContext& call) { return OpaqueData<Quantity>(call[0]); }

Quantity Operand(CallContext& call) {
  return call[1].Is(Kind::kInt) ? Quantity::OfInt(call.Int(1)) : OpaqueData<Quantity>(call[1]);
}

Value Return(CallContext& call, const std::optional<Quantity>& quantity) {
  if (!quantity) return call.Error("the result does not fit a quantity");
  return MakeOpaque(call.arena(), kQuantity, *quantity);
}

Value MakeQuantity(CallContext& call) {
  const auto quantity = Quantity::Parse(call.String(0));
  if (!quantity) return call.Error(Quoted(call.String(0)) + " is not a quantity");
  return Return(call, quantity);
}

Value IsQuantity(CallContext& call) {
  return Value::Bool(Quantity::Parse(call.String(0)).has_value());
}

Value AsInteger(CallContext& call) {
  const auto integer = Receiver(call).AsInt();
  if (!integer) return call.Error("the quantity " + Receiver(call).ToString() + " is no `int`");
  return Value::Int(*integer);
}

Value IsInteger(CallContext& call) { return Value::Bool(Receiver(call).AsInt().has_value()); }
Value AsFloat(CallContext& call) { return Value::Double(Receiver(call).AsDouble()); }
Value Sign(CallContext& call) { return Value::Int(Receiver(call).Sign()); }

Value Add(CallContext& call) { return Return(call, Receiver(call).Plus(Operand(call))); }
Value Subtract(CallContext& call) {
  return Return(call, Receiver(call).Plus(Operand(call).Negated()));
}
Value Multiply(CallContext& call) { return Return(call, Receiver(call).Times(call.Int(1))); }

Value DivideTo(CallContext& call, std::int64_t decimals, Quantity::Rounding rounding) {
  if (call.Int(1) == 0) return call.Error("division by zero");
  if (decimals < 0 || decimals > 9) return call.Error("a quantity has 0 to 9 decimals");
  return Return(call, Receiver(call).DividedBy(call.Int(1), static_cast<int>(decimals), rounding));
}

Value Divide(CallContext& call) { return DivideTo(call, 9, Quantity::Rounding::kHalfAwayFromZero); }
Value DivideRounded(CallContext& call) {
  return DivideTo(call, call.Int(2), Quantity::Rounding::kHalfAwayFromZero);
}
Value DivideInteger(CallContext& call) {
  return DivideTo(call, 0, Quantity::Rounding::kTowardZero);
}

Value CompareTo(CallContext& call) {
  const auto order = Receiver(call) <=> OpaqueData<Quantity>(call[1]);
  return Value::Int(order < 0 ? -1 : order > 0 ? 1 : 0);
}
Value IsLessThan(CallContext& call) {
  return Value::Bool(Receiver(call) < OpaqueData<Quantity>(call[1]));
}
Value IsGreaterThan(CallContext& call) {
  return Value::Bool(Receiver(call) > OpaqueData<Quantity>(call[1]));
}

constexpr Builtin kRows[] = {
    {"quantity(string) -> kubernetes.Quantity", MakeQuantity, Cost::kTraverse},
    {"isQuantity(string) -> bool", IsQuantity, Cost::kTraverse},
    {"kubernetes.Quantity.isInteger() -> bool", IsInteger},
    {"kubernetes.Quantity.asInteger() -> int", AsInteger},
    {"kubernetes.Quantity.asApproximateFloat() -> double", AsFloat},
    {"sign(kubernetes.Quantity) -> int", Sign},
    {"kubernetes.Quantity.sign() -> int", Sign},
    {"kubernetes.Quantity.add(kubernetes.Quantity) -> kubernetes.Quantity", Add},
    {"kubernetes.Quantity.add(int) -> kubernetes.Quantity", Add},
    {"kubernetes.Quantity.sub(kubernetes.Quantity) -> kubernetes.Quantity", Subtract},
    {"kubernetes.Quantity.sub(int) -> kubernetes.Quantity", Subtract},
    {"kubernetes.Quantity.compareTo(kubernetes.Quantity) -> int", CompareTo},
    {"kubernetes.Quantity.isLessThan(kubernetes.Quantity) -> bool", IsLessThan},
    {"kubernetes.Quantity.isGreaterThan(kubernetes.Quantity) -> bool", IsGreaterThan},
};

constexpr Builtin kArithmetic[] = {
    {"kubernetes.Quantity.mul(int) -> kubernetes.Quantity", Multiply},
    {"kubernetes.Quantity.div(int) -> kubernetes.Quantity", Divide},
    {"kubernetes.Quantity.div(int, int) -> kubernetes.Quantity", DivideRounded},
    {"kubernetes.Quantity.divInt(int) -> kubernetes.Quantity", DivideInteger},
};

}  // namespace

std::span<const Builtin> QuantityFunctions() { return kRows; }
std::span<const Builtin> QuantityArithmeticFunctions() { return kArithmetic; }

}  // namespace restorable::cel
