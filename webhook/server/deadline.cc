#include "webhook/deadline.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace restorable::webhook {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kWayBack = std::chrono::milliseconds(500);

struct Unit {
  std::string_view name;
  double nanoseconds;
};
// Longer names before those that they begin with.
constexpr Unit kUnits[] = {{"ns", 1},  {"us", 1e3}, {"µs", 1e3},  {"ms", 1e6},
                           {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};

}  // namespace

std::optional<nanoseconds> ParseGoDuration(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return nanoseconds(0);
  if (text.empty()) return std::nullopt;
  double sum = 0;
  while (!text.empty()) {
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    const bool is_digit = text[0] == '.' || (text[0] >= '0' && text[0] <= '9');
    if (error != std::errc() || !is_digit) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const auto unit =
        std::ranges::find_if(kUnits, [&](const Unit& u) { return text.starts_with(u.name); });
    if (unit == std::end(kUnits)) return std::nullopt;
    text.remove_prefix(unit->name.size());
    sum += number * unit->nanoseconds;
  }
  if (sum >= static_cast<double>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
  return nanoseconds(static_cast<std::int64_t>(sum));
}

nanoseconds ReviewTime(std::string_view timeout, nanoseconds most) {
  const std::optional<nanoseconds> given = ParseGoDuration(timeout);
  return given ? std::clamp(*given - kWayBack, nanoseconds(0), most) : most;
}

}  // namespace restorable::webhook
