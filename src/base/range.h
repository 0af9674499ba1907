#pragma once

#include <compare>
#include <cstdint>

namespace restorable {

// A source file of the run, by number; numbers follow the sorted order of the paths.
enum class FileId : std::uint32_t { kNone = 0xFFFFFFFF };

// A half-open run of bytes, [begin, end), in one SourceFile. Offsets are 0-based; the file's line
// table turns them into 1-based lines and columns when a report is written, and not before.
struct Range {
  FileId file = FileId::kNone;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr bool IsNone() const { return file == FileId::kNone; }
  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool Contains(const Range& inner) const {
    return file == inner.file && begin <= inner.begin && inner.end <= end;
  }
  // From the begin of the one to the end of the other.
  [[nodiscard]] constexpr Range To(const Range& last) const { return {file, begin, last.end}; }

  friend constexpr auto operator<=>(const Range&, const Range&) = default;
};

}  // namespace restorable
