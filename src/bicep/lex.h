#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/comments.h"
#include "base/diagnostic.h"
#include "base/range.h"

namespace restorable::bicep {

enum class TokenKind : std::uint8_t {
  kEnd,
  kNewline,  // one or more line ends, with the comments between them
  kIdentifier,
  kInteger,
  kTrue,
  kFalse,
  kNull,
  // A string is one token, or in pieces around the expressions in it: 'a${ }b${ }c'.
  kString,
  kStringOpen,
  kStringMiddle,
  kStringClose,
  kBraceOpen,
  kBraceClose,
  kBracketOpen,
  kBracketClose,
  kParenOpen,
  kParenClose,
  kAt,
  kComma,
  kDot,
  kEllipsis,
  kColon,
  kDoubleColon,
  kQuestion,
  kCoalesce,
  kAssign,
  kArrow,
  kPipe,
  kHat,
  kNot,
  kEqual,
  kEqualIgnoringCase,
  kNotEqual,
  kNotEqualIgnoringCase,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAnd,
  kOr,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kInvalid,  // reported already
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  bool multi_line = false;   // of a string: between '''
  std::uint8_t dollars = 0;  // of a string between ''': those that make `{` begin an expression
  bool closed = true;        // of a string or its last piece
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Tokens {
  std::vector<Token> tokens;  // the last one is kEnd
  std::vector<Comment> comments;
  std::vector<Diagnostic> diagnostics;
  bool unbalanced = false;  // brackets are left open, or one closes nothing
};

// Cuts the text into tokens; what belongs to no token is reported and skipped. The offsets of a
// file fit 32 bits.
[[nodiscard]] Tokens Lex(std::string_view text, FileId file);

}  // namespace restorable::bicep
