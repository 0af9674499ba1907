#include "resource/nearest.h"

#include <algorithm>

namespace restorable {

std::size_t CommonDirectories(std::string_view a, std::string_view b) {
  const auto [end, other] = std::ranges::mismatch(a, b);
  const auto length = static_cast<std::size_t>(end - a.begin());
  const std::size_t slash = a.substr(0, length).rfind('/');
  return slash == std::string_view::npos ? 0 : slash + 1;
}

std::pair<std::size_t, std::size_t> Nearest(std::span<const std::string_view> paths,
                                            std::string_view from) {
  // Not the one of std::ranges: Clang 14 cannot read the subrange of libstdc++ 12 that it gives.
  const auto same = std::equal_range(paths.begin(), paths.end(), from);
  auto first = static_cast<std::size_t>(same.first - paths.begin());
  auto last = static_cast<std::size_t>(same.second - paths.begin());
  if (first < last) return {first, last};
  // In sorted order a path shares the more with `from` the nearer it stands to where that would be.
  const auto common = [&](std::size_t i) { return CommonDirectories(paths[i], from); };
  std::size_t longest = 0;
  if (first > 0) longest = common(first - 1);
  if (last < paths.size()) longest = std::max(longest, common(last));
  while (first > 0 && common(first - 1) == longest) --first;
  while (last < paths.size() && common(last) == longest) ++last;
  return {first, last};
}

}  // namespace restorable
