#include "terraform/number.h"

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

Value Computed(long double number) { return hcl::Number(static_cast<double>(number)); }

Value Add(Value a, Value b) {
  std::int64_t sum = 0;
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt);
  if (whole && !__builtin_add_overflow(a.AsInt(), b.AsInt(), &sum)) return Value::Int(sum);
  return Computed(Exact(a) + Exact(b));
}

Value Subtract(Value a, Value b) {
  std::int64_t difference = 0;
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt);
  if (whole && !__builtin_sub_overflow(a.AsInt(), b.AsInt(), &difference)) {
    return Value::Int(difference);
  }
  return Computed(Exact(a) - Exact(b));
}

Value Multiply(Value a, Value b) {
  std::int64_t product = 0;
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt);
  if (whole && !__builtin_mul_overflow(a.AsInt(), b.AsInt(), &product)) {
    return Value::Int(product);
  }
  return Computed(Exact(a) * Exact(b));
}

Value Divide(Value a, Value b) {
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt) && b.AsInt() != -1;
  if (whole && a.AsInt() % b.AsInt() == 0) return Value::Int(a.AsInt() / b.AsInt());
  return Computed(Exact(a) / Exact(b));
}

Value Modulo(Value a, Value b) {
  const bool whole = a.Is(Kind::kInt) && b.Is(Kind::kInt);
  if (whole) return Value::Int(b.AsInt() == -1 ? 0 : a.AsInt() % b.AsInt());
  return Computed(std::fmod(Exact(a), Exact(b)));
}

Value Negate(Value number) { return Subtract(Value::Int(0), number); }

int Compare(Value a, Value b) {
  if (a.Is(Kind::kInt) && b.Is(Kind::kInt)) {
    return a.AsInt() < b.AsInt() ? -1 : a.AsInt() > b.AsInt() ? 1 : 0;
  }
  const double left = AsReal(a);
  const double right = AsReal(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

std::string NumberText(Value number) {
  if (number.Is(Kind::kInt)) return std::to_string(number.AsInt());
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
  return negative ? Negate(*number) : *number;
}

}  // namespace restorable::terraform
