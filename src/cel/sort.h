#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "value/value.h"

namespace restorable::cel {

// The positions of `keys` in ascending order; equal ones keep theirs. The error says why the keys
// have no order: they are of several kinds, of a kind without one, or NaN.
[[nodiscard]] tl::expected<std::vector<std::uint32_t>, std::string> SortedOrder(
    std::span<const Value> keys);

}  // namespace restorable::cel
