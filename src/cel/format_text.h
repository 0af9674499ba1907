#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "value/value.h"

namespace restorable::cel {

struct FormatError {
  std::string message;
  bool too_large = false;  // more than the bytes allowed
};

// Puts `arguments` in the places of the verbs of `format`:
//   %s    any value: a string as it is, lists as "[a, b]", maps as "{k: v}" sorted by key
//   %d    an int or uint in decimal
//   %f %e a number with a point, with an exponent; "%.2f" gives the digits of the fraction, else 6
//   %b %o an int or uint in binary, octal; for %b a bool too
//   %x %X an int, uint, or the bytes of a string, in hexadecimal
//   %%    a percent sign
// Doubles are rounded to even from their exact binary value. Arguments without a verb are ignored.
[[nodiscard]] tl::expected<std::string, FormatError> FormatText(std::string_view format,
                                                                std::span<const Value> arguments,
                                                                std::size_t most_bytes);

}  // namespace restorable::cel
