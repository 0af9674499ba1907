#pragma once

#include <span>

#include "cel/builtin.h"
#include "value/value.h"

// Marks of secrets (Value::IsSensitive): what is made of a secret is one, but for the answer to a
// question.
namespace restorable::cel {

// `part` was taken out of `whole`.
[[nodiscard]] constexpr Value PartOf(Value whole, Value part) {
  return whole.IsSensitive() ? part.Sensitive() : part;
}

// `made` was computed from `values`; from what is in them, too, unless the strictness is kShallow.
[[nodiscard]] Value MadeOf(std::span<const Value> values, Strictness strictness, Value made);

// Whether a value, or what is in it, is a secret.
[[nodiscard]] bool HoldsSecret(std::span<const Value> values);

}  // namespace restorable::cel
