#include "cel/cost.h"
#include "cel/evaluator.h"
#include "cel/operators.h"

namespace restorable::cel {
namespace {

bool CanBeKey(Value value) {
  switch (value.kind()) {
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kUint:
    case Kind::kString:
      return true;
    default:
      return false;
  }
}

}  // namespace

Value Evaluator::MakeMapOf(std::span<const MapEntry> entries, Range range) {
  const Value map = Value::Map(arena_, entries);
  for (const MapEntry& entry : entries) {
    // Of two entries with the same key, look-up finds the first.
    if (map.FindEntry(entry.key) == &entry) continue;
    return Error("the key " + ShowValue(entry.key) + " stands in the map twice", range);
  }
  return map;
}

Value Evaluator::CheckKey(Value key, Range range) {
  if (key.IsError() || CanBeKey(key)) return key;
  return Error(ShowValue(key) + " cannot be the key of a map", range);
}

// What `?e` adds: the value of the optional, or nothing.
Evaluator::Optional Evaluator::Unwrap(Value value, Range range) {
  if (value.IsError() || value.IsUnknown()) return {.value = value, .present = true};
  if (!value.Is(Kind::kOptional)) {
    const Value error =
        Error("an optional is expected after `?`, this is " + std::string(TypeName(value)), range);
    return {.value = error, .present = true};
  }
  if (value.AsOptional() == nullptr) return {};
  return {.value = *value.AsOptional(), .present = true};
}

Value Evaluator::Do(const MakeList& step, Range range) {
  const Plan& plan = *frame_->plan;
  if (!Charge(kListCost)) return Exhausted(range);
  const auto items = plan[step.items];
  const std::span<Value> values = arena_.NewArray<Value>(items.size());
  std::size_t count = 0;
  Value unknown;  // an element that may be there
  for (const Item& item : items) {
    Value value = Eval(item.value);
    if (item.optional) {
      const Optional unwrapped = Unwrap(value, plan[item.value].range);
      if (!unwrapped.present) continue;
      value = unwrapped.value;
      if (value.IsUnknown()) unknown = Union(unknown, value);
    }
    if (value.IsError()) return value;
    values[count++] = value;
  }
  return unknown.IsUnknown() ? unknown : Value::List(values.first(count));
}

Value Evaluator::Do(const MakeMap& step, Range range) {
  const Plan& plan = *frame_->plan;
  if (!Charge(kMapCost)) return Exhausted(range);
  const auto pairs = plan[step.pairs];
  const std::span<MapEntry> entries = arena_.NewArray<MapEntry>(pairs.size());
  std::size_t count = 0;
  Value unknown;  // a key
  for (const Pair& pair : pairs) {
    Value key = Eval(pair.key);
    if (key.IsUnknown()) {
      unknown = Union(unknown, key);
    } else {
      key = CheckKey(key, plan[pair.key].range);
      if (key.IsError()) return key;
    }
    Value value = Eval(pair.value);
    if (pair.optional) {
      const Optional unwrapped = Unwrap(value, plan[pair.value].range);
      if (!unwrapped.present) continue;
      // Of an entry that may be there nothing is known, as of one whose value may be null.
      value = unwrapped.value;
    }
    if (value.IsError()) return value;
    entries[count++] = {key, value};
  }
  return unknown.IsUnknown() ? unknown : MakeMapOf(entries.first(count), range);
}

}  // namespace restorable::cel
