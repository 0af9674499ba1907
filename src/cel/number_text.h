#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Numbers as text, in the forms that CEL's conversions read and write.
namespace restorable::cel {

// Decimal digits after an optional sign; nothing when there is anything else or the value does not
// fit.
[[nodiscard]] std::optional<std::int64_t> ParseInt(std::string_view text);
// Decimal digits only: no sign.
[[nodiscard]] std::optional<std::uint64_t> ParseUint(std::string_view text);
// A decimal number with optional sign, fraction and exponent, or, in any case, "nan", "inf" and
// "infinity". What is too small becomes zero, what is too large is refused.
[[nodiscard]] std::optional<double> ParseDouble(std::string_view text);

// The shortest digits that read back as `value`, with an exponent below 1e-4 and from 1e6 on:
// "0.5", "100000", "1e+06", "NaN", "+Inf", "-Inf".
[[nodiscard]] std::string FormatDouble(double value);

// The integer part, if it lies strictly between -2^63 and 2^63.
[[nodiscard]] std::optional<std::int64_t> ToInt(double value);
// The integer part, if it lies in [0, 2^64).
[[nodiscard]] std::optional<std::uint64_t> ToUint(double value);

}  // namespace restorable::cel
