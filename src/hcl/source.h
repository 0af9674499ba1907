#pragma once

#include <cstdint>
#include <string_view>

#include "base/offset_map.h"
#include "base/range.h"

namespace restorable::hcl {

// A text to read: a whole file, or a string within one, whose bytes `map` leads back to the file.
struct Source {
  std::string_view text;
  FileId file = FileId::kNone;
  const OffsetMap* map = nullptr;

  [[nodiscard]] Range At(std::uint32_t begin, std::uint32_t end) const {
    const Range range{file, begin, end};
    return map == nullptr ? range : map->ToSource(range);
  }
};

}  // namespace restorable::hcl
