#include "json/scanner.h"

#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <system_error>
#include <utility>

#include "base/encoding.h"
#include "base/number.h"
#include "base/text.h"
#include "json/diagnostics.h"

namespace restorable::json {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// What ends the fast run through a string: the quote, an escape, control characters.
constexpr std::array<bool, 256> kStopsRun = [] {
  std::array<bool, 256> stops{};
  for (std::size_t i = 0; i < 0x20; ++i) stops[i] = true;
  stops['"'] = true;
  stops['\\'] = true;
  return stops;
}();

std::string Hex(unsigned char byte) {
  std::array<char, 8> text;
  const int length = std::snprintf(text.data(), text.size(), "0x%02X", byte);
  return {text.data(), static_cast<std::size_t>(length)};
}

constexpr bool IsHighSurrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool IsLowSurrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

Scanner::Scanner(const SourceFile& file, Arena& arena, const Options& options,
                 std::vector<Diagnostic>& diagnostics)
    : file_(file.id()),
      text_(file.text()),
      arena_(arena),
      options_(options),
      diagnostics_(diagnostics) {
  offset_ = static_cast<std::uint32_t>(ByteOrderMarkLength(text_));
}

void Scanner::Report(const DiagnosticKind& kind, Range range, std::string argument) {
  diagnostics_.push_back({&kind, range, {std::move(argument)}, {}});
}

void Scanner::ReportExpected(std::string_view what) {
  std::string found = "the end of the text";
  Range range{file_, offset_, offset_};
  if (!AtEnd()) {
    std::size_t end = offset_;
    (void)DecodeUtf8(text_, end);
    range.end = static_cast<std::uint32_t>(end);
    found = "`" + std::string(text_.substr(offset_, end - offset_)) + "`";
  }
  diagnostics_.push_back({&kUnexpected, range, {std::string(what), std::move(found)}, {}});
}

bool Scanner::SkipBlanks() {
  while (true) {
    const char c = Peek();
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      Advance();
    } else if (c == '/' && options_.comments) {
      if (!SkipComment()) return false;
    } else {
      return true;
    }
  }
}

bool Scanner::SkipComment() {
  const std::uint32_t begin = offset_;
  const std::string_view rest = text_.substr(begin);
  if (rest.starts_with("//")) {
    const std::size_t length = rest.find_first_of("\r\n");
    offset_ += static_cast<std::uint32_t>(std::min(length, rest.size()));
    return true;
  }
  if (!rest.starts_with("/*")) {
    ReportExpected("a value");
    return false;
  }
  const std::size_t close = rest.find("*/", 2);
  if (close == std::string_view::npos) {
    Report(kUnclosedComment, {file_, begin, begin + 2}, {});
    return false;
  }
  offset_ += static_cast<std::uint32_t>(close + 2);
  return true;
}

bool Scanner::IsRawAllowed(char c) const {
  return options_.multiline_strings && (c == '\n' || c == '\r' || c == '\t');
}

void Scanner::ReportRaw() {
  if (AtEnd()) return;
  Report(kControlCharacter, {file_, offset_, offset_ + 1}, Hex(static_cast<unsigned char>(Peek())));
}

std::optional<Value> Scanner::ReadString() {
  const std::uint32_t begin = offset_;
  Advance();
  while (true) {
    while (!AtEnd() && !kStopsRun[static_cast<unsigned char>(text_[offset_])]) ++offset_;
    if (AtEnd()) {
      Report(kUnclosedString, {file_, begin, begin + 1}, {});
      return std::nullopt;
    }
    const char c = Peek();
    if (c == '"') break;
    if (c == '\\') return ReadEscapedString(begin);
    if (!IsRawAllowed(c)) {
      ReportRaw();
      return std::nullopt;
    }
    Advance();
  }
  const std::string_view content = text_.substr(begin + 1, offset_ - begin - 1);
  Advance();
  return Value::String(content).At(RangeFrom(begin));
}

std::optional<Value> Scanner::ReadEscapedString(std::uint32_t begin) {
  buffer_.assign(text_.substr(begin + 1, offset_ - begin - 1));
  while (true) {
    const std::uint32_t run = offset_;
    while (!AtEnd() && !kStopsRun[static_cast<unsigned char>(text_[offset_])]) ++offset_;
    buffer_.append(text_.substr(run, offset_ - run));
    if (AtEnd()) {
      Report(kUnclosedString, {file_, begin, begin + 1}, {});
      return std::nullopt;
    }
    const char c = Peek();
    if (c == '"') break;
    if (c == '\\') {
      if (!ReadEscape(buffer_)) return std::nullopt;
    } else if (IsRawAllowed(c)) {
      buffer_ += c;
      Advance();
    } else {
      ReportRaw();
      return std::nullopt;
    }
  }
  Advance();
  return Value::String(arena_.Copy(buffer_)).At(RangeFrom(begin));
}

void Scanner::ReportBadEscape(std::uint32_t begin) {
  if (!AtEnd()) {
    std::size_t end = offset_;
    (void)DecodeUtf8(text_, end);
    offset_ = static_cast<std::uint32_t>(end);
  }
  const Range range = RangeFrom(begin);
  Report(kBadEscape, range, std::string(text_.substr(begin, range.size())));
}

bool Scanner::ReadEscape(std::string& out) {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kCharacters = "\"\\/\b\f\n\r\t";
  const std::uint32_t begin = offset_;
  Advance();
  if (Peek() == 'u') {
    Advance();
    return ReadUnicodeEscape(begin, out);
  }
  const std::size_t index = AtEnd() ? std::string_view::npos : kNames.find(Peek());
  if (index == std::string_view::npos) {
    ReportBadEscape(begin);
    return false;
  }
  out += kCharacters[index];
  Advance();
  return true;
}

std::optional<std::uint32_t> Scanner::ReadFourHexDigits() {
  std::uint32_t unit = 0;
  const std::string_view digits = text_.substr(offset_, 4);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
  if (error != std::errc() || end != digits.data() + 4) return std::nullopt;
  offset_ += 4;
  return unit;
}

bool Scanner::ReadUnicodeEscape(std::uint32_t begin, std::string& out) {
  const std::optional<std::uint32_t> unit = ReadFourHexDigits();
  if (!unit) {
    while (std::isxdigit(static_cast<unsigned char>(Peek())) != 0) Advance();
    ReportBadEscape(begin);
    return false;
  }
  char32_t code_point = *unit;
  if (IsHighSurrogate(*unit) && text_.substr(offset_).starts_with("\\u")) {
    const std::uint32_t back = offset_;
    offset_ += 2;
    const std::optional<std::uint32_t> low = ReadFourHexDigits();
    if (low && IsLowSurrogate(*low)) {
      code_point = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
    } else {
      offset_ = back;
    }
  }
  if (code_point >= 0xD800 && code_point < 0xE000) {
    const Range range = RangeFrom(begin);
    Report(kLoneSurrogate, range, std::string(text_.substr(begin, range.size())));
    return false;
  }
  AppendUtf8(out, code_point);
  return true;
}

void Scanner::SkipDigits() {
  while (IsDigit(Peek())) Advance();
}

std::optional<Value> Scanner::ReadNumber() {
  const std::uint32_t begin = offset_;
  const auto expect_digit = [&] {
    if (IsDigit(Peek())) return true;
    ReportExpected("a digit");
    return false;
  };
  if (Peek() == '-') Advance();
  if (!expect_digit()) return std::nullopt;
  if (Peek() == '0') {
    Advance();
  } else {
    SkipDigits();
  }
  bool integral = true;
  if (Peek() == '.') {
    integral = false;
    Advance();
    if (!expect_digit()) return std::nullopt;
    SkipDigits();
  }
  if (Peek() == 'e' || Peek() == 'E') {
    integral = false;
    Advance();
    if (Peek() == '+' || Peek() == '-') Advance();
    if (!expect_digit()) return std::nullopt;
    SkipDigits();
  }
  const Range range = RangeFrom(begin);
  const std::string_view text = text_.substr(begin, range.size());
  const char* const first = text.data();
  const char* const last = first + text.size();
  if (integral) {
    std::int64_t integer = 0;
    if (std::from_chars(first, last, integer).ec == std::errc()) {
      return Value::Int(integer).At(range);
    }
    std::uint64_t natural = 0;
    if (*first != '-' && std::from_chars(first, last, natural).ec == std::errc()) {
      return Value::Uint(natural).At(range);
    }
  }
  const std::optional<double> real = ParseDecimal(text);
  if (!real) {
    Report(kNumberOutOfRange, range, std::string(text));
    return std::nullopt;
  }
  return Value::Double(*real).At(range);
}

std::optional<Value> Scanner::ReadWord() {
  constexpr std::pair<std::string_view, Value> kWords[] = {
      {"null", Value::Null()}, {"true", Value::Bool(true)}, {"false", Value::Bool(false)}};
  const std::uint32_t begin = offset_;
  for (const auto& [word, value] : kWords) {
    if (!text_.substr(begin).starts_with(word)) continue;
    offset_ += static_cast<std::uint32_t>(word.size());
    return value.At(RangeFrom(begin));
  }
  ReportExpected("a value");
  return std::nullopt;
}

bool Scanner::SkipContainer(std::uint32_t nesting) {
  std::string closers;  // of what is open, innermost last
  do {
    const char c = Peek();
    if (c == '{' || c == '[') {
      if (closers.size() >= nesting) {
        Report(kTooDeep, RangeFrom(offset_), std::to_string(nesting));
        return false;
      }
      closers += c == '{' ? '}' : ']';
    } else if (c == '}' || c == ']') {
      if (c != closers.back()) {
        ReportExpected(closers.back() == '}' ? "`}`" : "`]`");
        return false;
      }
      closers.pop_back();
    } else if (c == '"') {
      if (!SkipString()) return false;
      continue;
    } else if (AtEnd()) {
      ReportExpected(closers.back() == '}' ? "`}`" : "`]`");
      return false;
    }
    Advance();
  } while (!closers.empty());
  return true;
}

bool Scanner::SkipString() {
  const std::uint32_t begin = offset_;
  for (Advance(); !AtEnd(); Advance()) {
    if (Peek() == '"') {
      Advance();
      return true;
    }
    if (Peek() == '\\') Advance();
    if (AtEnd()) break;
  }
  Report(kUnclosedString, {file_, begin, begin + 1}, {});
  return false;
}

}  // namespace restorable::json
