#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "bicep/deployments.h"

namespace restorable::cli {

// Values of parameters as the text of a file of them, {"name": {"value": …}}, or its `parameters`
// alone. Those that refer to a key vault are left out. Nothing for what is no such text.
[[nodiscard]] std::optional<std::vector<bicep::Assignment>> ReadInlineParameters(
    std::string_view text);

}  // namespace restorable::cli
