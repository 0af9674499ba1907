#pragma once

#include <string>

#include "base/range.h"
#include "base/source.h"
#include "report/style.h"

namespace restorable::report {

// The lines of `range` with their numbers: one line has its range underlined, several are marked at
// the margin and the middle of many is left out. Long lines are cut around the range, and nothing
// in the source can disturb what is printed. Ends with a line end; each line begins with `indent`
// spaces.
[[nodiscard]] std::string Frame(const SourceFile& file, Range range, const Style& style,
                                std::string_view mark_color, std::size_t indent = 0);

}  // namespace restorable::report
