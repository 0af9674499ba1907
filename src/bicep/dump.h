#pragma once

#include <string>

#include "base/source.h"
#include "bicep/tree.h"

namespace restorable::bicep {

// The tree as indented lines, each with the lines and columns of its range: for golden files.
[[nodiscard]] std::string Dump(const SourceFile& file, const Tree& tree);

}  // namespace restorable::bicep
