#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hcl/number.h"
#include "terraform/functions.h"
#include "terraform/json_text.h"
#include "terraform/number.h"
#include "terraform/operators.h"
#include "terraform/text.h"
#include "terraform/type.h"

namespace restorable::terraform {
namespace {

constexpr int kMostWidth = 10'000;

// One verb: %[flags][width][.precision][[index]]letter.
struct Verb {
  std::string_view text;
  bool plus = false;
  bool minus = false;
  bool space = false;
  bool zero = false;
  bool hash = false;
  int width = 0;
  int precision = -1;
  std::size_t index = 0;  // 1-based; 0: the next one
  char letter = '\0';
};

class Formatter {
 public:
  Formatter(Call& call, std::string_view pattern, std::span<const Value> arguments)
      : call_(call), pattern_(pattern), arguments_(arguments) {}

  Value Run();

 private:
  std::optional<Verb> ReadVerb();
  int ReadNumber();
  std::string Print(const Verb& verb, Value value);
  std::string PrintInteger(const Verb& verb, Value number);
  std::string PrintReal(const Verb& verb, Value number);
  std::string Pad(const Verb& verb, std::string text, bool number) const;
  Value Need(Value value, TypeKind kind, const Verb& verb);
  void Fail(std::string_view message) {
    if (!failure_.has_value()) failure_ = call_.Fail(message);
  }

  Call& call_;
  std::string_view pattern_;
  std::span<const Value> arguments_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;
  std::size_t most_ = 0;  // arguments that some verb took
  std::optional<Value> failure_;
};

int Formatter::ReadNumber() {
  int number = 0;
  while (at_ < pattern_.size() && pattern_[at_] >= '0' && pattern_[at_] <= '9') {
    number = std::min(kMostWidth, number * 10 + (pattern_[at_++] - '0'));
  }
  return number;
}

std::optional<Verb> Formatter::ReadVerb() {
  Verb verb;
  const std::size_t begin = at_++;
  for (; at_ < pattern_.size(); ++at_) {
    const char c = pattern_[at_];
    bool* const flag = c == '+'   ? &verb.plus
                       : c == '-' ? &verb.minus
                       : c == ' ' ? &verb.space
                       : c == '0' ? &verb.zero
                       : c == '#' ? &verb.hash
                                  : nullptr;
    if (flag == nullptr) break;
    *flag = true;
  }
  verb.width = ReadNumber();
  if (at_ < pattern_.size() && pattern_[at_] == '.') {
    ++at_;
    verb.precision = ReadNumber();
  }
  if (at_ < pattern_.size() && pattern_[at_] == '[') {
    ++at_;
    verb.index = static_cast<std::size_t>(ReadNumber());
    if (verb.index == 0 || at_ == pattern_.size() || pattern_[at_++] != ']') return std::nullopt;
  }
  if (at_ == pattern_.size()) return std::nullopt;
  verb.letter = pattern_[at_++];
  verb.text = pattern_.substr(begin, at_ - begin);
  return verb;
}

Value Formatter::Run() {
  std::string out;
  while (at_ < pattern_.size() && !failure_.has_value()) {
    if (pattern_[at_] != '%') {
      const std::size_t end = std::min(pattern_.find('%', at_), pattern_.size());
      out += pattern_.substr(at_, end - at_);
      at_ = end;
      continue;
    }
    const std::size_t begin = at_;
    const std::optional<Verb> verb = ReadVerb();
    if (!verb.has_value()) {
      return call_.Fail("`" + std::string(pattern_.substr(begin)) + "` is not complete");
    }
    if (verb->letter == '%') {
      out += '%';
      continue;
    }
    const std::size_t index = verb->index == 0 ? next_ : verb->index - 1;
    next_ = index + 1;
    most_ = std::max(most_, next_);
    if (index >= arguments_.size()) {
      return call_.Fail("there is no argument for `" + std::string(verb->text) + "`");
    }
    out += Print(*verb, arguments_[index]);
    if (out.size() > call_.context.limits.file_bytes) return call_.context.Limit("file_bytes");
  }
  if (failure_.has_value()) return *failure_;
  if (!call_.context.Spend(out.size() / 16)) return call_.context.Limit("evaluation_steps");
  if (most_ < arguments_.size()) return call_.Fail("more arguments than verbs");
  return call_.Return(out);
}

Value Formatter::Need(Value value, TypeKind kind, const Verb& verb) {
  const Value converted = Convert(call_.context, value, {.kind = kind});
  if (converted.IsUnknown() && !failure_.has_value()) failure_ = converted;
  if (converted.IsError() || converted.IsNull()) {
    Fail("`" + std::string(verb.text) + "` does not print " + std::string(KindName(value)));
  }
  return converted;
}

std::string Formatter::Pad(const Verb& verb, std::string text, bool number) const {
  const std::size_t size = Characters(text).size();
  const auto width = static_cast<std::size_t>(verb.width);
  if (size >= width) return text;
  if (verb.minus) return text.append(width - size, ' ');
  if (!verb.zero) return std::string(width - size, ' ') + text;
  const bool sign = number && (text[0] == '-' || text[0] == '+' || text[0] == ' ');
  return text.insert(sign ? 1 : 0, width - size, '0');
}

std::string Formatter::PrintInteger(const Verb& verb, Value number) {
  const bool beyond =
      number.Is(Kind::kDouble) && std::trunc(number.AsDouble()) == number.AsDouble();
  if (beyond && verb.letter == 'd') {
    const std::string text = NumberText(number);
    const std::string sign = text[0] == '-' ? "" : verb.plus ? "+" : verb.space ? " " : "";
    return Pad(verb, sign + text, true);
  }
  if (beyond) {
    failure_ = hcl::TooLarge();
    return {};
  }
  if (!number.Is(Kind::kInt)) {
    Fail("`" + std::string(verb.text) + "` takes a whole number");
    return {};
  }
  const std::int64_t value = number.AsInt();
  const auto bits = static_cast<std::uint64_t>(value);
  const std::uint64_t magnitude = value < 0 ? 0 - bits : bits;
  std::string digits;
  switch (verb.letter) {
    case 'b':
      digits = fmt::format("{:b}", magnitude);
      break;
    case 'o':
      digits = (verb.hash ? "0" : "") + fmt::format("{:o}", magnitude);
      break;
    case 'x':
      digits = (verb.hash ? "0x" : "") + fmt::format("{:x}", magnitude);
      break;
    case 'X':
      digits = (verb.hash ? "0X" : "") + fmt::format("{:X}", magnitude);
      break;
    default:
      digits = std::to_string(magnitude);
  }
  const std::string sign = value < 0 ? "-" : verb.plus ? "+" : verb.space ? " " : "";
  return Pad(verb, sign + digits, true);
}

std::string Formatter::PrintReal(const Verb& verb, Value number) {
  const double value = AsReal(number);
  const std::string sign = value >= 0 ? (verb.plus ? "+" : verb.space ? " " : "") : "";
  std::string digits;
  const bool shortest = verb.letter == 'g' || verb.letter == 'G';
  if (shortest && verb.precision < 0) {
    // An exponent from six digits on, as C has it.
    const double magnitude = std::fabs(value);
    const bool exponent = magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e6);
    std::array<char, 32> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific);
    digits = exponent ? std::string(text.data(), end.ptr) : NumberText(number);
    if (verb.letter == 'G') std::ranges::replace(digits, 'e', 'E');
  } else {
    const int precision = verb.precision < 0 ? 6 : verb.precision;
    const std::string spec = fmt::format("{{:.{}{}}}", precision, verb.letter);
    digits = fmt::format(fmt::runtime(spec), value);
  }
  return Pad(verb, sign + digits, true);
}

std::string Formatter::Print(const Verb& verb, Value value) {
  switch (verb.letter) {
    case 'v': {
      std::string text;
      if (value.IsString() && !verb.hash) {
        text = value.AsString();
      } else {
        AppendJson(text, value);
      }
      return Pad(verb, text, IsNumber(value));
    }
    case 't': {
      const Value truth = Need(value, TypeKind::kBool, verb);
      return failure_.has_value() ? "" : (truth.AsBool() ? "true" : "false");
    }
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X': {
      const Value number = Need(value, TypeKind::kNumber, verb);
      return failure_.has_value() ? "" : PrintInteger(verb, number);
    }
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G': {
      const Value number = Need(value, TypeKind::kNumber, verb);
      return failure_.has_value() ? "" : PrintReal(verb, number);
    }
    case 's':
    case 'q': {
      const Value text = Need(value, TypeKind::kString, verb);
      if (failure_.has_value()) return {};
      std::string out(text.AsString());
      if (verb.precision >= 0) {
        std::string cut;
        const auto characters = Characters(text.AsString());
        const auto count = std::min(characters.size(), static_cast<std::size_t>(verb.precision));
        for (std::size_t i = 0; i < count; ++i) cut += characters[i];
        out = cut;
      }
      if (verb.letter == 's') return Pad(verb, out, false);
      std::string quoted;
      AppendJson(quoted, Value::String(out));
      return Pad(verb, quoted, false);
    }
    default:
      Fail("there is no verb `" + std::string(verb.text) + "`");
      return {};
  }
}

}  // namespace

Value Format(Call& call) {
  return Formatter(call, call.String(0), call.arguments().subspan(1)).Run();
}

// One text for each element of the lists; what is no list stands for each of them.
Value FormatList(Call& call) {
  std::optional<std::size_t> size;
  for (const Value& value : call.arguments().subspan(1)) {
    if (!value.IsList()) continue;
    if (size.has_value() && *size != value.size()) return call.Fail("the lists differ in length");
    size = value.size();
  }
  std::vector<Value> texts;
  for (std::size_t i = 0; i < size.value_or(1); ++i) {
    std::vector<Value> row;
    for (const Value& value : call.arguments().subspan(1)) {
      row.push_back(value.IsList() ? value.AsList()[i] : value);
    }
    texts.push_back(Formatter(call, call.String(0), row).Run());
    if (texts.back().IsError()) return texts.back();
  }
  return call.Return(call.context.List(texts, Shape::kUniform));
}

}  // namespace restorable::terraform
