#include "hcl/number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>

namespace restorable::hcl {
namespace {

// The length of the run of digits at the start.
std::size_t Digits(std::string_view text) {
  const auto* const end = std::ranges::find_if(text, [](char c) { return c < '0' || c > '9'; });
  return static_cast<std::size_t>(end - text.begin());
}

bool IsWellFormed(std::string_view text) {
  const std::size_t whole = Digits(text);
  if (whole == 0) return false;
  text.remove_prefix(whole);
  if (text.starts_with('.')) {
    const std::size_t fraction = Digits(text.substr(1));
    if (fraction == 0) return false;
    text.remove_prefix(1 + fraction);
  }
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && Digits(text) == text.size();
}

}  // namespace

Value Number(double number) {
  // Doubles from 2^53 on are whole but no longer exact: 2^63 is the first that does not fit.
  constexpr double kTooLarge = 9223372036854775808.0;
  if (std::trunc(number) == number && number >= -kTooLarge && number < kTooLarge) {
    return Value::Int(static_cast<std::int64_t>(number));
  }
  return Value::Double(number);
}

std::optional<Value> ParseNumber(std::string_view text) {
  if (!IsWellFormed(text)) return std::nullopt;
  const char* const end = text.data() + text.size();
  std::int64_t integer = 0;
  const auto whole = std::from_chars(text.data(), end, integer);
  if (whole.ec == std::errc{} && whole.ptr == end) return Value::Int(integer);
  double number = 0;
  const auto real = std::from_chars(text.data(), end, number);
  // Out of range: nothing that configuration means is that large or that near to zero.
  if (real.ec == std::errc::result_out_of_range) return std::nullopt;
  return Number(number);
}

}  // namespace restorable::hcl
