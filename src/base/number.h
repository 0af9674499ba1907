#pragma once

#include <optional>
#include <string_view>

namespace restorable {

// Reads digits with an optional minus, fraction and exponent; one side of the point may be empty
// ("5.", ".5"). What is too small becomes zero; nothing when it is too large or no such number.
[[nodiscard]] std::optional<double> ParseDecimal(std::string_view text);

}  // namespace restorable
