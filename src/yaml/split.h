#pragma once

#include <cstdint>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"

namespace restorable::yaml {

// The run of a stream that holds one document.
struct Segment {
  Range range;
  std::uint32_t content = 0;     // where its head of blanks, comments and directives ends
  std::uint32_t directives = 0;  // in the head
  bool has_marker = false;       // `---` stands at `content`
  bool is_empty = false;         // nothing but comments stands around the marker
};

// Splits a stream by its text. A boundary is a line that starts with `---` or `...` before a blank
// or the line end, wherever it stands: so it is in YAML, even within quotes. `---` begins its
// segment, or ends the head of one; `...` ends one. Runs of only comments and blanks are none. At
// most `limit` + 1 segments are given.
// Diagnostics: yaml-bad-separator; yaml-text-after-end for text behind `...`, which is passed over.
[[nodiscard]] std::vector<Segment> Split(const SourceFile& file, std::uint32_t limit,
                                         std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::yaml
