#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "value/value.h"

// Terraform computes with 512 bits and prints decimals. Here a number is an int wherever it is
// whole and fits, and else a double that stands for the shortest decimal that reads as it: 0.1 +
// 0.2 is 0.3. Digits of fractions past the sixteenth are lost. A whole number beyond 64 bits is
// exact, or unknown (hcl::TooLarge), and so is what is computed.
namespace restorable::terraform {

[[nodiscard]] constexpr bool IsNumber(Value value) {
  return value.Is(Kind::kInt) || value.Is(Kind::kDouble);
}
[[nodiscard]] double AsReal(Value number);

[[nodiscard]] Value Add(Value a, Value b);
[[nodiscard]] Value Subtract(Value a, Value b);
[[nodiscard]] Value Multiply(Value a, Value b);
// The divisor is not zero.
[[nodiscard]] Value Divide(Value a, Value b);
[[nodiscard]] Value Modulo(Value a, Value b);
[[nodiscard]] Value Negate(Value number);
// Negative, zero or positive.
[[nodiscard]] int Compare(Value a, Value b);
// The value nearest to a number that was computed: an int if it is whole. Unknown from 2^53 on,
// where doubles leave whole numbers out.
[[nodiscard]] Value Computed(long double number);

// Decimal digits, never an exponent: "1.5", "1000".
[[nodiscard]] std::string NumberText(Value number);
// Reads what conversion to number accepts: a sign, digits, a fraction, an exponent.
[[nodiscard]] std::optional<Value> ReadNumber(std::string_view text);

}  // namespace restorable::terraform
