#include "cel/number_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "base/text.h"

namespace restorable::cel {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kTwoTo64 = 18446744073709551616.0;

template <typename Integer>
std::optional<Integer> ParseDigits(std::string_view text) {
  Integer value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

bool TakeSign(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return negative;
}

std::optional<double> ParseName(std::string_view text) {
  if (EqualsIgnoringAsciiCase(text, "nan")) return std::numeric_limits<double>::quiet_NaN();
  if (EqualsIgnoringAsciiCase(text, "inf") || EqualsIgnoringAsciiCase(text, "infinity")) {
    return std::numeric_limits<double>::infinity();
  }
  return std::nullopt;
}

// Whether a number that does not fit a double is too small for it: the sign of the exponent of its
// first digit other than zero tells.
bool IsTiny(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  const std::string_view mantissa = text.substr(0, e);
  const std::size_t first = mantissa.find_first_of("123456789");
  const std::size_t dot = std::min(mantissa.find('.'), mantissa.size());
  const std::int64_t leading = static_cast<std::int64_t>(dot) - static_cast<std::int64_t>(first);
  if (e == std::string_view::npos) return leading < 0;
  const std::string_view exponent = text.substr(e + 1);
  // An exponent beyond int64 outweighs any mantissa.
  const std::optional<std::int64_t> value = ParseInt(exponent);
  return value ? *value < -leading : exponent.starts_with('-');
}

}  // namespace

std::optional<std::int64_t> ParseInt(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  return ParseDigits<std::int64_t>(text);
}

std::optional<std::uint64_t> ParseUint(std::string_view text) {
  return ParseDigits<std::uint64_t>(text);
}

std::optional<double> ParseDouble(std::string_view text) {
  const bool negative = TakeSign(text);
  std::optional<double> magnitude = ParseName(text);
  if (!magnitude) {
    // The library function would also read a second sign and "nan(…)".
    if (text.empty() || text.starts_with('-')) return std::nullopt;
    if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
    if (error == std::errc::result_out_of_range) {
      if (!IsTiny(text)) return std::nullopt;
      value = 0;
    }
    magnitude = value;
  }
  return negative ? -*magnitude : *magnitude;
}

std::string FormatDouble(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  char buffer[32];
  auto end = std::to_chars(buffer, std::end(buffer), value, std::chars_format::scientific).ptr;
  const char* const e = std::find(buffer, end, 'e');
  const std::int64_t exponent = ParseInt({e + 1, end}).value_or(0);
  if (exponent >= -4 && exponent < 6) {
    end = std::to_chars(buffer, std::end(buffer), value, std::chars_format::fixed).ptr;
  }
  return {buffer, end};
}

std::optional<std::int64_t> ToInt(double value) {
  if (!(value > -kTwoTo63 && value < kTwoTo63)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::optional<std::uint64_t> ToUint(double value) {
  if (!(value >= 0 && value < kTwoTo64)) return std::nullopt;
  return static_cast<std::uint64_t>(value);
}

}  // namespace restorable::cel
