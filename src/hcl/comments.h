#pragma once

#include <string_view>
#include <vector>

#include "base/comments.h"
#include "base/source.h"
#include "hcl/tree.h"

namespace restorable::hcl {

// The comments of a parsed file that contain `marker`, in the order of the text. They speak of
// arguments and blocks.
[[nodiscard]] std::vector<MarkedComment> FindMarkedComments(const SourceFile& file,
                                                            const Tree& tree,
                                                            std::string_view marker);

}  // namespace restorable::hcl
