#pragma once

#include <span>

#include "base/arena.h"
#include "value/value.h"

// Values that are put together anew from the parts of another one.
namespace restorable {

// `made` in the place of `value`: with its range, the steps by which it came there, its shape, and
// its mark if it is a secret.
[[nodiscard]] Value InPlaceOf(Value value, Value made);

// In the place of `list` and `map`; the map is open if `map` is.
[[nodiscard]] Value WithItems(Arena& arena, Value list, std::span<const Value> items);
[[nodiscard]] Value WithEntries(Arena& arena, Value map, std::span<const MapEntry> entries);

}  // namespace restorable
