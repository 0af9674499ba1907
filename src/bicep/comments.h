#pragma once

#include <string_view>
#include <vector>

#include "base/comments.h"
#include "base/source.h"
#include "bicep/tree.h"

namespace restorable::bicep {

// The comments of a parsed file that contain `marker`, in the order of the text. They speak of
// declarations, properties of objects and items of arrays.
[[nodiscard]] std::vector<MarkedComment> FindMarkedComments(const SourceFile& file,
                                                            const Tree& tree,
                                                            std::string_view marker);

}  // namespace restorable::bicep
