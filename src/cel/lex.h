#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/range.h"
#include "value/value.h"

namespace restorable::cel {

enum class TokenKind : std::uint8_t {
  kEnd,
  kInvalid,  // already reported
  kIdentifier,
  kQuotedIdentifier,  // `a-b`; its value is the name
  kInt,               // its value is a uint: the sign is not part of the token
  kUint,
  kDouble,
  kString,
  kBytes,
  kTrue,
  kFalse,
  kNull,
  kIn,
  kParenOpen,
  kParenClose,
  kBracketOpen,
  kBracketClose,
  kBraceOpen,
  kBraceClose,
  kDot,
  kComma,
  kQuestion,
  kColon,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kNot,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kAnd,
  kOr,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Range range;
  Value value;  // of a literal: a view of the text, or decoded into the arena
};

// Whether `word` may not name a variable or a function; after a dot it may name a field.
[[nodiscard]] bool IsReservedWord(std::string_view word);

// Cuts valid UTF-8 into tokens, one at a time. What is no token is reported and comes as kInvalid.
class Lexer {
 public:
  // `text` outlives the tokens.
  Lexer(std::string_view text, Arena& arena, std::vector<Diagnostic>& diagnostics)
      : text_(text), arena_(arena), diagnostics_(diagnostics) {}

  [[nodiscard]] Token Next();

 private:
  struct Quotes {
    char mark;
    bool triple;
    bool raw;
    bool bytes;
  };

  [[nodiscard]] char Peek(std::size_t ahead = 0) const {
    return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
  }
  [[nodiscard]] bool AtEnd() const { return position_ >= text_.size(); }
  [[nodiscard]] Range From(std::size_t begin) const;
  [[nodiscard]] Token Make(TokenKind kind, std::size_t begin, Value value = {}) const {
    return {kind, From(begin), value};
  }

  void SkipSpace();
  [[nodiscard]] Token ReadWord();
  [[nodiscard]] Token ReadQuotedName();
  [[nodiscard]] Token ReadNumber();
  [[nodiscard]] Token ReadHexadecimal(std::size_t begin);
  [[nodiscard]] Token ReadDouble(std::size_t begin);
  [[nodiscard]] Token FinishInteger(std::size_t begin, std::string_view digits, int base);
  [[nodiscard]] bool AtString() const;
  [[nodiscard]] Token ReadString();
  [[nodiscard]] bool SkipToClosing(const Quotes& quotes);
  [[nodiscard]] Token ReadPunctuation();
  [[nodiscard]] Token Report(const DiagnosticKind& kind, Range range,
                             std::vector<std::string> args);

  std::string_view text_;
  Arena& arena_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t position_ = 0;
};

}  // namespace restorable::cel
