#pragma once

#include <string>
#include <string_view>

#include "base/offset_map.h"
#include "base/range.h"

namespace restorable::yaml {

struct DecodedScalar {
  std::string text;
  OffsetMap offsets;
};

// Decodes the scalar at `range` of `text`, as Parse gave it, once more. Not for other layers.
[[nodiscard]] DecodedScalar DecodeScalar(std::string_view text, Range range);

}  // namespace restorable::yaml
