#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace restorable::yaml {

// The runs of a stream that hold one document each. A boundary is a line that
// starts with `---` or
// `...` before blank or line end, wherever it stands: so it is in YAML, even
// within quotes. `---` begins its segment, with the comments and directives
// directly before the first one; `...` ends it. Runs of only comments and
// blanks are left out. Diagnostics: yaml-no-separator.
[[nodiscard]] std::vector<Range> Split(const SourceFile &file,
                                       std::vector<Diagnostic> &diagnostics);

} // namespace restorable::yaml
