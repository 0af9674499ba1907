#pragma once

#include <cstdint>
#include <string_view>

namespace restorable {

// A hash for keys that strangers choose: SipHash-1-3 under a key drawn once for the process, so
// that colliding keys cannot be prepared. The value differs from run to run; nothing printed may
// depend on it.
[[nodiscard]] std::uint64_t HashKey(std::string_view text);

}  // namespace restorable
