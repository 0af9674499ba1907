#include "cel/sort.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cel/compare.h"

namespace restorable::cel {

tl::expected<std::vector<std::uint32_t>, std::string> SortedOrder(std::span<const Value> keys) {
  for (const Value& key : keys) {
    if (key.kind() != keys.front().kind()) {
      return tl::unexpected(fmt::format("values of type `{}` and `{}` cannot be sorted together",
                                        TypeName(keys.front()), TypeName(key)));
    }
    if (!Compare(key, key)) {
      return tl::unexpected(fmt::format("values of type `{}` have no order", TypeName(key)));
    }
    if (key.Is(Kind::kDouble) && std::isnan(key.AsDouble())) {
      return tl::unexpected(std::string("NaN has no order"));
    }
  }
  std::vector<std::uint32_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return Compare(keys[a], keys[b]) == std::partial_ordering::less;
  });
  return order;
}

}  // namespace restorable::cel
