#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arm/context.h"
#include "arm/symbol.h"
#include "arm/template.h"
#include "value/value.h"

// What operators and access to members give, with errors and symbols as values.
namespace restorable::arm {

[[nodiscard]] Value Apply(Context& context, UnaryOp op, Value operand, Range range);
// All but the lazy ones.
[[nodiscard]] Value Apply(Context& context, BinaryOp op, Value a, Value b, Range range);

// Whether two values are the same; nothing where a symbol decides.
[[nodiscard]] std::optional<bool> Equal(Value a, Value b, bool ignore_case = false);

// A value that is not known as the result of an operation on others: a term of them.
[[nodiscard]] Value Derived(Context& context, std::string_view operation,
                            std::span<const Value> operands, TypeKind kind, Range range);

// `object.name`; an error where there is none.
[[nodiscard]] Value GetProperty(Context& context, Value object, std::string_view name, Range range);
// `collection[index]`; with `from_end` the last item is 1.
[[nodiscard]] Value GetItem(Context& context, Value collection, Value index, bool from_end,
                            Range range);
// Whether the error of such an access is that there is nothing there: then `.?` gives null.
[[nodiscard]] bool IsAbsent(Value error);

// The value as `string` and `concat` write it.
[[nodiscard]] Value ToText(Context& context, Value value, Range range);
// As `format` and interpolation do: texts within objects and arrays stand in `'`.
[[nodiscard]] Value ToFormatted(Context& context, Value value, Range range);

// A key or text with letters in lower case, for looking up.
[[nodiscard]] const MapEntry* FindKey(Value map, std::string_view key);

// "a string", "an object": for messages.
[[nodiscard]] std::string_view KindName(Value value);

// The first symbol in a value, at any depth.
[[nodiscard]] std::optional<Value> FirstSymbol(Value value);
[[nodiscard]] bool HasSensitive(Value value);

}  // namespace restorable::arm
