#pragma once

#include <cstdint>
#include <vector>

#include "base/range.h"

namespace restorable {

// The way back from a decoded text (a YAML scalar without its indentation and escapes) to the bytes
// that wrote it: a diagnostic about CEL within YAML points into the YAML file.
class OffsetMap {
 public:
  explicit OffsetMap(FileId file) : file_(file) {}

  // From `decoded` on, decoded bytes stand one to one at `source` and behind it. Call in ascending
  // order of `decoded`.
  void Add(std::uint32_t decoded, std::uint32_t source);

  // `range` counts in the decoded text; its file does not matter.
  [[nodiscard]] Range ToSource(Range range) const;

 private:
  struct Piece {
    std::uint32_t decoded;
    std::uint32_t source;
  };

  [[nodiscard]] std::uint32_t ToSource(std::uint32_t decoded) const;

  FileId file_;
  std::vector<Piece> pieces_;
};

}  // namespace restorable
