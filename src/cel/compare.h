#pragma once

#include <compare>
#include <optional>

#include "base/arena.h"
#include "value/value.h"

// Equality and order of CEL values, for the operators and for the libraries.
namespace restorable::cel {

// `a == b`: a bool, or an unknown when neither answer is certain. Values of different kinds are
// different; int, uint and double meet on one number line; NaN equals nothing; lists, maps and
// optionals are compared through and through, where one certain difference outweighs unknowns, and
// unknowns outweigh equality. Where the values share parts so that comparing them would never end,
// an error that no operator absorbs.
[[nodiscard]] Value Equals(Arena& arena, Value a, Value b);

// Orders bools, strings, bytes, timestamps and durations, each among themselves, and numbers of all
// kinds; unordered is what NaN is. Nothing for values that have no order.
[[nodiscard]] std::optional<std::partial_ordering> Compare(Value a, Value b);

// The union of the unknowns inside `value`, which may be one itself, or null if all of it is known.
// Looks into lists, optionals and the values of maps; the absent entries of an open map count.
[[nodiscard]] Value FindUnknown(Arena& arena, Value value);

}  // namespace restorable::cel
