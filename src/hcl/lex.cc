#include "hcl/lex.h"

#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "base/text.h"
#include "hcl/diagnostics.h"
#include "hcl/identifier.h"

namespace restorable::hcl {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// How often the lexer goes back behind the head of a heredoc that nothing ends. Every time costs
// a walk over the rest of the text.
constexpr int kMostRewinds = 8;

enum class CharClass : std::uint8_t { kOther, kSpace, kLetter, kDigit };

constexpr std::array<CharClass, 128> kClasses = [] {
  std::array<CharClass, 128> classes{};
  classes[' '] = classes['\t'] = CharClass::kSpace;
  for (unsigned char c = 'a'; c <= 'z'; ++c) classes[c] = CharClass::kLetter;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) classes[c] = CharClass::kLetter;
  for (unsigned char c = '0'; c <= '9'; ++c) classes[c] = CharClass::kDigit;
  classes['_'] = CharClass::kLetter;
  return classes;
}();

constexpr CharClass ClassOf(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < kClasses.size() ? kClasses[byte] : CharClass::kOther;
}

constexpr bool IsDigit(char c) { return ClassOf(c) == CharClass::kDigit; }

struct Symbol {
  std::string_view text;
  TokenKind kind;
};

// The longer ones come first.
// By their first character, and the longer ones first.
constexpr Symbol kSymbols[] = {
    {"!=", TokenKind::kNotEqual},     {"!", TokenKind::kNot},
    {"%", TokenKind::kPercent},       {"&&", TokenKind::kAnd},
    {"(", TokenKind::kParenOpen},     {")", TokenKind::kParenClose},
    {"*", TokenKind::kStar},          {"+", TokenKind::kPlus},
    {",", TokenKind::kComma},         {"-", TokenKind::kMinus},
    {"...", TokenKind::kEllipsis},    {".", TokenKind::kDot},
    {"/", TokenKind::kSlash},         {"::", TokenKind::kDoubleColon},
    {":", TokenKind::kColon},         {"<=", TokenKind::kLessEqual},
    {"<", TokenKind::kLess},          {"==", TokenKind::kEqual},
    {"=>", TokenKind::kArrow},        {"=", TokenKind::kAssign},
    {">=", TokenKind::kGreaterEqual}, {">", TokenKind::kGreater},
    {"?", TokenKind::kQuestion},      {"[", TokenKind::kBracketOpen},
    {"]", TokenKind::kBracketClose},  {"{", TokenKind::kBraceOpen},
    {"||", TokenKind::kOr},           {"}", TokenKind::kBraceClose},
};

// Where the symbols that begin with a character stand in the table.
constexpr std::array<std::uint8_t, 128> kFirstSymbol = [] {
  std::array<std::uint8_t, 128> first{};
  for (std::size_t i = std::size(kSymbols); i-- > 0;) {
    first[static_cast<unsigned char>(kSymbols[i].text[0])] = static_cast<std::uint8_t>(i);
  }
  return first;
}();

struct Hint {
  std::string_view text;
  std::string_view advice;
};

// What people write who know another language, or whose editor knows better.
constexpr Hint kHints[] = {
    {"'", "; strings stand in double quotes"},
    {"\xE2\x80\x9C", "; strings stand in straight quotes"},
    {"\xE2\x80\x9D", "; strings stand in straight quotes"},
    {"`", "; strings stand in double quotes"},
    {";", "; arguments end with their line"},
    {"&", "; `and` is written `&&`"},
    {"|", "; `or` is written `||`"},
    {"^", "; a power is written `pow(base, exponent)`"},
};

enum class Mode : std::uint8_t { kCode, kQuoted, kHeredoc, kBare };

// What the text at the cursor belongs to.
struct Frame {
  Mode mode = Mode::kCode;
  std::uint32_t open_begin = 0;  // of the quote, the heredoc's head or the `${`
  std::uint32_t open_end = 0;
  std::uint32_t braces = 0;      // kCode: open ones since the frame began
  std::string_view marker = {};  // kHeredoc; in the text
  // kHeredoc: what had been made before it.
  std::size_t tokens = 0;
  std::size_t comments = 0;
  std::size_t diagnostics = 0;
};

class Lexer {
 public:
  Lexer(const Source& source, LexMode mode) : source_(source), text_(source.text) {
    frames_.push_back({.mode = mode == LexMode::kCode ? Mode::kCode : Mode::kBare});
  }

  Tokens Run();

 private:
  [[nodiscard]] char At(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  [[nodiscard]] bool StartsWith(std::string_view prefix) const {
    return text_.substr(at_, prefix.size()) == prefix;
  }

  void Emit(TokenKind kind, std::size_t end, bool trim = false);
  void Report(const DiagnosticKind& kind, std::size_t begin, std::size_t end,
              std::vector<std::string> args = {});

  void LexCode();
  [[nodiscard]] std::size_t IdentifierEnd(std::size_t begin) const;
  void LexIdentifier();
  void LexNumber();
  void LexLineComment();
  void LexBlockComment();
  void LexHeredocHead();
  void LexSymbol();
  void LexCloseBrace();
  void LexInvalid();

  void LexQuoted();
  void LexHeredocLine();
  void LexBare();
  [[nodiscard]] std::size_t TextEnd(std::size_t from, bool quoted) const;
  bool LexTemplateMark();
  void CloseQuotesOfLine();

  bool RewindHeredoc();
  void ReportOpenFrames();

  Source source_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t invalid_end_ = 0;  // of the last character without meaning; 0: none yet
  int rewinds_ = 0;
  std::vector<Frame> frames_;
  Tokens out_;
};

void Lexer::Emit(TokenKind kind, std::size_t end, bool trim) {
  out_.tokens.push_back({.kind = kind,
                         .trim = trim,
                         .begin = static_cast<std::uint32_t>(at_),
                         .end = static_cast<std::uint32_t>(end)});
  at_ = end;
}

void Lexer::Report(const DiagnosticKind& kind, std::size_t begin, std::size_t end,
                   std::vector<std::string> args) {
  if (out_.diagnostics.size() > kMostDiagnostics) return;
  const Range range =
      source_.At(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
  out_.diagnostics.push_back({.kind = &kind, .range = range, .args = std::move(args), .notes = {}});
}

Tokens Lexer::Run() {
  if (frames_.back().mode == Mode::kCode && StartsWith(kByteOrderMark)) {
    at_ = kByteOrderMark.size();
  }
  out_.tokens.reserve(text_.size() / 5 + 8);
  while (at_ < text_.size() || RewindHeredoc()) {
    switch (frames_.back().mode) {
      case Mode::kCode:
        LexCode();
        break;
      case Mode::kQuoted:
        LexQuoted();
        break;
      case Mode::kHeredoc:
        LexHeredocLine();
        break;
      case Mode::kBare:
        LexBare();
        break;
    }
  }
  ReportOpenFrames();
  out_.unbalanced = frames_.size() > 1 || frames_.front().braces > 0;
  Emit(TokenKind::kEnd, text_.size());
  return std::move(out_);
}

void Lexer::LexCode() {
  const char c = text_[at_];
  switch (ClassOf(c)) {
    case CharClass::kSpace:
      ++at_;
      return;
    case CharClass::kLetter:
      return LexIdentifier();
    case CharClass::kDigit:
      return LexNumber();
    case CharClass::kOther:
      break;
  }
  if (c == '\n') return Emit(TokenKind::kNewline, at_ + 1);
  if (c == '\r' && At(at_ + 1) == '\n') return Emit(TokenKind::kNewline, at_ + 2);
  if (c == '"') {
    frames_.push_back({.mode = Mode::kQuoted,
                       .open_begin = static_cast<std::uint32_t>(at_),
                       .open_end = static_cast<std::uint32_t>(at_ + 1)});
    return Emit(TokenKind::kQuoteOpen, at_ + 1);
  }
  if (c == '#' || StartsWith("//")) return LexLineComment();
  if (StartsWith("/*")) return LexBlockComment();
  if (StartsWith("<<")) return LexHeredocHead();
  if (c == '}' || StartsWith("~}")) return LexCloseBrace();
  if (static_cast<unsigned char>(c) >= 0x80) return LexIdentifier();
  LexSymbol();
}

// The end of the identifier at `begin`, or `begin` if none is there.
std::size_t Lexer::IdentifierEnd(std::size_t begin) const {
  std::size_t end = begin;
  while (end < text_.size()) {
    const char c = text_[end];
    const CharClass kind = ClassOf(c);
    const bool inner = end > begin && (kind == CharClass::kDigit || c == '-');
    if (kind == CharClass::kLetter || inner) {
      ++end;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      std::size_t next = end;
      if (!IsIdentifierPart(DecodeUtf8(text_, next))) break;
      end = next;
    } else {
      break;
    }
  }
  return end;
}

void Lexer::LexIdentifier() {
  const std::size_t end = IdentifierEnd(at_);
  if (end == at_) return LexInvalid();
  Emit(TokenKind::kIdentifier, end);
}

// As long as digits, points between and exponents go on, so that `10.1.1.0` is one token and one
// error; a point at the end is not part of it.
void Lexer::LexNumber() {
  std::size_t end = at_ + 1;
  std::size_t last = end;
  while (end < text_.size()) {
    const char c = text_[end];
    if (IsDigit(c)) {
      last = ++end;
    } else if (c == '.') {
      ++end;
    } else if (c == 'e' || c == 'E') {
      const std::size_t digit = end + (At(end + 1) == '+' || At(end + 1) == '-' ? 2 : 1);
      if (!IsDigit(At(digit))) break;
      last = end = digit + 1;
    } else {
      break;
    }
  }
  Emit(TokenKind::kNumber, last);
}

void Lexer::LexLineComment() {
  std::size_t end = text_.find('\n', at_);
  if (end == std::string_view::npos) end = text_.size();
  const std::size_t next = end;
  if (end > at_ && text_[end - 1] == '\r') --end;
  out_.comments.push_back({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
  at_ = next;
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

void Lexer::LexHeredocHead() {
  const std::size_t name = at_ + (At(at_ + 2) == '-' ? 3 : 2);
  const std::size_t name_end = IdentifierEnd(name);
  const std::size_t line_end = At(name_end) == '\r' ? name_end + 1 : name_end;
  if (name == name_end || At(line_end) != '\n') {
    Report(kHeredocMarker, at_, name, {std::string(text_.substr(at_, name - at_))});
    return Emit(TokenKind::kInvalid, name);
  }
  frames_.push_back({.mode = Mode::kHeredoc,
                     .open_begin = static_cast<std::uint32_t>(at_),
                     .open_end = static_cast<std::uint32_t>(name_end),
                     .marker = text_.substr(name, name_end - name),
                     .tokens = out_.tokens.size(),
                     .comments = out_.comments.size(),
                     .diagnostics = out_.diagnostics.size()});
  Emit(TokenKind::kHeredocOpen, line_end + 1);
}

void Lexer::LexCloseBrace() {
  Frame& frame = frames_.back();
  const bool trim = text_[at_] == '~';
  const std::size_t end = at_ + (trim ? 2 : 1);
  if (frame.braces == 0 && frames_.size() > 1) {
    frames_.pop_back();
    return Emit(TokenKind::kTemplateEnd, end, trim);
  }
  if (trim) return LexInvalid();
  if (frame.braces > 0) --frame.braces;
  Emit(TokenKind::kBraceClose, end);
}

void Lexer::LexSymbol() {
  const char c = text_[at_];
  for (std::size_t i = kFirstSymbol[static_cast<unsigned char>(c)];
       i < std::size(kSymbols) && kSymbols[i].text[0] == c; ++i) {
    const Symbol& symbol = kSymbols[i];
    if (!StartsWith(symbol.text)) continue;
    if (symbol.kind == TokenKind::kBraceOpen) ++frames_.back().braces;
    return Emit(symbol.kind, at_ + symbol.text.size());
  }
  LexInvalid();
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

// The end of the plain text from `from` on: before a template mark, the quote that closes a quoted
// text, or a line end. `$${` and `%%{` are plain text, and so is `\` with what follows in quotes.
std::size_t Lexer::TextEnd(std::size_t from, bool quoted) const {
  std::size_t i = from;
  while (i < text_.size()) {
    const char c = text_[i];
    if (c == '$' || c == '%') {
      if (At(i + 1) == '{') break;
      i += At(i + 1) == c && At(i + 2) == '{' ? 3 : 1;
    } else if (quoted && c == '\\') {
      if (At(i + 1) == '\n' || At(i + 1) == '\r') return i + 1;
      i += 2;
    } else if (c == '\n' || (quoted && (c == '"' || c == '\r'))) {
      break;
    } else {
      ++i;
    }
  }
  return i < text_.size() ? i : text_.size();
}

// At `${` or `%{`: begins the code within.
bool Lexer::LexTemplateMark() {
  const char c = text_[at_];
  if ((c != '$' && c != '%') || At(at_ + 1) != '{') return false;
  const bool trim = At(at_ + 2) == '~';
  const std::size_t end = at_ + (trim ? 3 : 2);
  frames_.push_back({.mode = Mode::kCode,
                     .open_begin = static_cast<std::uint32_t>(at_),
                     .open_end = static_cast<std::uint32_t>(at_ + 2)});
  Emit(c == '$' ? TokenKind::kInterpolation : TokenKind::kDirective, end, trim);
  return true;
}

void Lexer::LexQuoted() {
  if (LexTemplateMark()) return;
  const char c = text_[at_];
  if (c == '"') {
    frames_.pop_back();
    return Emit(TokenKind::kQuoteClose, at_ + 1);
  }
  if (c == '\n' || c == '\r') return CloseQuotesOfLine();
  Emit(TokenKind::kText, TextEnd(at_, /*quoted=*/true));
}

// The line ends within a string. If this is a string within a template of the same line, the brace
// of the template was forgotten and what opened here was meant to close: that is the one error.
void Lexer::CloseQuotesOfLine() {
  const std::size_t line = text_.rfind('\n', at_ == 0 ? 0 : at_ - 1);
  const std::size_t line_begin = line == std::string_view::npos ? 0 : line + 1;
  std::size_t outermost = frames_.size() - 1;
  while (outermost >= 2 && frames_[outermost - 2].mode == Mode::kQuoted &&
         frames_[outermost - 2].open_begin >= line_begin) {
    outermost -= 2;
  }
  if (outermost + 1 < frames_.size()) {
    const Frame& mark = frames_[outermost + 1];
    Report(kUnclosedTemplate, mark.open_begin, mark.open_end,
           {std::string(text_.substr(mark.open_begin, 2))});
  } else {
    Report(kUnclosedString, frames_.back().open_begin, frames_.back().open_end);
  }
  while (frames_.size() > outermost) {
    const bool quoted = frames_.back().mode == Mode::kQuoted;
    Emit(quoted ? TokenKind::kQuoteClose : TokenKind::kTemplateEnd, at_);
    frames_.pop_back();
  }
}

std::string_view TrimSpaces(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\v\f";
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

void Lexer::LexHeredocLine() {
  const Frame frame = frames_.back();
  if (text_[at_ - 1] == '\n') {
    std::size_t line_end = text_.find('\n', at_);
    if (line_end == std::string_view::npos) line_end = text_.size();
    const std::string_view line = text_.substr(at_, line_end - at_);
    if (TrimSpaces(line) == frame.marker) {
      at_ += line.find(frame.marker);
      frames_.pop_back();
      return Emit(TokenKind::kHeredocClose, at_ + frame.marker.size());
    }
  }
  if (LexTemplateMark()) return;
  const std::size_t end = TextEnd(at_, /*quoted=*/false);
  Emit(TokenKind::kText, At(end) == '\n' && end < text_.size() ? end + 1 : end);
}

void Lexer::LexBare() {
  if (LexTemplateMark()) return;
  const std::size_t end = TextEnd(at_, /*quoted=*/false);
  Emit(TokenKind::kText, At(end) == '\n' && end < text_.size() ? end + 1 : end);
}

// At the end of the text within a heredoc: reports it and goes back to the first line behind its
// head that can only be code, so that what follows is read all the same.
bool Lexer::RewindHeredoc() {
  std::size_t heredoc = 0;
  while (heredoc < frames_.size() && frames_[heredoc].mode != Mode::kHeredoc) ++heredoc;
  if (heredoc == frames_.size() || rewinds_ == kMostRewinds) return false;
  ++rewinds_;
  const Frame frame = frames_[heredoc];
  frames_.resize(heredoc);
  out_.tokens.resize(frame.tokens + 1);  // the head stays
  out_.comments.resize(frame.comments);
  out_.diagnostics.resize(frame.diagnostics);
  Report(kUnclosedHeredoc, frame.open_begin, frame.open_end, {std::string(frame.marker)});
  at_ = out_.tokens.back().end;
  invalid_end_ = 0;
  const std::size_t brace = text_.find("\n}", at_ - 1);
  if (brace == std::string_view::npos) {
    at_ = text_.size();
  } else if (brace + 1 > at_) {
    Emit(TokenKind::kText, brace + 1);
  }
  Emit(TokenKind::kHeredocClose, at_);
  // The line end that would follow the marker.
  Emit(TokenKind::kNewline, at_);
  return at_ < text_.size();
}

void Lexer::ReportOpenFrames() {
  for (std::size_t i = 1; i < frames_.size(); ++i) {
    const Frame& frame = frames_[i];
    const std::string_view open = text_.substr(frame.open_begin, frame.open_end - frame.open_begin);
    switch (frame.mode) {
      case Mode::kQuoted:
        // The end of the text ends its line too.
        Report(kUnclosedString, frame.open_begin, frame.open_end);
        return;
      case Mode::kHeredoc:
        Report(kUnclosedHeredoc, frame.open_begin, frame.open_end, {std::string(frame.marker)});
        return;
      case Mode::kCode:
        Report(kUnclosedTemplate, frame.open_begin, frame.open_end, {std::string(open)});
        return;
      case Mode::kBare:
        return;
    }
  }
}

}  // namespace

Tokens Lex(const Source& source, LexMode mode) { return Lexer(source, mode).Run(); }

}  // namespace restorable::hcl
