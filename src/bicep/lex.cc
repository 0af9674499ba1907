#include "bicep/lex.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "base/text.h"
#include "bicep/diagnostics.h"

namespace restorable::bicep {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kTripleQuote = "'''";

enum class CharClass : std::uint8_t { kOther, kSpace, kNewline, kLetter, kDigit };

constexpr std::array<CharClass, 256> kClasses = [] {
  std::array<CharClass, 256> classes{};
  classes[' '] = classes['\t'] = CharClass::kSpace;
  classes['\n'] = classes['\r'] = CharClass::kNewline;
  for (unsigned char c = 'a'; c <= 'z'; ++c) classes[c] = CharClass::kLetter;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) classes[c] = CharClass::kLetter;
  for (unsigned char c = '0'; c <= '9'; ++c) classes[c] = CharClass::kDigit;
  classes['_'] = CharClass::kLetter;
  return classes;
}();

constexpr CharClass ClassOf(char c) { return kClasses[static_cast<unsigned char>(c)]; }

struct Symbol {
  std::string_view text;
  TokenKind kind;
};

// By their first character, and the longer ones first.
constexpr Symbol kSymbols[] = {
    {"!=", TokenKind::kNotEqual},
    {"!~", TokenKind::kNotEqualIgnoringCase},
    {"!", TokenKind::kNot},
    {"%", TokenKind::kPercent},
    {"&&", TokenKind::kAnd},
    {"(", TokenKind::kParenOpen},
    {")", TokenKind::kParenClose},
    {"*", TokenKind::kStar},
    {"+", TokenKind::kPlus},
    {",", TokenKind::kComma},
    {"-", TokenKind::kMinus},
    {"...", TokenKind::kEllipsis},
    {".", TokenKind::kDot},
    {"/", TokenKind::kSlash},
    {"::", TokenKind::kDoubleColon},
    {":", TokenKind::kColon},
    {"<=", TokenKind::kLessEqual},
    {"<", TokenKind::kLess},
    {"==", TokenKind::kEqual},
    {"=~", TokenKind::kEqualIgnoringCase},
    {"=>", TokenKind::kArrow},
    {"=", TokenKind::kAssign},
    {">=", TokenKind::kGreaterEqual},
    {">", TokenKind::kGreater},
    {"??", TokenKind::kCoalesce},
    {"?", TokenKind::kQuestion},
    {"@", TokenKind::kAt},
    {"[", TokenKind::kBracketOpen},
    {"]", TokenKind::kBracketClose},
    {"^", TokenKind::kHat},
    {"{", TokenKind::kBraceOpen},
    {"||", TokenKind::kOr},
    {"|", TokenKind::kPipe},
    {"}", TokenKind::kBraceClose},
};

// Where the symbols that begin with a character stand in the table.
constexpr std::array<std::uint8_t, 128> kFirstSymbol = [] {
  std::array<std::uint8_t, 128> first{};
  for (std::size_t i = std::size(kSymbols); i-- > 0;) {
    first[static_cast<unsigned char>(kSymbols[i].text[0])] = static_cast<std::uint8_t>(i);
  }
  return first;
}();

constexpr std::string_view kPragmas[] = {"#disable-next-line", "#disable-diagnostics",
                                         "#restore-diagnostics"};

struct Hint {
  std::string_view text;
  std::string_view advice;
};

// What people write who know another language, or whose editor knows better.
constexpr Hint kHints[] = {
    {"\"", "; strings stand in single quotes"},
    {"\xE2\x80\x98", "; strings stand in straight quotes"},
    {"\xE2\x80\x99", "; strings stand in straight quotes"},
    {"\xE2\x80\x9C", "; strings stand in single quotes"},
    {"\xE2\x80\x9D", "; strings stand in single quotes"},
    {"`", "; strings stand in single quotes"},
    {";", "; declarations and properties end with their line"},
    {"&", "; `and` is written `&&`"},
    {"#", "; a comment begins with `//`"},
    {"$", "; an expression stands in a string, as in `'${name}'`"},
};

// An expression within a string.
struct Hole {
  bool multi_line = false;
  std::uint32_t dollars = 0;  // of a string between '''
  std::uint32_t braces = 0;   // open ones since the hole began
  std::uint32_t mark_begin = 0;
  std::uint32_t mark_end = 0;
};

class Lexer {
 public:
  Lexer(std::string_view text, FileId file) : text_(text), file_(file) {}

  Tokens Run();

 private:
  [[nodiscard]] char At(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  [[nodiscard]] bool StartsWith(std::string_view prefix) const {
    return text_.substr(at_, prefix.size()) == prefix;
  }
  void Emit(TokenKind kind, std::size_t end);
  void Report(const DiagnosticKind& kind, std::size_t begin, std::size_t end,
              std::vector<std::string> args = {});

  void LexOne();
  void LexNewlines();
  void LexIdentifier();
  void LexNumber();
  void LexOther(char c);
  void LexLineComment();
  void LexBlockComment();
  bool LexPragma();
  void LexSymbol(char c);
  void LexCloseBrace();
  void LexInvalid();
  void CountBracket(TokenKind kind);

  void LexDollars();
  void LexString(std::size_t content, bool first);
  void LexMultiLine(std::size_t content, std::uint32_t dollars, bool first);
  void EmitString(TokenKind kind, std::size_t end, const Hole& string, bool closed);
  void CloseHolesOfLine();

  std::string_view text_;
  FileId file_;
  std::size_t at_ = 0;
  std::size_t invalid_end_ = 0;  // of the last character without meaning; 0: none yet
  std::vector<Hole> holes_;
  std::int64_t open_brackets_ = 0;
  Tokens out_;
};

void Lexer::Emit(TokenKind kind, std::size_t end) {
  out_.tokens.push_back({.kind = kind,
                         .begin = static_cast<std::uint32_t>(at_),
                         .end = static_cast<std::uint32_t>(end)});
  at_ = end;
}

void Lexer::Report(const DiagnosticKind& kind, std::size_t begin, std::size_t end,
                   std::vector<std::string> args) {
  if (out_.diagnostics.size() > kMostDiagnostics) return;
  const Range range{file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  out_.diagnostics.push_back({.kind = &kind, .range = range, .args = std::move(args), .notes = {}});
}

Tokens Lexer::Run() {
  if (StartsWith(kByteOrderMark)) at_ = kByteOrderMark.size();
  out_.tokens.reserve(text_.size() / 6 + 8);
  while (at_ < text_.size()) LexOne();
  if (!holes_.empty()) CloseHolesOfLine();
  out_.unbalanced = out_.unbalanced || open_brackets_ != 0;
  Emit(TokenKind::kEnd, text_.size());
  return std::move(out_);
}

void Lexer::LexOne() {
  const char c = text_[at_];
  switch (ClassOf(c)) {
    case CharClass::kSpace:
      ++at_;
      return;
    case CharClass::kNewline:
      return LexNewlines();
    case CharClass::kLetter:
      return LexIdentifier();
    case CharClass::kDigit:
      return LexNumber();
    case CharClass::kOther:
      return LexOther(c);
  }
}

void Lexer::LexOther(char c) {
  if (c == '\'') {
    return StartsWith(kTripleQuote) ? LexMultiLine(at_ + 3, 0, /*first=*/true)
                                    : LexString(at_ + 1, /*first=*/true);
  }
  if (c == '/' && At(at_ + 1) == '/') return LexLineComment();
  if (c == '/' && At(at_ + 1) == '*') return LexBlockComment();
  if (c == '$') return LexDollars();
  if (c == '#' && LexPragma()) return;
  if (c == '}') return LexCloseBrace();
  LexSymbol(c);
}

// What stands between line ends makes no difference, so several in a row are one token.
void Lexer::LexNewlines() {
  if (!holes_.empty()) CloseHolesOfLine();
  const std::size_t end = at_ + (text_[at_] == '\r' && At(at_ + 1) == '\n' ? 2 : 1);
  const bool again = !out_.tokens.empty() && out_.tokens.back().kind == TokenKind::kNewline;
  if (again) {
    at_ = end;
  } else {
    Emit(TokenKind::kNewline, end);
  }
  while (at_ < text_.size() &&
         (ClassOf(text_[at_]) == CharClass::kNewline || ClassOf(text_[at_]) == CharClass::kSpace)) {
    ++at_;
  }
}

void Lexer::LexIdentifier() {
  std::size_t end = at_ + 1;
  while (end < text_.size() &&
         (ClassOf(text_[end]) == CharClass::kLetter || ClassOf(text_[end]) == CharClass::kDigit)) {
    ++end;
  }
  const std::string_view word = text_.substr(at_, end - at_);
  TokenKind kind = TokenKind::kIdentifier;
  if (word == "true") kind = TokenKind::kTrue;
  if (word == "false") kind = TokenKind::kFalse;
  if (word == "null") kind = TokenKind::kNull;
  Emit(kind, end);
}

void Lexer::LexNumber() {
  std::size_t end = at_ + 1;
  while (end < text_.size() && ClassOf(text_[end]) == CharClass::kDigit) ++end;
  Emit(TokenKind::kInteger, end);
}

void Lexer::LexLineComment() {
  const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
  out_.comments.push_back({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
  at_ = end;
}

void Lexer::LexBlockComment() {
  const std::size_t close = text_.find("*/", at_ + 2);
  if (close == std::string_view::npos) {
    Report(kUnclosedComment, at_, at_ + 2);
    at_ = text_.size();
    return;
  }
  out_.comments.push_back({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(close + 2)});
  at_ = close + 2;
}

// `#disable-next-line BCP035` and its like speak to Bicep's own checks, and stand alone on a line.
bool Lexer::LexPragma() {
  const bool known =
      std::ranges::any_of(kPragmas, [this](std::string_view pragma) { return StartsWith(pragma); });
  std::size_t line = at_;
  while (line > 0 && ClassOf(text_[line - 1]) == CharClass::kSpace) --line;
  if (!known || (line > 0 && ClassOf(text_[line - 1]) != CharClass::kNewline)) return false;
  at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
  return true;
}

void Lexer::CountBracket(TokenKind kind) {
  switch (kind) {
    case TokenKind::kBraceOpen:
    case TokenKind::kBracketOpen:
    case TokenKind::kParenOpen:
      ++open_brackets_;
      break;
    case TokenKind::kBraceClose:
    case TokenKind::kBracketClose:
    case TokenKind::kParenClose:
      --open_brackets_;
      break;
    default:
      return;
  }
  out_.unbalanced = out_.unbalanced || open_brackets_ < 0;
}

void Lexer::LexSymbol(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= kFirstSymbol.size()) return LexInvalid();
  for (std::size_t i = kFirstSymbol[byte]; i < std::size(kSymbols) && kSymbols[i].text[0] == c;
       ++i) {
    const Symbol& symbol = kSymbols[i];
    if (!StartsWith(symbol.text)) continue;
    if (symbol.kind == TokenKind::kBraceOpen && !holes_.empty()) ++holes_.back().braces;
    CountBracket(symbol.kind);
    return Emit(symbol.kind, at_ + symbol.text.size());
  }
  LexInvalid();
}

void Lexer::LexCloseBrace() {
  if (holes_.empty() || holes_.back().braces > 0) {
    if (!holes_.empty()) --holes_.back().braces;
    CountBracket(TokenKind::kBraceClose);
    return Emit(TokenKind::kBraceClose, at_ + 1);
  }
  const Hole hole = holes_.back();
  holes_.pop_back();
  if (hole.multi_line) return LexMultiLine(at_ + 1, hole.dollars, /*first=*/false);
  LexString(at_ + 1, /*first=*/false);
}

void Lexer::LexInvalid() {
  std::size_t end = at_;
  static_cast<void>(DecodeUtf8(text_, end));
  const std::string_view found = text_.substr(at_, end - at_);
  std::string_view advice;
  for (const Hint& hint : kHints) {
    if (found == hint.text) advice = hint.advice;
  }
  // Quotes of another kind come in pairs: one report a line is enough.
  const std::string_view since = text_.substr(invalid_end_, at_ - invalid_end_);
  if (invalid_end_ == 0 || since.find('\n') != std::string_view::npos) {
    Report(kInvalidCharacter, at_, end, {std::string(found), std::string(advice)});
  }
  invalid_end_ = end;
  Emit(TokenKind::kInvalid, end);
}

void Lexer::LexDollars() {
  std::size_t quotes = at_;
  while (At(quotes) == '$') ++quotes;
  if (text_.substr(quotes, kTripleQuote.size()) != kTripleQuote) return LexInvalid();
  LexMultiLine(quotes + 3, static_cast<std::uint32_t>(quotes - at_), /*first=*/true);
}

void Lexer::EmitString(TokenKind kind, std::size_t end, const Hole& string, bool closed) {
  Emit(kind, end);
  Token& token = out_.tokens.back();
  token.multi_line = string.multi_line;
  token.dollars = static_cast<std::uint8_t>(std::min(string.dollars, 0xFFu));
  token.closed = closed;
  if (kind != TokenKind::kStringOpen && kind != TokenKind::kStringMiddle) return;
  holes_.push_back(string);
  holes_.back().mark_begin = static_cast<std::uint32_t>(end - std::max(string.dollars, 1u) - 1);
  holes_.back().mark_end = static_cast<std::uint32_t>(end);
}

// From `content` on to the quote that closes the string, or to the next `${`.
void Lexer::LexString(std::size_t content, bool first) {
  std::size_t i = content;
  while (true) {
    i = text_.find_first_of("'\\$\r\n", i);
    if (i == std::string_view::npos || text_[i] == '\r' || text_[i] == '\n') break;
    const char c = text_[i];
    if (c == '\'') {
      return EmitString(first ? TokenKind::kString : TokenKind::kStringClose, i + 1, {}, true);
    }
    if (c == '$' && At(i + 1) == '{') {
      const TokenKind kind = first ? TokenKind::kStringOpen : TokenKind::kStringMiddle;
      return EmitString(kind, i + 2, {}, true);
    }
    // What a backslash hides; the parser says whether it is an escape.
    const bool hides = c == '\\' && ClassOf(At(i + 1)) != CharClass::kNewline;
    i = std::min(i + (hides ? 2 : 1), text_.size());
  }
  // Within an expression of a string, what opens here was meant to close that string.
  if (holes_.empty()) Report(kUnclosedString, at_, content);
  EmitString(first ? TokenKind::kString : TokenKind::kStringClose, std::min(i, text_.size()), {},
             false);
}

// Ends with the last three quotes of a run of them.
void Lexer::LexMultiLine(std::size_t content, std::uint32_t dollars, bool first) {
  const Hole string{.multi_line = true, .dollars = dollars};
  std::size_t i = content;
  while (i < text_.size()) {
    i = text_.find_first_of(dollars == 0 ? "'" : "'$", i);
    if (i == std::string_view::npos) break;
    const std::size_t run = i;
    while (At(i) == text_[run]) ++i;
    if (text_[run] == '\'' && i - run >= kTripleQuote.size()) {
      return EmitString(first ? TokenKind::kString : TokenKind::kStringClose, i, string, true);
    }
    if (text_[run] == '$' && i - run >= dollars && At(i) == '{') {
      const TokenKind kind = first ? TokenKind::kStringOpen : TokenKind::kStringMiddle;
      return EmitString(kind, i + 1, string, true);
    }
  }
  Report(kUnclosedText, at_, content);
  EmitString(first ? TokenKind::kString : TokenKind::kStringClose, text_.size(), string, false);
}

// The line ends within an expression of a string: that is the one error, and all strings of the
// line end here.
void Lexer::CloseHolesOfLine() {
  const Hole& outermost = holes_.front();
  Report(kUnclosedHole, outermost.mark_begin, outermost.mark_end);
  while (!holes_.empty()) {
    const Hole hole = holes_.back();
    holes_.pop_back();
    open_brackets_ -= hole.braces;
    EmitString(TokenKind::kStringClose, at_, hole, false);
  }
}

}  // namespace

Tokens Lex(std::string_view text, FileId file) { return Lexer(text, file).Run(); }

}  // namespace restorable::bicep
