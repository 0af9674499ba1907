#include "cel/escape.h"

#include <cstdint>

#include "base/text.h"

namespace restorable::cel {
namespace {

struct SimpleEscape {
  char letter;
  char meaning;
};
constexpr SimpleEscape kSimple[] = {
    {'\\', '\\'}, {'?', '?'},  {'"', '"'},  {'\'', '\''}, {'`', '`'},  {'a', '\a'},
    {'b', '\b'},  {'f', '\f'}, {'n', '\n'}, {'r', '\r'},  {'t', '\t'}, {'v', '\v'},
};

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

// How many digits follow the letter of a numeric escape, and where they start.
struct NumericForm {
  std::size_t skip = 0;  // letters before the digits
  std::size_t digits = 0;
  int base = 16;
  bool octet = false;  // names an octet when in bytes
};

std::optional<NumericForm> FormOf(char letter) {
  switch (letter) {
    case 'x':
    case 'X':
      return NumericForm{1, 2, 16, true};
    case 'u':
      return NumericForm{1, 4, 16, false};
    case 'U':
      return NumericForm{1, 8, 16, false};
    case '0':
    case '1':
    case '2':
    case '3':
      return NumericForm{0, 3, 8, true};
    default:
      return std::nullopt;
  }
}

class Decoder {
 public:
  Decoder(std::string_view body, LiteralKind kind) : body_(body), kind_(kind) {}

  Unescaped Run() {
    while (offset_ < body_.size() && !result_.fault) {
      const std::size_t backslash = std::min(body_.find('\\', offset_), body_.size());
      result_.text += body_.substr(offset_, backslash - offset_);
      offset_ = backslash;
      if (offset_ < body_.size()) DecodeOne();
    }
    return std::move(result_);
  }

 private:
  void DecodeOne() {
    const char letter = offset_ + 1 < body_.size() ? body_[offset_ + 1] : '\0';
    if (const std::optional<NumericForm> form = FormOf(letter)) return DecodeNumber(*form);
    for (const SimpleEscape& simple : kSimple) {
      if (simple.letter != letter) continue;
      result_.text += simple.meaning;
      offset_ += 2;
      return;
    }
    Fail(2, "");
  }

  void DecodeNumber(const NumericForm& form) {
    const std::size_t first = offset_ + 1 + form.skip;
    const std::size_t size = 1 + form.skip + form.digits;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < form.digits; ++i) {
      const int digit = first + i < body_.size() ? DigitValue(body_[first + i]) : 99;
      if (digit >= form.base) return Fail(1 + form.skip + i, "; it needs more digits");
      number = number * static_cast<std::uint32_t>(form.base) + static_cast<std::uint32_t>(digit);
    }
    if (kind_ == LiteralKind::kBytes) {
      if (!form.octet) return Fail(size, " in bytes");
      result_.text += static_cast<char>(number);
    } else {
      if (number > 0x10FFFF) return Fail(size, "; the last code point is 10FFFF");
      if (number >= 0xD800 && number <= 0xDFFF) {
        return Fail(size, "; surrogates are not code points");
      }
      AppendUtf8(result_.text, number);
    }
    offset_ += size;
  }

  void Fail(std::size_t size, std::string_view reason) {
    std::size_t end = std::min(offset_ + size, body_.size());
    // Do not cut a code point in two.
    while (end < body_.size() && (static_cast<unsigned char>(body_[end]) & 0xC0) == 0x80) ++end;
    result_.fault = {offset_, end - offset_, reason};
  }

  std::string_view body_;
  LiteralKind kind_;
  std::size_t offset_ = 0;
  Unescaped result_;
};

}  // namespace

Unescaped Unescape(std::string_view body, LiteralKind kind) { return Decoder(body, kind).Run(); }

}  // namespace restorable::cel
