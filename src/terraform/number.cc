#include "terraform/number.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "hcl/number.h"

namespace restorable::terraform {

double AsReal(Value number) {
  return number.Is(Kind::kInt) ? static_cast<double>(number.AsInt()) : number.AsDouble();
}

// The decimal number that its author wrote, not the binary one nearest to it: sums and remainders
// of decimals then come out as they do on paper.
long double Exact(Value number) {
  if (number.Is(Kind::kInt)) return static_cast<long double>(number.AsInt());
  return std::strtold(NumberText(number).c_str(), nullptr);
}

Value Computed(long double number) {
  constexpr long double kLargestDense = 0x1p53L;
  if (!(std::fabs(number) < kLargestDense)) return hcl::TooLarge();
  return hcl::Number(static_cast<double>(number));
}

namespace {

bool IsWhole(Value number) {
  return number.Is(Kind::kInt) || std::trunc(number.AsDouble()) == number.AsDouble();
}

bool AreWhole(Value a, Value b) { return IsWhole(a) && IsWhole(b); }

// A whole number that was computed, but for `lost`, which rounding took.
Value Whole(long double number, long double lost) {
  constexpr long double kTooLarge = 0x1p63L;
  if (lost != 0) return hcl::TooLarge();
  if (number >= -kTooLarge && number < kTooLarge) {
    return Value::Int(static_cast<std::int64_t>(number));
  }
  const auto real = static_cast<double>(number);
  return std::isfinite(real) && real == number ? Value::Double(real) : hcl::TooLarge();
}

// What rounding takes from the sum of two numbers is a number as well.
Value WholeSum(long double a, long double b) {
  const long double sum = a + b;
  const long double of_b = sum - a;
  return Whole(sum, (a - (sum - of_b)) + (b - of_b));
}

}  // namespace

Value Add(Value a, Value b) {
  std::int64_t sum = 0;
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt);
  if (whole && !__builtin_add_overflow(a.AsInt(), b.AsInt(), &sum)) return Value::Int(sum);
  return AreWhole(a, b) ? WholeSum(Exact(a), Exact(b)) : Computed(Exact(a) + Exact(b));
}

Value Subtract(Value a, Value b) {
  std::int64_t difference = 0;
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt);
  if (whole && !__builtin_sub_overflow(a.AsInt(), b.AsInt(), &difference)) {
    return Value::Int(difference);
  }
  return AreWhole(a, b) ? WholeSum(Exact(a), -Exact(b)) : Computed(Exact(a) - Exact(b));
}

Value Multiply(Value a, Value b) {
  std::int64_t product = 0;
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt);
  if (whole && !__builtin_mul_overflow(a.AsInt(), b.AsInt(), &product)) {
    return Value::Int(product);
  }
  const long double rounded = Exact(a) * Exact(b);
  if (!AreWhole(a, b)) return Computed(rounded);
  return Whole(rounded, std::fma(Exact(a), Exact(b), -rounded));
}

Value Divide(Value a, Value b) {
  if (b.Is(Kind::kInt) && b.AsInt() == -1) return Negate(a);
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt);
  if (whole && a.AsInt() % b.AsInt() == 0) return Value::Int(a.AsInt() / b.AsInt());
  const long double quotient = Exact(a) / Exact(b);
  const bool divides = AreWhole(a, b) && std::trunc(quotient) == quotient &&
                       std::fma(quotient, Exact(b), -Exact(a)) == 0;
  return divides ? Whole(quotient, 0) : Computed(quotient);
}

Value Modulo(Value a, Value b) {
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt);
  if (whole) return Value::Int(b.AsInt() == -1 ? 0 : a.AsInt() % b.AsInt());
  const long double rest = std::fmod(Exact(a), Exact(b));
  return AreWhole(a, b) ? Whole(rest, 0) : Computed(rest);
}

Value Negate(Value number) { return Subtract(Value::Int(0), number); }

int Compare(Value a, Value b) {
  if (a.Is(Kind::kInt) && b.Is(Kind::kInt)) {
    return a.AsInt() < b.AsInt() ? -1 : a.AsInt() > b.AsInt() ? 1 : 0;
  }
  // Which holds ints and doubles alike.
  const auto exact = [](Value number) -> long double {
    return number.Is(Kind::kInt) ? static_cast<long double>(number.AsInt()) : number.AsDouble();
  };
  const long double left = exact(a);
  const long double right = exact(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

std::string NumberText(Value number) {
  if (number.Is(Kind::kInt)) return std::to_string(number.AsInt());
  // Whole numbers are what they are.
  if (std::fabs(number.AsDouble()) >= 0x1p63) return fmt::format("{:.0f}", number.AsDouble());
  // The shortest digits that read back as the same double, with the point put in its place: all
  // further digits would be an accident of the binary form.
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number.AsDouble(),
                                 std::chars_format::scientific);
  std::string_view shortest(text.data(), static_cast<std::size_t>(end.ptr - text.data()));
  const bool negative = shortest.starts_with('-');
  if (negative) shortest.remove_prefix(1);
  const std::size_t e = shortest.find('e');
  if (e == std::string_view::npos) return std::string(shortest);  // an infinity
  std::string digits(shortest.substr(0, e));
  std::erase(digits, '.');
  const int exponent = std::stoi(std::string(shortest.substr(e + 1)));
  const int fraction = static_cast<int>(digits.size()) - 1 - exponent;
  if (fraction <= 0) {
    digits.append(static_cast<std::size_t>(-fraction), '0');
  } else {
    const auto behind = static_cast<std::size_t>(fraction);
    if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
    digits.insert(digits.size() - behind, 1, '.');
  }
  return negative ? "-" + digits : digits;
}

std::optional<Value> ReadNumber(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::optional<Value> number = hcl::ParseNumber(text);
  if (!number.has_value()) return std::nullopt;
  return negative && IsNumber(*number) ? Negate(*number) : *number;
}

}  // namespace restorable::terraform
