#include "hcl/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <system_error>

#include "base/arena.h"

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

// A number without zeros at either end: the digits, times ten to the power of `exponent`.
struct Decimal {
  std::string digits;
  int exponent = 0;

  friend bool operator==(const Decimal&, const Decimal&) = default;
};

Decimal ReadDecimal(std::string_view text) {
  Decimal number;
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  if (e < text.size()) {
    std::string_view exponent = text.substr(e + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), number.exponent);
  }
  const std::string_view mantissa = text.substr(0, e);
  const std::size_t point = mantissa.find('.');
  number.digits = mantissa;
  if (point != std::string_view::npos) {
    number.digits.erase(point, 1);
    number.exponent -= static_cast<int>(mantissa.size() - point - 1);
  }
  number.digits.erase(0, number.digits.find_first_not_of('0'));
  const std::size_t zeros = number.digits.size() - number.digits.find_last_not_of('0') - 1;
  number.digits.resize(number.digits.size() - zeros);
  number.exponent += static_cast<int>(zeros);
  return number;
}

// A whole number of up to 64 bits, however it is written.
std::optional<Value> AsInt(Decimal number) {
  constexpr int kMostDigits = 19;
  if (number.exponent < 0 || number.exponent > kMostDigits) return std::nullopt;
  number.digits.append(static_cast<std::size_t>(number.exponent), '0');
  const char* const end = number.digits.data() + number.digits.size();
  std::int64_t integer = 0;
  const auto read = std::from_chars(number.digits.data(), end, integer);
  if (read.ec != std::errc{}) return std::nullopt;
  return Value::Int(integer);
}

// Whether the double is what the text says, to the last digit.
bool IsExact(double number, std::string_view text) {
  std::array<char, 320> digits{};  // the largest double has 309
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                 std::chars_format::fixed, 0);
  const auto size = static_cast<std::size_t>(end.ptr - digits.data());
  return ReadDecimal({digits.data(), size}) == ReadDecimal(text);
}

}  // namespace

Value TooLarge() {
  static Arena arena;
  static const Value unknown = Value::Unknown(
      arena,
      {.reason = UnknownReason::kLimit, .what = "a number of that many digits", .range = {}});
  return unknown;
}

Value Number(std::uint64_t number) {
  constexpr std::uint64_t kTooLarge = std::uint64_t{1} << 63U;
  if (number < kTooLarge) return Value::Int(static_cast<std::int64_t>(number));
  const double real = static_cast<double>(number);
  return IsExact(real, std::to_string(number)) ? Value::Double(real) : TooLarge();
}

Value Number(double number) {
  // The first that does not fit.
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
  if (real.ec == std::errc::result_out_of_range) return TooLarge();
  // From here on doubles are whole, and not all whole numbers are doubles.
  constexpr double kLargestDense = 0x1p53;
  if (number < kLargestDense) return Number(number);
  if (const std::optional<Value> whole_number = AsInt(ReadDecimal(text))) return whole_number;
  return IsExact(number, text) ? Number(number) : TooLarge();
}

}  // namespace restorable::hcl
