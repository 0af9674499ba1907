#include <vector>

#include "cel/libraries.h"

// or, orValue, optMap and optFlatMap evaluate their argument when it is needed: the language core
// has them.
namespace restorable::cel {
namespace {

bool IsZero(Value value) {
  switch (value.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kBool:
      return !value.AsBool();
    case Kind::kInt:
      return value.AsInt() == 0;
    case Kind::kUint:
      return value.AsUint() == 0;
    case Kind::kDouble:
      return value.AsDouble() == 0;
    case Kind::kDuration:
      return value.AsDuration() == 0;
    case Kind::kString:
    case Kind::kBytes:
    case Kind::kList:
      return value.size() == 0;
    case Kind::kMap:
      return value.size() == 0 && value.OpenRest() == nullptr;
    case Kind::kOptional:
      return value.AsOptional() == nullptr;
    default:
      return false;
  }
}

Value Of(CallContext& call) { return Value::Some(call.arena(), call[0]); }

Value None(CallContext&) { return Value::None(); }

Value OfNonZeroValue(CallContext& call) {
  // Whether an open map without known entries has any is not known.
  const Value* const rest = call[0].OpenRest();
  if (rest != nullptr && call[0].size() == 0) return *rest;
  return IsZero(call[0]) ? Value::None() : Value::Some(call.arena(), call[0]);
}

Value HasValue(CallContext& call) { return Value::Bool(call[0].AsOptional() != nullptr); }

Value GetValue(CallContext& call) {
  const Value* const value = call[0].AsOptional();
  return value == nullptr ? call.Error("the optional has no value") : *value;
}

// The values of the optionals that have one. Whether an unknown has one is not known.
Value Unwrap(CallContext& call) {
  std::vector<Value> values;
  Value unknown;
  for (const Value& item : call.List(0)) {
    if (item.IsUnknown()) {
      unknown = unknown.IsUnknown() ? Value::Unknown(call.arena(), unknown, item) : item;
    } else if (!item.Is(Kind::kOptional)) {
      return call.Error("`unwrap` takes a list of optionals");
    } else if (item.AsOptional() != nullptr) {
      values.push_back(*item.AsOptional());
    }
  }
  if (unknown.IsUnknown()) return unknown;
  return Value::List(call.arena().Copy(std::span<const Value>(values)));
}

// The item at an end of the list, which may not be there.
Value AtEnd(CallContext& call, Value item) {
  return item.IsUnknown() && call[0].IsOpenList() ? item : Value::Some(call.arena(), item);
}

Value First(CallContext& call) {
  const std::span<const Value> list = call.List(0);
  return list.empty() ? Value::None() : AtEnd(call, list.front());
}

Value Last(CallContext& call) {
  const std::span<const Value> list = call.List(0);
  return list.empty() ? Value::None() : AtEnd(call, list.back());
}

constexpr Builtin kRows[] = {
    {"optional.of(T) -> optional_type(T)", Of, Cost::kOne, Strictness::kNonStrict},
    {"optional.none() -> optional_type(T)", None},
    {"optional.ofNonZeroValue(T) -> optional_type(T)", OfNonZeroValue, Cost::kOne,
     Strictness::kShallow},
    {"optional_type(T).hasValue() -> bool", HasValue, Cost::kOne, Strictness::kShallow},
    {"optional_type(T).value() -> T", GetValue, Cost::kOne, Strictness::kShallow},
    {"optional.unwrap(list(optional_type(T))) -> list(T)", Unwrap, Cost::kList,
     Strictness::kShallow},
    {"list(optional_type(T)).unwrapOpt() -> list(T)", Unwrap, Cost::kList, Strictness::kShallow},
    {"list(T).first() -> optional_type(T)", First, Cost::kOne, Strictness::kShallow},
    {"list(T).last() -> optional_type(T)", Last, Cost::kOne, Strictness::kShallow},
};

}  // namespace

std::span<const Builtin> OptionalFunctions() { return kRows; }

}  // namespace restorable::cel
