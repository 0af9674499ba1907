#include "yaml/scalar.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <system_error>

#include "base/base64.h"
#include "base/number.h"
#include "base/text.h"

namespace restorable::yaml {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Word {
  std::string_view text;
  Value value;
};

constexpr Word kWords[] = {
    {"~", Value::Null()},          {"null", Value::Null()},       {"Null", Value::Null()},
    {"NULL", Value::Null()},       {"true", Value::Bool(true)},   {"True", Value::Bool(true)},
    {"TRUE", Value::Bool(true)},   {"yes", Value::Bool(true)},    {"Yes", Value::Bool(true)},
    {"YES", Value::Bool(true)},    {"y", Value::Bool(true)},      {"Y", Value::Bool(true)},
    {"on", Value::Bool(true)},     {"On", Value::Bool(true)},     {"ON", Value::Bool(true)},
    {"false", Value::Bool(false)}, {"False", Value::Bool(false)}, {"FALSE", Value::Bool(false)},
    {"no", Value::Bool(false)},    {"No", Value::Bool(false)},    {"NO", Value::Bool(false)},
    {"n", Value::Bool(false)},     {"N", Value::Bool(false)},     {"off", Value::Bool(false)},
    {"Off", Value::Bool(false)},   {"OFF", Value::Bool(false)},
};

constexpr Word kDottedWords[] = {
    {".inf", Value::Double(kInfinity)},   {".Inf", Value::Double(kInfinity)},
    {".INF", Value::Double(kInfinity)},   {"+.inf", Value::Double(kInfinity)},
    {"+.Inf", Value::Double(kInfinity)},  {"+.INF", Value::Double(kInfinity)},
    {"-.inf", Value::Double(-kInfinity)}, {"-.Inf", Value::Double(-kInfinity)},
    {"-.INF", Value::Double(-kInfinity)}, {".nan", Value::Double(kNan)},
    {".NaN", Value::Double(kNan)},        {".NAN", Value::Double(kNan)},
};

// What the first character of a plain scalar lets it be; most are strings at the first look.
enum class Start : std::uint8_t { kString, kWord, kPoint, kNumber };

constexpr std::array<Start, 256> kStarts = [] {
  std::array<Start, 256> starts{};
  const auto set = [&](std::string_view characters, Start start) {
    for (const char c : characters) starts[static_cast<unsigned char>(c)] = start;
  };
  set("~nNtTfFyYoO", Start::kWord);
  set("0123456789+-", Start::kNumber);
  set(".", Start::kPoint);
  return starts;
}();

template <std::size_t kCount>
std::optional<Value> FindWord(const Word (&words)[kCount], std::string_view text) {
  constexpr std::size_t kLongest = 5;
  if (text.size() > kLongest) return std::nullopt;
  for (const Word& word : words) {
    if (word.text == text) return word.value;
  }
  return std::nullopt;
}

bool AllDigits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The base that a prefix names, which is taken off. A zero in front of another digit means octal.
int TakeBase(std::string_view& digits) {
  constexpr int kDecimal = 10;
  if (digits.size() < 2 || digits[0] != '0') return kDecimal;
  int base = 0;
  switch (digits[1]) {
    case 'x':
    case 'X':
      base = 16;
      break;
    case 'o':
    case 'O':
      base = 8;
      break;
    case 'b':
    case 'B':
      base = 2;
      break;
    default:
      digits.remove_prefix(1);
      return 8;
  }
  digits.remove_prefix(2);
  return base;
}

std::optional<Value> ParseInteger(std::string_view text) {
  const bool has_sign = text.starts_with('+') || text.starts_with('-');
  const bool negative = text.starts_with('-');
  std::string_view digits = text.substr(has_sign ? 1 : 0);
  const int base = TakeBase(digits);
  if (digits.starts_with('-')) return std::nullopt;  // from_chars would take it for a sign
  std::uint64_t magnitude = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, magnitude, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (negative) {
    if (magnitude > kMost + 1) return std::nullopt;
    return Value::Int(static_cast<std::int64_t>(0 - magnitude));
  }
  if (magnitude <= kMost) return Value::Int(static_cast<std::int64_t>(magnitude));
  if (has_sign) return std::nullopt;
  return Value::Uint(magnitude);
}

// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool LooksLikeFloat(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  const std::size_t e = text.find_first_of("eE");
  if (e != std::string_view::npos) {
    std::string_view exponent = text.substr(e + 1);
    if (exponent.starts_with('+') || exponent.starts_with('-')) exponent.remove_prefix(1);
    if (exponent.empty() || !AllDigits(exponent)) return false;
    text = text.substr(0, e);
  }
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  return AllDigits(whole) && AllDigits(fraction) && !(whole.empty() && fraction.empty());
}

std::optional<Value> ParseFloat(std::string_view text) {
  if (!LooksLikeFloat(text)) return std::nullopt;
  if (text.starts_with('+')) text.remove_prefix(1);
  const std::optional<double> value = ParseDecimal(text);
  if (!value) return std::nullopt;
  return Value::Double(*value);
}

std::string WithoutUnderscores(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '_');
  return plain;
}

std::optional<Value> ParseNumber(std::string_view text) {
  // The only characters that numbers are made of: quick to refuse 10.0.0.1/16 and v1-2-3.
  constexpr std::string_view kCharacters = "0123456789+-._abcdefABCDEFxXoO";
  if (text.find_first_not_of(kCharacters) != std::string_view::npos) return std::nullopt;
  std::string plain;
  if (text.find('_') != std::string_view::npos) {
    plain = WithoutUnderscores(text);
    text = plain;
  }
  const std::optional<Value> integer = ParseInteger(text);
  return integer ? integer : ParseFloat(text);
}

// Behind a point at the start, underscores count only between digits, as in Go itself.
std::optional<Value> ParsePoint(std::string_view text) {
  const auto is_digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  for (std::size_t i = text.find('_'); i < text.size(); i = text.find('_', i + 1)) {
    if (!is_digit(i - 1) || !is_digit(i + 1)) return std::nullopt;
  }
  return ParseFloat(WithoutUnderscores(text));
}

// The value of `text` if it is more than a string.
std::optional<Value> Resolve(std::string_view text) {
  if (text.empty()) return Value::Null();
  switch (kStarts[static_cast<unsigned char>(text.front())]) {
    case Start::kString:
      return std::nullopt;
    case Start::kWord:
      return FindWord(kWords, text);
    case Start::kPoint: {
      const std::optional<Value> word = FindWord(kDottedWords, text);
      return word ? word : ParsePoint(text);
    }
    case Start::kNumber: {
      const std::optional<Value> number = ParseNumber(text);
      return number ? number : FindWord(kDottedWords, text);
    }
  }
  return std::nullopt;
}

// The text that octets mean in JSON: each byte that is not UTF-8 becomes U+FFFD.
std::string_view AsText(std::string_view octets, Arena& arena) {
  std::string text;
  for (std::size_t i = 0; i < octets.size();) {
    const std::size_t length = Utf8Length(octets, i);
    if (length == 0) {
      AppendUtf8(text, 0xFFFD);
      ++i;
    } else {
      text += octets.substr(i, length);
      i += length;
    }
  }
  return arena.Copy(text);
}

// The shortest digits that tell the value from its neighbours among the 32-bit floats, with an
// exponent below 1e-4 and from 1e6 on. The Go reader makes keys so.
std::string_view FloatKey(double value, Arena& arena) {
  if (std::isnan(value)) return ".nan";
  const auto narrow = static_cast<float>(value);
  if (std::isinf(narrow)) return narrow > 0 ? ".inf" : "-.inf";
  std::array<char, 32> buffer;
  char* const limit = buffer.data() + buffer.size();
  const char* end = std::to_chars(buffer.data(), limit, narrow, std::chars_format::scientific).ptr;
  const std::string_view scientific(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  std::string_view exponent_text = scientific.substr(scientific.find('e') + 1);
  if (exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
  int exponent = 0;
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  if (exponent >= -4 && exponent < 6) {
    end = std::to_chars(buffer.data(), limit, narrow, std::chars_format::fixed).ptr;
  }
  return arena.Copy({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

}  // namespace

Value ResolvePlain(std::string_view text) {
  const std::optional<Value> value = Resolve(text);
  return value ? *value : Value::String(text);
}

std::optional<Value> ResolveTagged(std::string_view tag, std::string_view text, Arena& arena) {
  constexpr std::string_view kStandard = "tag:yaml.org,2002:";
  if (!tag.starts_with(kStandard)) return Value::String(text);
  const std::string_view name = tag.substr(kStandard.size());
  const Value value = ResolvePlain(text);
  const auto only = [&](bool fits) { return fits ? std::optional(value) : std::nullopt; };
  if (name == "null") return only(value.IsNull());
  if (name == "bool") return only(value.Is(Kind::kBool));
  if (name == "int") return only(value.Is(Kind::kInt) || value.Is(Kind::kUint));
  if (name == "float") {
    if (value.Is(Kind::kInt)) return Value::Double(static_cast<double>(value.AsInt()));
    return only(value.Is(Kind::kDouble));
  }
  if (name == "binary") {
    const std::optional<std::string> octets = DecodeBase64(text, Base64Padding::kRequired);
    if (!octets) return std::nullopt;
    return Value::String(AsText(*octets, arena));
  }
  return Value::String(text);
}

Value ThroughJson(Value value) {
  if (!value.Is(Kind::kDouble)) return value;
  const double number = value.AsDouble();
  // JSON writes such a number without a point: 1.0 as 1, and -2^63 still fits.
  if (!(number >= -kTwoTo63 && number < kTwoTo63) || std::trunc(number) != number) return value;
  return Value::Int(static_cast<std::int64_t>(number)).At(value.range()).Via(value.via());
}

bool HasJsonForm(Value value) {
  return !value.Is(Kind::kDouble) || std::isfinite(value.AsDouble());
}

std::optional<Value> KeyOf(Value value, Arena& arena) {
  switch (value.kind()) {
    case Kind::kString:
      return value;
    case Kind::kBool:
      return Value::String(value.AsBool() ? "true" : "false");
    case Kind::kInt:
      return Value::String(arena.Copy(std::to_string(value.AsInt())));
    case Kind::kDouble:
      return Value::String(FloatKey(value.AsDouble(), arena));
    default:
      return std::nullopt;
  }
}

}  // namespace restorable::yaml
