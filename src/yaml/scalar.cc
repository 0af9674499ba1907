#include "yaml/scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <system_error>

#include "base/text.h"

namespace restorable::yaml {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

struct Word {
  std::string_view text;
  Value value;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

constexpr Word kWords[] = {
    {"", Value::Null()},
    {"~", Value::Null()},
    {"null", Value::Null()},
    {"Null", Value::Null()},
    {"NULL", Value::Null()},
    {"true", Value::Bool(true)},
    {"True", Value::Bool(true)},
    {"TRUE", Value::Bool(true)},
    {"yes", Value::Bool(true)},
    {"Yes", Value::Bool(true)},
    {"YES", Value::Bool(true)},
    {"y", Value::Bool(true)},
    {"Y", Value::Bool(true)},
    {"on", Value::Bool(true)},
    {"On", Value::Bool(true)},
    {"ON", Value::Bool(true)},
    {"false", Value::Bool(false)},
    {"False", Value::Bool(false)},
    {"FALSE", Value::Bool(false)},
    {"no", Value::Bool(false)},
    {"No", Value::Bool(false)},
    {"NO", Value::Bool(false)},
    {"n", Value::Bool(false)},
    {"N", Value::Bool(false)},
    {"off", Value::Bool(false)},
    {"Off", Value::Bool(false)},
    {"OFF", Value::Bool(false)},
    {".inf", Value::Double(kInfinity)},
    {".Inf", Value::Double(kInfinity)},
    {".INF", Value::Double(kInfinity)},
    {"+.inf", Value::Double(kInfinity)},
    {"+.Inf", Value::Double(kInfinity)},
    {"+.INF", Value::Double(kInfinity)},
    {"-.inf", Value::Double(-kInfinity)},
    {"-.Inf", Value::Double(-kInfinity)},
    {"-.INF", Value::Double(-kInfinity)},
    {".nan", Value::Double(kNan)},
    {".NaN", Value::Double(kNan)},
    {".NAN", Value::Double(kNan)},
};

// The first characters of everything that is not simply a string.
constexpr std::array<bool, 256> kStartsSpecial = [] {
  std::array<bool, 256> starts{};
  for (const char c : std::string_view("0123456789+-.~yYnNtTfFoO")) {
    starts[static_cast<unsigned char>(c)] = true;
  }
  return starts;
}();

constexpr std::size_t kLongestWord = 5;

const Value *FindWord(std::string_view text) {
  if (text.size() > kLongestWord)
    return nullptr;
  const auto found =
      std::find_if(std::begin(kWords), std::end(kWords),
                   [&](const Word &word) { return word.text == text; });
  return found == std::end(kWords) ? nullptr : &found->value;
}

struct Digits {
  std::string_view text;
  int base = 10;
};

// As Go's strconv with base 0: 0x, 0b, 0o and a leading zero for octal.
Digits Prefixed(std::string_view digits) {
  if (digits.size() < 2 || digits[0] != '0')
    return {digits, 10};
  switch (digits[1]) {
  case 'x':
  case 'X':
    return {digits.substr(2), 16};
  case 'b':
  case 'B':
    return {digits.substr(2), 2};
  case 'o':
  case 'O':
    return {digits.substr(2), 8};
  default:
    return {digits.substr(1), 8};
  }
}

std::optional<Value> ParseInteger(std::string_view text) {
  const bool negative = text.starts_with('-');
  const bool has_sign = negative || text.starts_with('+');
  const Digits digits = Prefixed(text.substr(has_sign ? 1 : 0));
  std::uint64_t magnitude = 0;
  const char *const last = digits.text.data() + digits.text.size();
  const auto [end, error] =
      std::from_chars(digits.text.data(), last, magnitude, digits.base);
  if (error != std::errc() || end != last || digits.text.empty())
    return std::nullopt;
  constexpr std::uint64_t kTwoTo63 = std::uint64_t{1} << 63;
  if (negative) {
    if (magnitude > kTwoTo63)
      return std::nullopt;
    return Value::Int(static_cast<std::int64_t>(0 - magnitude));
  }
  if (magnitude < kTwoTo63)
    return Value::Int(static_cast<std::int64_t>(magnitude));
  if (has_sign)
    return std::nullopt;
  return Value::Uint(magnitude);
}

// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool LooksLikeFloat(std::string_view text) {
  std::size_t i = 0;
  const auto skip_digits = [&] {
    const std::size_t begin = i;
    while (i < text.size() && IsDigit(text[i]))
      ++i;
    return i > begin;
  };
  const auto skip_any = [&](std::string_view characters) {
    if (i < text.size() && characters.find(text[i]) != std::string_view::npos) {
      ++i;
      return true;
    }
    return false;
  };
  skip_any("+-");
  if (skip_any(".")) {
    if (!skip_digits())
      return false;
  } else {
    if (!skip_digits())
      return false;
    if (skip_any("."))
      skip_digits();
  }
  if (skip_any("eE")) {
    skip_any("+-");
    if (!skip_digits())
      return false;
  }
  return i == text.size();
}

// What is left of a float after it went through JSON: one without a fraction is
// an integer.
Value ThroughJson(double value) {
  constexpr double kExponentFrom = 1e21;
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (std::trunc(value) == value && std::fabs(value) < kExponentFrom &&
      value >= -kTwoTo63 && value < kTwoTo63) {
    return Value::Int(static_cast<std::int64_t>(value));
  }
  return Value::Double(value);
}

std::optional<Value> ParseFloat(std::string_view text) {
  if (!LooksLikeFloat(text))
    return std::nullopt;
  if (text.starts_with('+'))
    text.remove_prefix(1);
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  const bool underflow =
      error == std::errc::result_out_of_range && std::fabs(value) < 1;
  if (error != std::errc() && !underflow)
    return std::nullopt;
  return Value::Double(value);
}

std::optional<Value> ParseNumber(std::string_view text) {
  // Go reads what starts with a dot before it takes the underscores out.
  if (text.starts_with('.'))
    return ParseFloat(text);
  if (text.starts_with('_'))
    return std::nullopt;
  if (text.find('_') == std::string_view::npos) {
    if (auto integer = ParseInteger(text))
      return integer;
    return ParseFloat(text);
  }
  std::string plain(text);
  std::erase(plain, '_');
  if (auto integer = ParseInteger(plain))
    return integer;
  return ParseFloat(plain);
}

// What is no text gets the mark that Go's JSON writer puts there.
std::string ReplaceInvalidUtf8(std::string_view octets) {
  std::string text;
  while (const auto bad = FindInvalidUtf8(octets)) {
    text += octets.substr(0, *bad);
    AppendUtf8(text, U'\uFFFD');
    octets.remove_prefix(*bad + 1);
  }
  return text.append(octets);
}

std::optional<std::string_view> DecodeBase64(std::string_view text,
                                             Arena &arena) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    std::uint32_t digit = 0;
    if (c == '\n' || c == '\r')
      continue;
    if (c >= 'A' && c <= 'Z') {
      digit = static_cast<std::uint32_t>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      digit = static_cast<std::uint32_t>(c - 'a' + 26);
    } else if (IsDigit(c)) {
      digit = static_cast<std::uint32_t>(c - '0' + 52);
    } else if (c == '+' || c == '/') {
      digit = c == '+' ? 62 : 63;
    } else if (c == '=') {
      ++padding;
      continue;
    } else {
      return std::nullopt;
    }
    if (padding > 0)
      return std::nullopt;
    bits = (bits << 6) | digit;
    if (++count % 4 == 0) {
      for (const int shift : {16, 8, 0})
        out += static_cast<char>((bits >> shift) & 0xFF);
    }
  }
  const int rest = count % 4;
  if (rest == 1 ||
      (rest != 0 && padding != static_cast<std::size_t>(4 - rest)) ||
      (rest == 0 && padding != 0)) {
    return std::nullopt;
  }
  if (rest == 2)
    out += static_cast<char>((bits >> 4) & 0xFF);
  if (rest == 3) {
    out += static_cast<char>((bits >> 10) & 0xFF);
    out += static_cast<char>((bits >> 2) & 0xFF);
  }
  return arena.Copy(ReplaceInvalidUtf8(out));
}

// Go's strconv.FormatFloat(value, 'g', -1, 32).
std::string FormatFloat32(double value) {
  std::array<char, 64> buffer;
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                    static_cast<float>(value), std::chars_format::scientific);
  const std::string scientific(buffer.data(), end);
  const std::size_t e = scientific.find('e');
  const int exponent = std::atoi(scientific.c_str() + e + 1);
  const std::string mantissa = scientific.substr(0, e);
  const auto digits =
      static_cast<int>(mantissa.size() - mantissa.find_first_of("0123456789") -
                       (mantissa.find('.') == std::string::npos ? 0 : 1));
  // The shortest form counts as six digits unless it has more and they are all
  // before the point.
  const int threshold = digits > 6 && digits >= exponent + 1 ? digits : 6;
  if (exponent < -4 || exponent >= std::max(threshold, 6))
    return scientific;
  const auto fixed =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                    static_cast<float>(value), std::chars_format::fixed);
  return {buffer.data(), fixed.ptr};
}

} // namespace

Value ResolvePlainKey(std::string_view text) {
  if (text.empty())
    return Value::Null();
  if (!kStartsSpecial[static_cast<unsigned char>(text.front())])
    return Value::String(text);
  if (const Value *const word = FindWord(text))
    return *word;
  const char c = text.front();
  if (IsDigit(c) || c == '+' || c == '-' || c == '.') {
    if (const auto number = ParseNumber(text))
      return *number;
  }
  return Value::String(text);
}

Value ResolvePlain(std::string_view text) {
  const Value value = ResolvePlainKey(text);
  return value.Is(Kind::kDouble) ? ThroughJson(value.AsDouble()) : value;
}

std::optional<Value> ResolveTagged(std::string_view tag, std::string_view text,
                                   bool plain, Arena &arena) {
  constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  if (!tag.starts_with(kPrefix))
    return Value::String(text);
  const std::string_view type = tag.substr(kPrefix.size());
  if (type == "str")
    return Value::String(text);
  if (type == "binary") {
    const auto octets = DecodeBase64(text, arena);
    if (!octets)
      return std::nullopt;
    return Value::String(*octets);
  }
  const Value resolved = ResolvePlain(text);
  if (type == "null")
    return resolved.IsNull() ? std::optional(resolved) : std::nullopt;
  if (type == "bool") {
    return resolved.Is(Kind::kBool) ? std::optional(resolved) : std::nullopt;
  }
  const bool integer = resolved.Is(Kind::kInt) || resolved.Is(Kind::kUint);
  if (type == "int") {
    const bool fraction = text.find('.') != std::string_view::npos;
    return integer && !fraction ? std::optional(resolved) : std::nullopt;
  }
  if (type == "float") {
    return integer || resolved.Is(Kind::kDouble) ? std::optional(resolved)
                                                 : std::nullopt;
  }
  return plain ? resolved : Value::String(text);
}

std::optional<std::string_view> KeyString(Value key, Arena &arena) {
  switch (key.kind()) {
  case Kind::kString:
    return key.AsString();
  case Kind::kBool:
    return key.AsBool() ? "true" : "false";
  case Kind::kInt:
    return arena.Copy(std::to_string(key.AsInt()));
  case Kind::kDouble:
    return arena.Copy(FormatFloat32(key.AsDouble()));
  default:
    return std::nullopt;
  }
}

} // namespace restorable::yaml
