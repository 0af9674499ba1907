// The macros that go over a list or a map.
#include <string>
#include <vector>

#include "cel/cost.h"
#include "cel/evaluator.h"
#include "cel/open_list.h"
#include "cel/operators.h"
#include "cel/secret.h"
#include "cel/sort.h"

namespace restorable::cel {
namespace {

// How often time and memory are looked at.
constexpr std::uint32_t kRoundsBetweenChecks = 100;

// What the macro's only variable stands for: an element, or a key.
Value ItemAt(Value range, std::uint32_t i) {
  return PartOf(range, range.IsList() ? range.AsList()[i] : range.AsMap()[i].key);
}

Value KeyAt(Value range, std::uint32_t i) {
  return range.IsList() ? Value::Int(i) : PartOf(range, range.AsMap()[i].key);
}

Value ValueAt(Value range, std::uint32_t i) {
  return PartOf(range, range.IsList() ? range.AsList()[i] : range.AsMap()[i].value);
}

}  // namespace

Value Evaluator::Do(const Loop& step, Range range) {
  const Value over = Eval(step.range);
  if (over.IsError() || over.IsUnknown()) return over;
  const bool sorts = step.macro == Macro::kSortBy;
  if (!over.IsList() && (sorts || !over.IsMap())) {
    return AtRange(NoSuchOverload(arena_, step.name, {&over, 1}), range);
  }
  switch (step.macro) {
    case Macro::kAll:
    case Macro::kExists:
      return Aggregate(step, over, range);
    case Macro::kExistsOne:
      return CountOne(step, over, range);
    case Macro::kFilter:
    case Macro::kMap:
      return Collect(step, over, range);
    case Macro::kTransformMap:
    case Macro::kTransformMapEntry:
      return CollectMap(step, over, range);
    case Macro::kSortBy:
      return SortBy(step, over, range);
  }
  return {};
}

Value Evaluator::BeginRound(const Loop& step, Value over, std::uint32_t i, Range range) {
  if (!Charge(RoundCost(step.macro))) return Exhausted(range);
  if (++rounds_ % kRoundsBetweenChecks == 0) {
    const Value stop = CheckResources(range);
    if (stop.IsError()) return stop;
  }
  Local* const locals = frame_->locals + step.local;
  if (step.two) {
    locals[0] = {.value = KeyAt(over, i)};
    locals[1] = {.value = ValueAt(over, i)};
  } else {
    locals[0] = {.value = ItemAt(over, i)};
  }
  return {};
}

// A bool, an unknown or an error; true when there is no predicate.
Value Evaluator::Predicate(const Loop& step) {
  if (!step.predicate) return Value::Bool(true);
  const Value value = Eval(*step.predicate);
  if (value.Is(Kind::kBool) || value.IsUnknown() || value.IsError()) return value;
  return AtRange(NoSuchOverload(arena_, step.name, {&value, 1}),
                 (*frame_->plan)[*step.predicate].range);
}

// `all` and `exists` are && and || over the elements: a certain answer outweighs unknowns, and
// these outweigh errors.
Value Evaluator::Aggregate(const Loop& step, Value over, Range range) {
  const bool decides = step.macro == Macro::kExists;
  Value unknown;
  Value error;
  for (std::uint32_t i = 0; i < over.size(); ++i) {
    const Value stop = BeginRound(step, over, i, range);
    if (stop.IsError()) return stop;
    const Value value = Predicate(step);
    if (value.Is(Kind::kBool)) {
      if (value.AsBool() == decides) return value;
    } else if (value.IsUnknown()) {
      unknown = Union(unknown, value);
    } else if (IsAbsolute(value)) {
      return value;
    } else if (!error.IsError()) {
      error = value;
    }
  }
  if (over.OpenRest() != nullptr) unknown = Union(unknown, *over.OpenRest());
  if (unknown.IsUnknown()) return unknown;
  return error.IsError() ? error : Value::Bool(!decides);
}

Value Evaluator::CountOne(const Loop& step, Value over, Range range) {
  Value unknown;
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < over.size(); ++i) {
    const Value stop = BeginRound(step, over, i, range);
    if (stop.IsError()) return stop;
    const Value value = Predicate(step);
    if (value.IsError()) return value;
    if (value.IsUnknown()) unknown = Union(unknown, value);
    if (value.IsTrue()) ++count;
  }
  // More than one is certain whatever the others are.
  if (count > 1) return Value::Bool(false);
  if (over.OpenRest() != nullptr) unknown = Union(unknown, *over.OpenRest());
  return unknown.IsUnknown() ? unknown : Value::Bool(count == 1);
}

Value Evaluator::Collect(const Loop& step, Value over, Range range) {
  const std::span<Value> values = arena_.NewArray<Value>(over.size());
  std::size_t count = 0;
  Value unknown = over.OpenRest() != nullptr ? *over.OpenRest() : Value();
  for (std::uint32_t i = 0; i < over.size(); ++i) {
    const Value stop = BeginRound(step, over, i, range);
    if (stop.IsError()) return stop;
    const Value chosen = Predicate(step);
    if (chosen.IsError()) return chosen;
    if (chosen.IsUnknown()) unknown = Union(unknown, chosen);
    if (!chosen.IsTrue()) continue;
    const Value value = step.transform ? Eval(*step.transform) : ItemAt(over, i);
    if (value.IsError()) return value;
    // What is made of an item that may not be there may not be there either.
    const bool absent = over.IsOpenList() && ItemAt(over, i).IsUnknown() && !value.IsUnknown();
    values[count++] = absent ? ItemAt(over, i) : value;
  }
  return unknown.IsUnknown() ? unknown : OpenAs(over, Value::List(values.first(count)));
}

Value Evaluator::CollectMap(const Loop& step, Value over, Range range) {
  std::vector<MapEntry> entries;
  Value unknown = over.OpenRest() != nullptr ? *over.OpenRest() : Value();
  for (std::uint32_t i = 0; i < over.size(); ++i) {
    const Value stop = BeginRound(step, over, i, range);
    if (stop.IsError()) return stop;
    const Value chosen = Predicate(step);
    if (chosen.IsError()) return chosen;
    if (chosen.IsUnknown()) unknown = Union(unknown, chosen);
    if (!chosen.IsTrue()) continue;
    const Value value = Eval(*step.transform);
    if (value.IsError()) return value;
    if (step.macro == Macro::kTransformMap) {
      entries.push_back({KeyAt(over, i), value});
    } else if (value.IsUnknown() || value.OpenRest() != nullptr) {
      unknown = Union(unknown, value.IsUnknown() ? value : *value.OpenRest());
    } else if (value.IsMap()) {
      entries.insert(entries.end(), value.AsMap().begin(), value.AsMap().end());
    } else {
      return AtRange(NoSuchOverload(arena_, step.name, {&value, 1}),
                     (*frame_->plan)[*step.transform].range);
    }
  }
  if (unknown.IsUnknown()) return unknown;
  return MakeMapOf(arena_.Copy(std::span<const MapEntry>(entries)), range);
}

Value Evaluator::SortBy(const Loop& step, Value list, Range range) {
  std::vector<Value> keys;
  Value unknown;
  for (std::uint32_t i = 0; i < list.size(); ++i) {
    const Value stop = BeginRound(step, list, i, range);
    if (stop.IsError()) return stop;
    const Value key = Eval(*step.transform);
    if (key.IsError()) return key;
    if (key.IsUnknown()) unknown = Union(unknown, key);
    keys.push_back(key);
  }
  if (unknown.IsUnknown()) return unknown;
  const auto order = SortedOrder(keys);
  if (!order) {
    return Value::Error(arena_, order.error(), (*frame_->plan)[*step.transform].range);
  }
  const std::span<Value> sorted = arena_.NewArray<Value>(list.size());
  for (std::size_t i = 0; i < order->size(); ++i) sorted[i] = list.AsList()[(*order)[i]];
  return Value::List(sorted);
}

}  // namespace restorable::cel
