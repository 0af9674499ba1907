#pragma once

#include <string>
#include <string_view>

#include "cel/tree.h"

namespace restorable::cel {

// The expression as source text: one line, macros as written, no more parentheses than needed.
// Parsing it gives the same syntax again.
[[nodiscard]] std::string Print(const Tree& tree);
[[nodiscard]] std::string Print(const Tree& tree, NodeId node);

// Text as a literal: 'it', "it's".
[[nodiscard]] std::string PrintString(std::string_view text);

}  // namespace restorable::cel
