#include <algorithm>

#include "arm/functions.h"
#include "arm/object_builder.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

std::vector<MapEntry> SortedEntries(Value map) {
  std::vector<MapEntry> entries(map.AsMap().begin(), map.AsMap().end());
  std::ranges::stable_sort(entries, {},
                           [](const MapEntry& entry) { return AsciiLower(entry.key.AsString()); });
  return entries;
}

}  // namespace

// [{key, value}, …], by key.
Value Items(Invocation& call) {
  std::vector<Value> items;
  for (const MapEntry& entry : SortedEntries(call[0])) {
    const std::vector<MapEntry> pair = {{Value::String("key"), entry.key},
                                        {Value::String("value"), entry.value}};
    items.push_back(call.context.Map(pair).At(entry.value.range()));
  }
  return call.Return(items);
}

Value ObjectKeys(Invocation& call) {
  std::vector<Value> keys;
  for (const MapEntry& entry : SortedEntries(call[0])) keys.push_back(entry.key);
  return call.Return(keys);
}

Value ShallowMerge(Invocation& call) {
  if (IsSymbol(call[0])) return call.Open();
  ObjectBuilder made(call.context);
  for (const Value& object : call.List(0)) {
    const Value failure = made.Merge(object, /*deep=*/false, call.range());
    if (failure.IsError()) return failure;
  }
  return call.Return(made.Finish());
}

// `tryGet(value, 'a', 0, …)`: null where a link is missing.
Value TryGet(Invocation& call) {
  Value value = call[0];
  for (const Value& link : call.arguments().subspan(1)) {
    if (value.IsNull()) return call.Return(Value());
    value = GetItem(call.context, value, link, /*from_end=*/false, call.range());
    if (IsAbsent(value)) return call.Return(Value());
    if (value.IsError()) return value;
  }
  return value;
}

// With an odd number of arguments; with an even one it is an object of the tree.
Value CreateObject(Invocation& call) { return call.Fail("takes keys and values in pairs"); }

}  // namespace restorable::arm
