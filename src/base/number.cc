#include "base/number.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace restorable {
namespace {

// Whether a number out of the range of double is so because it is close to zero. from_chars does
// not say: it leaves the result alone.
bool IsTiny(std::string_view text) {
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  std::string_view exponent_text = text.substr(std::min(e + 1, text.size()));
  const bool negative = exponent_text.starts_with('-');
  if (negative || exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
  constexpr std::int64_t kFar = std::int64_t{1} << 40;  // beyond any count of digits
  std::int64_t exponent = 0;
  const auto result =
      std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  if (result.ec == std::errc::result_out_of_range) exponent = kFar;
  exponent = std::min(exponent, kFar);

  const std::string_view mantissa = text.substr(0, e);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = std::min(mantissa.find_first_of("123456789"), mantissa.size());
  const auto magnitude = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  return magnitude + (negative ? -exponent : exponent) < 0;
}

}  // namespace

std::optional<double> ParseDecimal(std::string_view text) {
  // from_chars also reads names of infinity and "nan(…)".
  if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  const char* const end = text.data() + text.size();
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  if (error != std::errc::result_out_of_range) return value;
  if (!IsTiny(text)) return std::nullopt;
  return text.starts_with('-') ? -0.0 : 0.0;
}

}  // namespace restorable
