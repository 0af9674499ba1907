#include "cel/quantity.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace restorable::cel {
namespace {

constexpr std::uint64_t kNanos = 1'000'000'000;

constexpr std::uint64_t PowerOfTen(int exponent) {
  std::uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

struct Suffix {
  int decimal = 0;  // the power of ten
  int binary = -1;  // the power of two; -1: none
};

struct NamedSuffix {
  std::string_view name;
  Suffix suffix;
};
constexpr NamedSuffix kSuffixes[] = {
    {"", {}},        {"n", {-9}},     {"u", {-6}},     {"m", {-3}},
    {"k", {3}},      {"M", {6}},      {"G", {9}},      {"T", {12}},
    {"P", {15}},     {"E", {18}},     {"Ki", {0, 10}}, {"Mi", {0, 20}},
    {"Gi", {0, 30}}, {"Ti", {0, 40}}, {"Pi", {0, 50}}, {"Ei", {0, 60}},
};

std::optional<Suffix> ParseSuffix(std::string_view text) {
  const auto named = std::ranges::find(kSuffixes, text, &NamedSuffix::name);
  if (named != std::end(kSuffixes)) return named->suffix;
  if (text.size() < 2 || (text.front() != 'e' && text.front() != 'E')) return std::nullopt;
  text.remove_prefix(1);
  if (text.starts_with('+') && text.size() > 1 && text[1] != '-') text.remove_prefix(1);
  int exponent = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, exponent);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  // Beyond it, everything is nothing or does not fit.
  constexpr int kMost = 1'000'000;
  if (error != std::errc()) exponent = text.starts_with('-') ? -kMost : kMost;
  return Suffix{std::clamp(exponent, -kMost, kMost)};
}

std::string_view TakeDigits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

bool AppendDigits(Natural& value, std::string_view digits) {
  return std::ranges::all_of(digits, [&](char digit) {
    return value.MultiplyAdd(10, static_cast<std::uint64_t>(digit - '0'));
  });
}

// Multiplies by 10^exponent; what a division drops is rounded up. False when it does not fit.
bool Scale(Natural& value, int exponent, bool dropped) {
  for (; exponent > 0 && !value.IsZero(); --exponent) {
    if (!value.MultiplyAdd(10, 0)) return false;
  }
  for (; exponent < 0 && !value.IsZero(); ++exponent) dropped |= value.Divide(10) != 0;
  return !dropped || value.MultiplyAdd(1, 1);
}

// The magnitude of a number in nanos.
std::optional<Natural> Nanos(std::string_view whole, std::string_view fraction, Suffix suffix) {
  // More digits of a fraction can do no more than round up.
  constexpr std::size_t kMostDigits = 30;
  const std::string_view read = fraction.substr(0, kMostDigits);
  const bool more = fraction.find_first_not_of('0', read.size()) != std::string_view::npos;
  Natural value;
  bool fits = AppendDigits(value, whole) && AppendDigits(value, read);
  if (suffix.binary >= 0) fits = fits && value.MultiplyAdd(std::uint64_t{1} << suffix.binary, 0);
  fits = fits && Scale(value, suffix.decimal + 9 - static_cast<int>(read.size()), more);
  if (suffix.binary < 0) return fits ? std::optional(value) : std::nullopt;
  Natural most(std::numeric_limits<std::int64_t>::max());
  fits = most.MultiplyAdd(kNanos, 0) && fits;
  return fits ? std::min(value, most) : most;
}

std::uint64_t Magnitude(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? 0 - bits : bits;
}

}  // namespace

std::optional<Quantity> Quantity::Parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::string_view whole = TakeDigits(text);
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = TakeDigits(text);
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  const std::optional<Suffix> suffix = ParseSuffix(text);
  if (!suffix) return std::nullopt;
  const std::optional<Natural> nanos = Nanos(whole, fraction, *suffix);
  if (!nanos) return std::nullopt;
  return Quantity(negative, *nanos);
}

Quantity Quantity::OfInt(std::int64_t value) {
  Natural nanos(Magnitude(value));
  // 2^63 times 10^9 is far below 2^256.
  static_cast<void>(nanos.MultiplyAdd(kNanos, 0));
  return {value < 0, nanos};
}

std::optional<std::int64_t> Quantity::AsInt() const {
  Natural units = nanos_;
  if (units.Divide(kNanos) != 0) return std::nullopt;
  const std::optional<std::uint64_t> magnitude = units.AsUint64();
  const auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!magnitude || *magnitude > most + (negative_ ? 1 : 0)) return std::nullopt;
  return static_cast<std::int64_t>(negative_ ? 0 - *magnitude : *magnitude);
}

double Quantity::AsDouble() const {
  // The decimal text goes through the one conversion that rounds correctly.
  const std::string text = ToString();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int Quantity::Sign() const {
  if (nanos_.IsZero()) return 0;
  return negative_ ? -1 : 1;
}

std::string Quantity::ToString() const {
  Natural units = nanos_;
  const std::uint64_t rest = units.Divide(kNanos);
  std::string text = (negative_ ? "-" : "") + units.ToString();
  if (rest == 0) return text;
  const std::string digits = std::to_string(kNanos + rest).substr(1);
  return text + "." + digits.substr(0, digits.find_last_not_of('0') + 1);
}

std::optional<Quantity> Quantity::Plus(const Quantity& other) const {
  Natural sum = nanos_;
  if (negative_ == other.negative_) {
    if (!sum.Add(other.nanos_)) return std::nullopt;
    return Quantity(negative_, sum);
  }
  if (nanos_ >= other.nanos_) {
    sum.Subtract(other.nanos_);
    return Quantity(negative_, sum);
  }
  sum = other.nanos_;
  sum.Subtract(nanos_);
  return Quantity(other.negative_, sum);
}

std::optional<Quantity> Quantity::Times(std::int64_t factor) const {
  Natural product = nanos_;
  if (!product.MultiplyAdd(Magnitude(factor), 0)) return std::nullopt;
  return Quantity(negative_ != (factor < 0), product);
}

std::optional<Quantity> Quantity::DividedBy(std::int64_t divisor, int decimals,
                                            Rounding rounding) const {
  Natural quotient = nanos_;
  const std::uint64_t rest = quotient.Divide(Magnitude(divisor));
  const std::uint64_t step = PowerOfTen(9 - decimals);
  const std::uint64_t cut = quotient.Divide(step);
  bool up = false;
  if (rounding == Rounding::kHalfAwayFromZero) {
    // Of a step of one nano, half a nano is half of the divisor.
    up = step > 1 ? cut >= step / 2 : rest >= Magnitude(divisor) - rest;
  }
  if (!quotient.MultiplyAdd(1, up ? 1 : 0) || !quotient.MultiplyAdd(step, 0)) return std::nullopt;
  return Quantity(negative_ != (divisor < 0), quotient);
}

std::strong_ordering operator<=>(const Quantity& a, const Quantity& b) {
  if (a.negative_ != b.negative_) {
    return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return a.negative_ ? b.nanos_ <=> a.nanos_ : a.nanos_ <=> b.nanos_;
}

}  // namespace restorable::cel
