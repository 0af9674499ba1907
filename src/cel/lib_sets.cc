#include <algorithm>

#include "cel/compare.h"
#include "cel/libraries.h"

// Lists as sets: order and repetition do not count.
namespace restorable::cel {
namespace {

// Whether `item` is among `items`; an error when they cannot be compared.
Value IsAmong(CallContext& call, const Value& item, std::span<const Value> items) {
  for (const Value& candidate : items) {
    const Value equal = Equals(call.arena(), candidate, item);
    if (!equal.IsFalse()) return equal;
  }
  return Value::Bool(false);
}

Value ContainsAll(CallContext& call, std::size_t set, std::size_t subset) {
  for (const Value& item : call.List(subset)) {
    const Value found = IsAmong(call, item, call.List(set));
    if (!found.IsTrue()) return found;
  }
  return Value::Bool(true);
}

Value Contains(CallContext& call) { return ContainsAll(call, 0, 1); }

Value Equivalent(CallContext& call) {
  const Value forth = ContainsAll(call, 0, 1);
  return forth.IsTrue() ? ContainsAll(call, 1, 0) : forth;
}

Value Intersects(CallContext& call) {
  for (const Value& item : call.List(1)) {
    const Value found = IsAmong(call, item, call.List(0));
    if (!found.IsFalse()) return found;
  }
  return Value::Bool(false);
}

constexpr Builtin kRows[] = {
    {"sets.contains(list(T), list(T)) -> bool", Contains, Cost::kListProduct},
    {"sets.equivalent(list(T), list(T)) -> bool", Equivalent, Cost::kListProduct},
    {"sets.intersects(list(T), list(T)) -> bool", Intersects, Cost::kListProduct},
};

}  // namespace

std::span<const Builtin> SetFunctions() { return kRows; }

}  // namespace restorable::cel
