#pragma once

#include <string>
#include <string_view>

namespace restorable::arm {

// What `uniqueString` gives for one text: 13 letters and digits that stand for a 64-bit hash of the
// Murmur family over its bytes.
[[nodiscard]] std::string UniqueStringOf(std::string_view text);

}  // namespace restorable::arm
