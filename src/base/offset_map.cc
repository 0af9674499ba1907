#include "base/offset_map.h"

#include <algorithm>

namespace restorable {

void OffsetMap::Add(std::uint32_t decoded, std::uint32_t source) {
  if (!pieces_.empty() && decoded - pieces_.back().decoded == source - pieces_.back().source)
    return;
  pieces_.push_back({decoded, source});
}

std::uint32_t OffsetMap::ToSource(std::uint32_t decoded) const {
  const auto after =
      std::upper_bound(pieces_.begin(), pieces_.end(), decoded,
                       [](std::uint32_t offset, const Piece& p) { return offset < p.decoded; });
  if (after == pieces_.begin()) return decoded;
  const Piece& piece = *std::prev(after);
  return piece.source + (decoded - piece.decoded);
}

Range OffsetMap::ToSource(Range range) const {
  const std::uint32_t begin = ToSource(range.begin);
  // The end belongs to the piece of the last byte: the next piece may start on another line.
  const std::uint32_t end = range.end > range.begin ? ToSource(range.end - 1) + 1 : begin;
  return {file_, begin, std::max(begin, end)};
}

}  // namespace restorable
