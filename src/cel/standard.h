#pragma once

#include <span>
#include <string_view>

#include "cel/builtin.h"

namespace restorable::cel {

// The functions of the language itself: size, conversions, strings, time, type.
[[nodiscard]] std::span<const Builtin> StandardFunctions();
// The same for timestamps and durations.
[[nodiscard]] std::span<const Builtin> TimeFunctions();
// What operators apply to, for the checker: "_+_(int, int) -> int". They have no bodies, see
// operators.h.
[[nodiscard]] std::span<const Builtin> OperatorSignatures();

}  // namespace restorable::cel
