#include "cel/lex.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "cel/diagnostics.h"
#include "cel/escape.h"

namespace restorable::cel {
namespace {

constexpr std::string_view kReserved[] = {
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",   "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};

struct Keyword {
  std::string_view word;
  TokenKind kind;
};
constexpr Keyword kKeywords[] = {{"true", TokenKind::kTrue},
                                 {"false", TokenKind::kFalse},
                                 {"null", TokenKind::kNull},
                                 {"in", TokenKind::kIn}};

// Longer marks stand before their prefixes.
constexpr Keyword kPunctuation[] = {
    {"==", TokenKind::kEqual},       {"!=", TokenKind::kNotEqual},
    {"<=", TokenKind::kLessOrEqual}, {">=", TokenKind::kGreaterOrEqual},
    {"&&", TokenKind::kAnd},         {"||", TokenKind::kOr},
    {"(", TokenKind::kParenOpen},    {")", TokenKind::kParenClose},
    {"[", TokenKind::kBracketOpen},  {"]", TokenKind::kBracketClose},
    {"{", TokenKind::kBraceOpen},    {"}", TokenKind::kBraceClose},
    {".", TokenKind::kDot},          {",", TokenKind::kComma},
    {"?", TokenKind::kQuestion},     {":", TokenKind::kColon},
    {"+", TokenKind::kPlus},         {"-", TokenKind::kMinus},
    {"*", TokenKind::kStar},         {"/", TokenKind::kSlash},
    {"%", TokenKind::kPercent},      {"!", TokenKind::kNot},
    {"<", TokenKind::kLess},         {">", TokenKind::kGreater},
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c); }
bool IsQuotedNamePart(char c) {
  return IsNamePart(c) || c == '.' || c == '-' || c == '/' || c == ' ';
}
bool IsQuote(char c) { return c == '"' || c == '\''; }

std::string_view HintFor(char c) {
  switch (c) {
    case '=':
      return "; equality is `==`";
    case '&':
      return "; the operator is `&&`";
    case '|':
      return "; the operator is `||`";
    case ';':
      return "; an expression has no end mark";
    default:
      return "";
  }
}

// Triple-quoted text has LF for every kind of line end.
std::string NormalizeLineEnds(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      result += text[i];
      continue;
    }
    result += '\n';
    if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
  }
  return result;
}

}  // namespace

bool IsReservedWord(std::string_view word) {
  return std::ranges::find(kReserved, word) != std::end(kReserved);
}

Range Lexer::From(std::size_t begin) const {
  return {kExpressionFile, static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(position_)};
}

Token Lexer::Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
  diagnostics_.push_back({.kind = &kind, .range = range, .args = std::move(args), .notes = {}});
  return {TokenKind::kInvalid, range, {}};
}

void Lexer::SkipSpace() {
  while (!AtEnd()) {
    const char c = Peek();
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
      ++position_;
    } else if (c == '/' && Peek(1) == '/') {
      while (!AtEnd() && Peek() != '\n') ++position_;
    } else {
      return;
    }
  }
}

Token Lexer::Next() {
  SkipSpace();
  if (AtEnd()) return Make(TokenKind::kEnd, position_);
  const char c = Peek();
  if (AtString()) return ReadString();
  if (IsNameStart(c)) return ReadWord();
  if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return ReadNumber();
  if (c == '`') return ReadQuotedName();
  return ReadPunctuation();
}

Token Lexer::ReadWord() {
  const std::size_t begin = position_;
  while (IsNamePart(Peek())) ++position_;
  const std::string_view word = text_.substr(begin, position_ - begin);
  for (const Keyword& keyword : kKeywords) {
    if (keyword.word == word) return Make(keyword.kind, begin);
  }
  return Make(TokenKind::kIdentifier, begin, Value::String(word));
}

Token Lexer::ReadQuotedName() {
  const std::size_t begin = position_++;
  while (IsQuotedNamePart(Peek())) ++position_;
  const std::string_view name = text_.substr(begin + 1, position_ - begin - 1);
  if (Peek() != '`') {
    return Report(kExpected, From(begin),
                  {"a closing back-quote after letters, digits, `_`, `.`, `-`, `/` or spaces",
                   AtEnd() ? "the end" : "something else"});
  }
  ++position_;
  if (name.empty()) return Report(kExpected, From(begin), {"a name", "empty back-quotes"});
  return Make(TokenKind::kQuotedIdentifier, begin, Value::String(name));
}

Token Lexer::ReadNumber() {
  const std::size_t begin = position_;
  if (Peek() == '0' && Peek(1) == 'x' && IsHexDigit(Peek(2))) return ReadHexadecimal(begin);
  while (IsDigit(Peek())) ++position_;
  const std::string_view digits = text_.substr(begin, position_ - begin);
  bool real = false;
  if (Peek() == '.' && IsDigit(Peek(1))) {
    real = true;
    ++position_;
    while (IsDigit(Peek())) ++position_;
  }
  if (Peek() == 'e' || Peek() == 'E') {
    const std::size_t sign = Peek(1) == '+' || Peek(1) == '-' ? 1 : 0;
    if (IsDigit(Peek(1 + sign))) {
      real = true;
      position_ += 1 + sign;
      while (IsDigit(Peek())) ++position_;
    }
  }
  return real ? ReadDouble(begin) : FinishInteger(begin, digits, 10);
}

Token Lexer::ReadHexadecimal(std::size_t begin) {
  position_ += 2;
  const std::size_t first = position_;
  while (IsHexDigit(Peek())) ++position_;
  return FinishInteger(begin, text_.substr(first, position_ - first), 16);
}

Token Lexer::FinishInteger(std::size_t begin, std::string_view digits, int base) {
  const bool natural = Peek() == 'u' || Peek() == 'U';
  if (natural) ++position_;
  std::uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  if (error != std::errc() || end != digits.data() + digits.size()) {
    const Range range = From(begin);
    return Report(kNumberRange, range,
                  {std::string(text_.substr(range.begin, range.size())), natural ? "uint" : "int"});
  }
  return Make(natural ? TokenKind::kUint : TokenKind::kInt, begin, Value::Uint(number));
}

Token Lexer::ReadDouble(std::size_t begin) {
  const std::string digits(text_.substr(begin, position_ - begin));
  // Not from_chars: a number too small is zero here and not an error.
  const double number = std::strtod(digits.c_str(), nullptr);
  if (std::isinf(number)) return Report(kNumberRange, From(begin), {digits, "double"});
  return Make(TokenKind::kDouble, begin, Value::Double(number));
}

bool Lexer::AtString() const {
  if (IsQuote(Peek())) return true;
  const auto is = [this](std::size_t i, char lower, char upper) {
    return Peek(i) == lower || Peek(i) == upper;
  };
  if (is(0, 'r', 'R')) return IsQuote(Peek(1));
  if (!is(0, 'b', 'B')) return false;
  return IsQuote(Peek(1)) || (is(1, 'r', 'R') && IsQuote(Peek(2)));
}

// Moves to the closing quotes; false when there are none.
bool Lexer::SkipToClosing(const Quotes& quotes) {
  while (!AtEnd()) {
    const char c = Peek();
    if (c == quotes.mark &&
        (!quotes.triple || (Peek(1) == quotes.mark && Peek(2) == quotes.mark))) {
      return true;
    }
    if (!quotes.triple && (c == '\n' || c == '\r')) return false;
    position_ += c == '\\' && !quotes.raw ? 2 : 1;
  }
  position_ = text_.size();
  return false;
}

Token Lexer::ReadString() {
  const std::size_t begin = position_;
  Quotes quotes{};
  for (; !IsQuote(Peek()); ++position_) {
    (Peek() == 'b' || Peek() == 'B' ? quotes.bytes : quotes.raw) = true;
  }
  quotes.mark = Peek();
  quotes.triple = Peek(1) == quotes.mark && Peek(2) == quotes.mark;
  const std::size_t width = quotes.triple ? 3 : 1;
  const Range opening = {kExpressionFile, static_cast<std::uint32_t>(position_),
                         static_cast<std::uint32_t>(position_ + width)};
  position_ += width;
  const std::size_t first = position_;
  if (!SkipToClosing(quotes)) {
    const std::string marks(text_.substr(opening.begin, width));
    return Report(kUnclosedString, opening, {"`" + marks + "`"});
  }
  std::string_view body = text_.substr(first, position_ - first);
  position_ += width;
  if (quotes.triple && body.find('\r') != std::string_view::npos) {
    body = arena_.Copy(NormalizeLineEnds(body));
  }
  if (!quotes.raw && body.find('\\') != std::string_view::npos) {
    const Unescaped decoded =
        Unescape(body, quotes.bytes ? LiteralKind::kBytes : LiteralKind::kString);
    if (decoded.fault) {
      const auto at = static_cast<std::uint32_t>(first + decoded.fault->offset);
      const auto size = static_cast<std::uint32_t>(decoded.fault->size);
      return Report(kInvalidEscape, {kExpressionFile, at, at + size},
                    {std::string(body.substr(decoded.fault->offset, size)),
                     std::string(decoded.fault->reason)});
    }
    body = arena_.Copy(decoded.text);
  }
  return quotes.bytes ? Make(TokenKind::kBytes, begin, Value::Bytes(body))
                      : Make(TokenKind::kString, begin, Value::String(body));
}

Token Lexer::ReadPunctuation() {
  const std::size_t begin = position_;
  const std::string_view rest = text_.substr(begin);
  for (const Keyword& mark : kPunctuation) {
    if (!rest.starts_with(mark.word)) continue;
    position_ += mark.word.size();
    return Make(mark.kind, begin);
  }
  const char32_t code_point = DecodeUtf8(text_, position_);
  const bool printable = code_point > 0x20 && code_point != 0x7F;
  const std::string shown =
      printable ? "`" + std::string(text_.substr(begin, position_ - begin)) + "`"
                : "number " + std::to_string(static_cast<std::uint32_t>(code_point));
  return Report(kUnexpectedCharacter, From(begin), {shown, std::string(HintFor(text_[begin]))});
}

}  // namespace restorable::cel
