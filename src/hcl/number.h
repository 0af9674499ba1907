#pragma once

#include <optional>
#include <string_view>

#include "value/value.h"

namespace restorable::hcl {

// Reads a number as HCL writes it: digits, a fraction, an exponent; a sign is not part of it. It
// is an int if it is a whole number within 64 bits, however it is written, and else the nearest
// double: HCL's 512 bits of precision are not kept, which shows in whole numbers beyond 64 bits and
// in fractions of more than 15 significant digits.
[[nodiscard]] std::optional<Value> ParseNumber(std::string_view text);

// The int if the number is whole and fits, else the double.
[[nodiscard]] Value Number(double number);

}  // namespace restorable::hcl
