#pragma once

#include <string_view>
#include <vector>

#include "base/range.h"
#include "base/source.h"
#include "hcl/tree.h"

namespace restorable::hcl {

// A comment that contains a marker, and the text that it speaks of.
struct MarkedComment {
  Range comment;
  // Behind code on its line: the argument or block that begins on this line, else the line. On a
  // line of its own: the argument or block that comes next in the same body; within an expression,
  // the next line of it. Empty if nothing follows.
  Range scope;
};

// The comments of a parsed file that contain `marker`, in the order of the text.
[[nodiscard]] std::vector<MarkedComment> FindMarkedComments(const SourceFile& file,
                                                            const Tree& tree,
                                                            std::string_view marker);

}  // namespace restorable::hcl
