#include <cmath>
#include <cstdint>
#include <string>

#include "hcl/number.h"
#include "terraform/functions.h"
#include "terraform/number.h"
#include "terraform/type.h"

namespace restorable::terraform {

Value Abs(Call& call) {
  return call.Return(Compare(call[0], Value::Int(0)) < 0 ? Negate(call[0]) : call[0]);
}
Value Ceil(Call& call) {
  if (call[0].Is(Kind::kInt)) return call.Return(call[0]);
  return call.Return(hcl::Number(std::ceil(call[0].AsDouble())));
}
Value Floor(Call& call) {
  if (call[0].Is(Kind::kInt)) return call.Return(call[0]);
  return call.Return(hcl::Number(std::floor(call[0].AsDouble())));
}

Value Log(Call& call) {
  const double number = AsReal(call[0]);
  const double base = AsReal(call[1]);
  if (number > 0 && base == 0) return call.Unknown(UnknownReason::kUnsupported);  // a negative zero
  if (number <= 0 || base <= 0 || base == 1) return call.Fail("has no value for these numbers");
  return call.Return(Computed(std::log(number) / std::log(base)));
}

Value Max(Call& call) {
  Value most = call[0];
  for (const Value& number : call.arguments()) {
    if (Compare(number, most) > 0) most = number;
  }
  return call.Return(most);
}

Value Min(Call& call) {
  Value least = call[0];
  for (const Value& number : call.arguments()) {
    if (Compare(number, least) < 0) least = number;
  }
  return call.Return(least);
}

Value ParseInt(Call& call) {
  const std::int64_t base = call[1].AsInt();
  if (base < 2 || base > 62) return call.Fail("the base is between 2 and 62");
  if (!call[0].IsString())
    return call.Fail("takes a text, found " + std::string(KindName(call[0])));
  std::string_view text = call.String(0);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Value number = Value::Int(0);
  for (const char c : text) {
    std::int64_t digit = base;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (c >= 'a' && c <= 'z') digit = c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') digit = c - 'A' + (base <= 36 ? 10 : 36);
    if (digit >= base) return call.Fail("`" + std::string(call.String(0)) + "` is not a number");
    if (IsNumber(number)) number = Multiply(number, Value::Int(base));
    if (IsNumber(number)) number = Add(number, Value::Int(digit));
  }
  if (text.empty()) return call.Fail("the text is empty");
  return call.Return(negative && IsNumber(number) ? Negate(number) : number);
}

Value Pow(Call& call) {
  constexpr std::int64_t kMostFactors = 1024;  // a double has no more bits
  const bool whole = call[0].Is(Kind::kInt) && call[1].Is(Kind::kInt);
  if (whole && call[1].AsInt() >= 0 && call[1].AsInt() <= kMostFactors) {
    Value power = Value::Int(1);
    for (std::int64_t i = 0; i < call[1].AsInt() && IsNumber(power); ++i) {
      power = Multiply(power, call[0]);
    }
    return call.Return(power);
  }
  const double power = std::pow(AsReal(call[0]), AsReal(call[1]));
  if (!std::isfinite(power)) return call.Fail("the power is not a number");
  return call.Return(Computed(power));
}

Value Signum(Call& call) {
  if (!call[0].Is(Kind::kInt)) return call.Fail("takes a whole number");
  return call.Return(Value::Int(Compare(call[0], Value::Int(0))));
}

}  // namespace restorable::terraform
