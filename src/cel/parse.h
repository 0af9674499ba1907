#pragma once

#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "cel/tree.h"

namespace restorable::cel {

struct ParseResult {
  Tree tree;  // has a Missing wherever a diagnostic says so
  std::vector<Diagnostic> diagnostics;
};

// Reads one expression. `text` outlives the tree; ranges count in it.
[[nodiscard]] ParseResult Parse(std::string_view text, const Limits& limits);

}  // namespace restorable::cel
