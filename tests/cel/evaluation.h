#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "value/value.h"

namespace restorable::cel {

// The result of an expression with all libraries on: JSON, or "error: …" for one that does not
// compile or fails. The variables `u` and `v` are unknown.
[[nodiscard]] std::string Evaluated(std::string_view expression);

// Those of the expressions that are not true, each with its result.
[[nodiscard]] std::vector<std::string> NotTrue(const std::vector<std::string_view>& expressions);

// Those of the expressions that give no error.
[[nodiscard]] std::vector<std::string> NotErrors(const std::vector<std::string_view>& expressions);

}  // namespace restorable::cel
