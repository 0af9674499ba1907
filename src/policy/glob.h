#pragma once

#include <string_view>

namespace restorable::policy {

// Whether `text` as a whole fits: `?` is any character but a slash, `*` any
// number of those, `**` anything; a pattern that ends in `/` means all below.
// Takes time in the product of both lengths.
[[nodiscard]] bool GlobMatches(std::string_view pattern, std::string_view text);

}  // namespace restorable::policy
