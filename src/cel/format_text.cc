#include "cel/format_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cel/code_points.h"
#include "cel/number_text.h"
#include "cel/time_text.h"

namespace restorable::cel {
namespace {

constexpr int kMostPrecision = 1000;  // more digits than any double has

struct Verb {
  char letter = 0;
  int precision = 6;
};

class Formatter {
 public:
  Formatter(std::string_view format, std::span<const Value> arguments, std::size_t most_bytes)
      : rest_(format), arguments_(arguments), most_bytes_(most_bytes) {}

  tl::expected<std::string, FormatError> Run() {
    while (!rest_.empty() && !error_) {
      const std::size_t percent = std::min(rest_.find('%'), rest_.size());
      Append(rest_.substr(0, percent));
      rest_.remove_prefix(percent);
      if (!rest_.empty()) Clause();
    }
    if (error_) return tl::unexpected(std::move(*error_));
    return std::move(out_);
  }

 private:
  void Fail(std::string message) {
    if (!error_) error_ = FormatError{std::move(message), false};
  }

  void Append(std::string_view text) {
    out_.append(text);
    if (out_.size() > most_bytes_ && !error_) error_ = FormatError{"", true};
  }

  // At a percent sign.
  void Clause() {
    rest_.remove_prefix(1);
    if (rest_.starts_with('%')) {
      rest_.remove_prefix(1);
      return Append("%");
    }
    const std::optional<Verb> verb = TakeVerb();
    if (!verb) return;
    if (next_ == arguments_.size()) {
      return Fail(fmt::format("the format has more than {} verbs, there are {} values", next_,
                              arguments_.size()));
    }
    Print(*verb, arguments_[next_++]);
  }

  std::optional<Verb> TakeVerb() {
    Verb verb;
    if (rest_.starts_with('.')) {
      const char* const end = rest_.data() + rest_.size();
      const auto [stop, error] = std::from_chars(rest_.data() + 1, end, verb.precision);
      if (error != std::errc() || verb.precision < 0 || verb.precision > kMostPrecision) {
        Fail(fmt::format("a precision is a number from 0 to {}", kMostPrecision));
        return std::nullopt;
      }
      rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
    }
    if (rest_.empty()) {
      Fail("the format ends within a verb");
      return std::nullopt;
    }
    const std::size_t length = std::max<std::size_t>(Utf8Length(rest_, 0), 1);
    const std::string_view letter = rest_.substr(0, length);
    rest_.remove_prefix(length);
    constexpr std::string_view kVerbs = "sdfebxXo";
    if (length != 1 || kVerbs.find(letter.front()) == std::string_view::npos) {
      Fail(fmt::format("`%{}` is no verb of a format", letter));
      return std::nullopt;
    }
    verb.letter = letter.front();
    return verb;
  }

  void Print(Verb verb, Value value) {
    switch (verb.letter) {
      case 's':
        return PrintAny(value);
      case 'd':
        return value.Is(Kind::kDouble) ? PrintAny(value) : PrintInteger(verb, "{}", value);
      case 'f':
      case 'e':
        return PrintNumber(verb, value);
      case 'b':
        if (value.Is(Kind::kBool)) return Append(value.AsBool() ? "1" : "0");
        return PrintInteger(verb, "{:b}", value);
      case 'o':
        return PrintInteger(verb, "{:o}", value);
      default:
        return PrintHex(verb, value);
    }
  }

  void Refuse(Verb verb, Value value) {
    Fail(fmt::format("`%{}` does not print values of type `{}`", verb.letter, TypeName(value)));
  }

  void PrintInteger(Verb verb, std::string_view form, Value value) {
    if (value.Is(Kind::kInt)) return Append(fmt::format(fmt::runtime(form), value.AsInt()));
    if (value.Is(Kind::kUint)) return Append(fmt::format(fmt::runtime(form), value.AsUint()));
    Refuse(verb, value);
  }

  void PrintHex(Verb verb, Value value) {
    const bool upper = verb.letter == 'X';
    if (!value.IsString() && !value.Is(Kind::kBytes)) {
      return PrintInteger(verb, upper ? "{:X}" : "{:x}", value);
    }
    const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    const std::string_view octets = value.IsString() ? value.AsString() : value.AsBytes();
    std::string text;
    for (const char c : octets) {
      const auto octet = static_cast<unsigned char>(c);
      text += digits[octet >> 4];
      text += digits[octet & 0xF];
    }
    Append(text);
  }

  void PrintNumber(Verb verb, Value value) {
    double number = 0;
    if (value.Is(Kind::kInt)) {
      number = static_cast<double>(value.AsInt());
    } else if (value.Is(Kind::kUint)) {
      number = static_cast<double>(value.AsUint());
    } else if (value.Is(Kind::kDouble)) {
      number = value.AsDouble();
    } else {
      return Refuse(verb, value);
    }
    if (!std::isfinite(number)) return Append(NameOf(number));
    Append(verb.letter == 'f' ? fmt::format("{:.{}f}", number, verb.precision)
                              : fmt::format("{:.{}e}", number, verb.precision));
  }

  static std::string_view NameOf(double value) {
    if (std::isnan(value)) return "NaN";
    return value > 0 ? "Infinity" : "-Infinity";
  }

  void PrintAny(Value value) {
    if (error_) return;
    switch (value.kind()) {
      case Kind::kNull:
        return Append("null");
      case Kind::kBool:
        return Append(value.AsBool() ? "true" : "false");
      case Kind::kInt:
        return Append(fmt::to_string(value.AsInt()));
      case Kind::kUint:
        return Append(fmt::to_string(value.AsUint()));
      case Kind::kDouble:
        return PrintDouble(value.AsDouble());
      case Kind::kString:
        return Append(value.AsString());
      case Kind::kBytes:
        return Append(ToValidUtf8(value.AsBytes()));
      case Kind::kList:
        return PrintList(value);
      case Kind::kMap:
        return PrintMap(value);
      case Kind::kTimestamp:
        return Append(FormatTimestamp({value.Seconds(), value.Nanoseconds()}));
      case Kind::kDuration:
        return Append(FormatDuration(value.AsDuration()));
      case Kind::kType:
        return Append(value.AsType());
      case Kind::kOpaque:
        return Append(value.AsOpaque().type->print(value.AsOpaque().data));
      case Kind::kOptional:
      case Kind::kError:
      case Kind::kUnknown:
        return Refuse({.letter = 's'}, value);
    }
  }

  // Without an exponent, whatever the size: the shortest digits, then zeros.
  void PrintDouble(double value) {
    if (!std::isfinite(value)) return Append(NameOf(value));
    constexpr double kTwoTo53 = 9007199254740992.0;
    const auto form =
        std::fabs(value) < kTwoTo53 ? std::chars_format::fixed : std::chars_format::scientific;
    char buffer[400];
    const std::string_view text(buffer, std::to_chars(buffer, std::end(buffer), value, form).ptr);
    if (form == std::chars_format::fixed) return Append(text);
    const std::size_t e = text.find('e');
    std::string digits(text.substr(0, e));
    const std::size_t fraction = std::erase(digits, '.') == 0 ? 0 : digits.size() - (value < 0) - 1;
    const auto exponent = static_cast<std::size_t>(ParseInt(text.substr(e + 1)).value_or(0));
    Append(digits.append(exponent - fraction, '0'));
  }

  void PrintList(Value list) {
    Append("[");
    bool first = true;
    for (const Value& item : list.AsList()) {
      if (!std::exchange(first, false)) Append(", ");
      PrintAny(item);
      if (error_) return;
    }
    Append("]");
  }

  void PrintMap(Value map) {
    std::vector<std::pair<std::string, Value>> entries;
    for (const MapEntry& entry : map.AsMap()) {
      // A key prints like any value; what is printed so far waits outside.
      std::string before = std::exchange(out_, {});
      PrintAny(entry.key);
      entries.emplace_back(std::exchange(out_, std::move(before)), entry.value);
    }
    std::ranges::stable_sort(entries, {}, &std::pair<std::string, Value>::first);
    Append("{");
    bool first = true;
    for (const auto& [key, value] : entries) {
      if (!std::exchange(first, false)) Append(", ");
      Append(key);
      Append(": ");
      PrintAny(value);
      if (error_) return;
    }
    Append("}");
  }

  std::string_view rest_;  // of the format
  std::span<const Value> arguments_;
  std::size_t next_ = 0;
  std::size_t most_bytes_;
  std::string out_;
  std::optional<FormatError> error_;
};

}  // namespace

tl::expected<std::string, FormatError> FormatText(std::string_view format,
                                                  std::span<const Value> arguments,
                                                  std::size_t most_bytes) {
  return Formatter(format, arguments, most_bytes).Run();
}

}  // namespace restorable::cel
