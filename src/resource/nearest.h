#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

namespace restorable {

// The length of the directories that two paths have in common, the slash included.
[[nodiscard]] std::size_t CommonDirectories(std::string_view a, std::string_view b);

// Of sorted paths, those nearest to `from`: the same file, else those that share the longest path
// of directories with it. They stand side by side: [first, last).
[[nodiscard]] std::pair<std::size_t, std::size_t> Nearest(std::span<const std::string_view> paths,
                                                          std::string_view from);

}  // namespace restorable
