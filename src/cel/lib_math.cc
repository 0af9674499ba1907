#include <algorithm>
#include <cmath>
#include <limits>

#include "cel/compare.h"
#include "cel/libraries.h"

namespace restorable::cel {
namespace {

using Order = std::partial_ordering;

bool IsNumber(Value value) {
  return value.Is(Kind::kInt) || value.Is(Kind::kUint) || value.Is(Kind::kDouble);
}

// The first number that is `wanted` when compared with all before it, of the kind it has.
Value Extreme(CallContext& call, std::span<const Value> numbers, Order wanted) {
  if (numbers.empty()) return call.Error("the list is empty");
  Value best = numbers.front();
  for (const Value& number : numbers) {
    if (!IsNumber(number)) return call.Error("`math.greatest` and `math.least` take numbers");
    const auto order = Compare(number, best);
    if (order == Order::unordered && numbers.size() > 1) return call.Error("NaN has no order");
    if (order == wanted) best = number;
  }
  return best;
}

// One list of numbers, or numbers.
Value ExtremeOf(CallContext& call, Order wanted) {
  if (call.size() == 1 && call[0].IsList()) return Extreme(call, call.List(0), wanted);
  return Extreme(call, call.arguments(), wanted);
}

Value Greatest(CallContext& call) { return ExtremeOf(call, Order::greater); }
Value Least(CallContext& call) { return ExtremeOf(call, Order::less); }

Value Ceil(CallContext& call) { return Value::Double(std::ceil(call[0].AsDouble())); }
Value Floor(CallContext& call) { return Value::Double(std::floor(call[0].AsDouble())); }
// Ties go away from zero.
Value Round(CallContext& call) { return Value::Double(std::round(call[0].AsDouble())); }
Value Trunc(CallContext& call) { return Value::Double(std::trunc(call[0].AsDouble())); }

Value AbsInt(CallContext& call) {
  if (call.Int(0) == std::numeric_limits<std::int64_t>::min()) {
    return call.Error("the result does not fit type `int`");
  }
  return Value::Int(std::abs(call.Int(0)));
}
Value AbsUint(CallContext& call) { return Value::Uint(call[0].AsUint()); }
Value AbsDouble(CallContext& call) { return Value::Double(std::fabs(call[0].AsDouble())); }

Value SignInt(CallContext& call) {
  return Value::Int((call.Int(0) > 0 ? 1 : 0) - (call.Int(0) < 0 ? 1 : 0));
}
Value SignUint(CallContext& call) { return Value::Uint(call[0].AsUint() > 0 ? 1 : 0); }
Value SignDouble(CallContext& call) {
  const double number = call[0].AsDouble();
  if (std::isnan(number)) return call[0];
  return Value::Double((number > 0 ? 1.0 : 0.0) - (number < 0 ? 1.0 : 0.0));
}

Value SqrtInt(CallContext& call) {
  return Value::Double(std::sqrt(static_cast<double>(call.Int(0))));
}
Value SqrtUint(CallContext& call) {
  return Value::Double(std::sqrt(static_cast<double>(call[0].AsUint())));
}
Value SqrtDouble(CallContext& call) { return Value::Double(std::sqrt(call[0].AsDouble())); }

Value IsNaN(CallContext& call) { return Value::Bool(std::isnan(call[0].AsDouble())); }
Value IsInf(CallContext& call) { return Value::Bool(std::isinf(call[0].AsDouble())); }
Value IsFinite(CallContext& call) { return Value::Bool(std::isfinite(call[0].AsDouble())); }

Value AndInt(CallContext& call) { return Value::Int(call.Int(0) & call.Int(1)); }
Value AndUint(CallContext& call) { return Value::Uint(call[0].AsUint() & call[1].AsUint()); }
Value OrInt(CallContext& call) { return Value::Int(call.Int(0) | call.Int(1)); }
Value OrUint(CallContext& call) { return Value::Uint(call[0].AsUint() | call[1].AsUint()); }
Value XorInt(CallContext& call) { return Value::Int(call.Int(0) ^ call.Int(1)); }
Value XorUint(CallContext& call) { return Value::Uint(call[0].AsUint() ^ call[1].AsUint()); }
Value NotInt(CallContext& call) { return Value::Int(~call.Int(0)); }
Value NotUint(CallContext& call) { return Value::Uint(~call[0].AsUint()); }

Value NegativeShift(CallContext& call) {
  return call.Error("a number cannot be shifted by a negative count");
}

std::uint64_t ShiftLeft(std::uint64_t bits, std::int64_t count) {
  return count < 64 ? bits << count : 0;
}
std::uint64_t ShiftRight(std::uint64_t bits, std::int64_t count) {
  return count < 64 ? bits >> count : 0;
}

Value IntOfBits(std::uint64_t bits) { return Value::Int(static_cast<std::int64_t>(bits)); }
std::uint64_t Bits(CallContext& call) { return static_cast<std::uint64_t>(call.Int(0)); }

Value ShiftLeftInt(CallContext& call) {
  return call.Int(1) < 0 ? NegativeShift(call) : IntOfBits(ShiftLeft(Bits(call), call.Int(1)));
}
Value ShiftLeftUint(CallContext& call) {
  if (call.Int(1) < 0) return NegativeShift(call);
  return Value::Uint(ShiftLeft(call[0].AsUint(), call.Int(1)));
}
// The bits that come in from the left are zeros, for negative numbers too.
Value ShiftRightInt(CallContext& call) {
  return call.Int(1) < 0 ? NegativeShift(call) : IntOfBits(ShiftRight(Bits(call), call.Int(1)));
}
Value ShiftRightUint(CallContext& call) {
  if (call.Int(1) < 0) return NegativeShift(call);
  return Value::Uint(ShiftRight(call[0].AsUint(), call.Int(1)));
}

constexpr Builtin kRows[] = {
    {"math.greatest(int...) -> int", Greatest},
    {"math.greatest(uint...) -> uint", Greatest},
    {"math.greatest(double...) -> double", Greatest},
    {"math.greatest(list(T)) -> T", Greatest, Cost::kList},
    {"math.greatest(dyn...) -> dyn", Greatest},
    {"math.least(int...) -> int", Least},
    {"math.least(uint...) -> uint", Least},
    {"math.least(double...) -> double", Least},
    {"math.least(list(T)) -> T", Least, Cost::kList},
    {"math.least(dyn...) -> dyn", Least},
    {"math.ceil(double) -> double", Ceil},
    {"math.floor(double) -> double", Floor},
    {"math.round(double) -> double", Round},
    {"math.trunc(double) -> double", Trunc},
    {"math.abs(int) -> int", AbsInt},
    {"math.abs(uint) -> uint", AbsUint},
    {"math.abs(double) -> double", AbsDouble},
    {"math.sign(int) -> int", SignInt},
    {"math.sign(uint) -> uint", SignUint},
    {"math.sign(double) -> double", SignDouble},
    {"math.sqrt(int) -> double", SqrtInt},
    {"math.sqrt(uint) -> double", SqrtUint},
    {"math.sqrt(double) -> double", SqrtDouble},
    {"math.isNaN(double) -> bool", IsNaN},
    {"math.isInf(double) -> bool", IsInf},
    {"math.isFinite(double) -> bool", IsFinite},
    {"math.bitAnd(int, int) -> int", AndInt},
    {"math.bitAnd(uint, uint) -> uint", AndUint},
    {"math.bitOr(int, int) -> int", OrInt},
    {"math.bitOr(uint, uint) -> uint", OrUint},
    {"math.bitXor(int, int) -> int", XorInt},
    {"math.bitXor(uint, uint) -> uint", XorUint},
    {"math.bitNot(int) -> int", NotInt},
    {"math.bitNot(uint) -> uint", NotUint},
    {"math.bitShiftLeft(int, int) -> int", ShiftLeftInt},
    {"math.bitShiftLeft(uint, int) -> uint", ShiftLeftUint},
    {"math.bitShiftRight(int, int) -> int", ShiftRightInt},
    {"math.bitShiftRight(uint, int) -> uint", ShiftRightUint},
};

}  // namespace

std::span<const Builtin> MathFunctions() { return kRows; }

}  // namespace restorable::cel
