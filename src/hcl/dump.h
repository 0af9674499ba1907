#pragma once

#include <string>

#include "base/source.h"
#include "hcl/tree.h"

namespace restorable::hcl {

// The tree as indented lines, each with the lines and columns of its range: for golden files.
[[nodiscard]] std::string Dump(const SourceFile& file, const Tree& tree);
[[nodiscard]] std::string DumpExpression(const SourceFile& file, const Tree& tree, NodeId node);

}  // namespace restorable::hcl
