#pragma once

#include <cstddef>
#include <string_view>

#include "report/style.h"

namespace restorable::cli {

enum class ColorMode : unsigned char { kAuto, kAlways, kNever };

// Whether what goes to standard output is coloured: as asked, else on a terminal that can do it,
// unless NO_COLOR is set.
[[nodiscard]] bool UsesColor(ColorMode mode);

// Whether a person watches standard error.
[[nodiscard]] bool IsWatched();

// The columns of the terminal on standard output; `otherwise` when it is none.
[[nodiscard]] std::size_t TerminalWidth(std::size_t otherwise);

[[nodiscard]] report::Style TerminalStyle(ColorMode mode);

}  // namespace restorable::cli
