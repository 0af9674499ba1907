#include "value/rebuild.h"

namespace restorable {

Value InPlaceOf(Value value, Value made) {
  made = made.Shaped(value.shape()).At(value.range()).Via(value.via());
  return value.IsSensitive() ? made.Sensitive() : made;
}

Value WithItems(Arena& arena, Value list, std::span<const Value> items) {
  return InPlaceOf(list, Value::List(arena.Copy(items)));
}

Value WithEntries(Arena& arena, Value map, std::span<const MapEntry> entries) {
  const std::span<const MapEntry> copy = arena.Copy(entries);
  const Value* const rest = map.OpenRest();
  return InPlaceOf(map,
                   rest == nullptr ? Value::Map(arena, copy) : Value::OpenMap(arena, copy, *rest));
}

}  // namespace restorable
