#pragma once

#include <string_view>

namespace restorable {

// "0.1.0": the version of the program, as CMakeLists.txt has it.
[[nodiscard]] std::string_view Version();

}  // namespace restorable
