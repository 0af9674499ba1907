#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "value/value.h"

namespace restorable::hcl {

// Reads a number as HCL writes it: digits, a fraction, an exponent; a sign is not part of it. It
// is an int if it is a whole number within 64 bits, however it is written, and else a double. HCL's
// 512 bits of precision are not kept: fractions are the nearest double, and a number from 2^53 on
// that has no int or double of its own, or is nearer to zero than any double, is TooLarge().
[[nodiscard]] std::optional<Value> ParseNumber(std::string_view text);

// The int if the number is whole and fits, else the double.
[[nodiscard]] Value Number(double number);
[[nodiscard]] Value Number(std::uint64_t number);

// The unknown that stands for numbers of more digits than are kept.
[[nodiscard]] Value TooLarge();

}  // namespace restorable::hcl
