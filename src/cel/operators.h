#pragma once

#include <string>

#include "base/arena.h"
#include "cel/tree.h"
#include "value/value.h"

// What the operators compute. Errors come without a range.
namespace restorable::cel {

// Arguments are neither errors nor, but for what `==` and `in` look into, unknowns.
[[nodiscard]] Value Apply(Arena& arena, BinaryOp op, Value a, Value b);
[[nodiscard]] Value Apply(Arena& arena, UnaryOp op, Value a);

// Whether two literals are the same key.
[[nodiscard]] bool EqualScalars(Value a, Value b);

// "no such overload: `+` on int and string".
[[nodiscard]] Value NoSuchOverload(Arena& arena, std::string_view name,
                                   std::span<const Value> arguments);

// A value as messages show it: `'a'`, `5`, `a list`.
[[nodiscard]] std::string ShowValue(Value value);

}  // namespace restorable::cel
