#include <fmt/format.h>

#include <optional>

#include "cel/compare.h"
#include "cel/libraries.h"

namespace restorable::cel {
namespace {

using Order = std::partial_ordering;

Value NoOrder(CallContext& call, Value a, Value b) {
  if (a.kind() == b.kind() && a.Is(Kind::kDouble)) return call.Error("NaN has no order");
  return call.Error(
      fmt::format("values of type `{}` and `{}` have no order", TypeName(a), TypeName(b)));
}

Value IsSorted(CallContext& call) {
  const std::span<const Value> list = call.List(0);
  for (std::size_t i = 1; i < list.size(); ++i) {
    const auto order = Compare(list[i - 1], list[i]);
    if (!order) return NoOrder(call, list[i - 1], list[i]);
    if (*order == Order::greater) return Value::Bool(false);
  }
  return Value::Bool(true);
}

template <typename Integer>
bool AddInto(Integer& sum, Integer term) {
  return !__builtin_add_overflow(sum, term, &sum);
}

// Adds `term` to a sum of the same kind; false when it does not fit or cannot be added.
bool AddInto(Value& sum, Value term) {
  std::int64_t signed_sum = 0;
  switch (sum.kind()) {
    case Kind::kInt:
      signed_sum = sum.AsInt();
      if (!AddInto(signed_sum, term.AsInt())) return false;
      sum = Value::Int(signed_sum);
      return true;
    case Kind::kUint: {
      std::uint64_t unsigned_sum = sum.AsUint();
      if (!AddInto(unsigned_sum, term.AsUint())) return false;
      sum = Value::Uint(unsigned_sum);
      return true;
    }
    case Kind::kDouble:
      sum = Value::Double(sum.AsDouble() + term.AsDouble());
      return true;
    case Kind::kDuration:
      signed_sum = sum.AsDuration();
      if (!AddInto(signed_sum, term.AsDuration())) return false;
      sum = Value::Duration(signed_sum);
      return true;
    default:
      return false;
  }
}

std::optional<Value> ZeroLike(Value value) {
  switch (value.kind()) {
    case Kind::kInt:
      return Value::Int(0);
    case Kind::kUint:
      return Value::Uint(0);
    case Kind::kDouble:
      return Value::Double(0);
    case Kind::kDuration:
      return Value::Duration(0);
    default:
      return std::nullopt;
  }
}

Value SumOf(CallContext& call, Value of_nothing) {
  const std::span<const Value> list = call.List(0);
  if (list.empty()) return of_nothing;
  std::optional<Value> sum = ZeroLike(list.front());
  for (const Value& term : list) {
    if (!sum || term.kind() != sum->kind()) {
      return call.Error(fmt::format("`sum` does not add values of type `{}` and `{}`",
                                    TypeName(list.front()), TypeName(term)));
    }
    if (!AddInto(*sum, term)) {
      return call.Error(fmt::format("the sum does not fit type `{}`", TypeName(term)));
    }
  }
  return *sum;
}

// Which of these is called matters for the empty list only.
Value SumInt(CallContext& call) { return SumOf(call, Value::Int(0)); }
Value SumUint(CallContext& call) { return SumOf(call, Value::Uint(0)); }
Value SumDouble(CallContext& call) { return SumOf(call, Value::Double(0)); }
Value SumDuration(CallContext& call) { return SumOf(call, Value::Duration(0)); }

// The first item that is `wanted` when compared with all items before it.
Value Extreme(CallContext& call, Order wanted) {
  const std::span<const Value> list = call.List(0);
  if (list.empty()) return call.Error("the list is empty");
  Value best = list.front();
  for (const Value& item : list) {
    const auto order = Compare(item, best);
    if (!order || *order == Order::unordered) return NoOrder(call, item, best);
    if (*order == wanted) best = item;
  }
  return best;
}

Value Min(CallContext& call) { return Extreme(call, Order::less); }
Value Max(CallContext& call) { return Extreme(call, Order::greater); }

Value IndexOf(CallContext& call) {
  std::int64_t index = 0;
  for (const Value& item : call.List(0)) {
    const Value equal = Equals(call.arena(), item, call[1]);
    if (equal.IsTrue()) return Value::Int(index);
    if (equal.IsError()) return equal;
    ++index;
  }
  return Value::Int(-1);
}

Value LastIndexOf(CallContext& call) {
  const std::span<const Value> list = call.List(0);
  for (std::size_t i = list.size(); i-- > 0;) {
    const Value equal = Equals(call.arena(), list[i], call[1]);
    if (equal.IsTrue()) return Value::Int(static_cast<std::int64_t>(i));
    if (equal.IsError()) return equal;
  }
  return Value::Int(-1);
}

// For fields that became a list in a later version: one value is asked the same way.
Value Includes(CallContext& call) {
  if (!call[0].IsList()) return Equals(call.arena(), call[0], call[1]);
  const Value index = IndexOf(call);
  return index.IsError() ? index : Value::Bool(index.AsInt() >= 0);
}

constexpr Builtin kLists[] = {
    {"list(T).isSorted() -> bool", IsSorted, Cost::kList},
    {"list(int).sum() -> int", SumInt, Cost::kList},
    {"list(uint).sum() -> uint", SumUint, Cost::kList},
    {"list(double).sum() -> double", SumDouble, Cost::kList},
    {"list(duration).sum() -> duration", SumDuration, Cost::kList},
    {"list(T).min() -> T", Min, Cost::kList},
    {"list(T).max() -> T", Max, Cost::kList},
    {"list(T).indexOf(T) -> int", IndexOf, Cost::kList},
    {"list(T).lastIndexOf(T) -> int", LastIndexOf, Cost::kList},
};

constexpr Builtin kIncludes[] = {
    {"dyn.includes(dyn) -> bool", Includes, Cost::kList},
};

}  // namespace

std::span<const Builtin> ListFunctions() { return kLists; }
std::span<const Builtin> ListIncludesFunctions() { return kIncludes; }

}  // namespace restorable::cel
