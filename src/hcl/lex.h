#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/comments.h"
#include "base/diagnostic.h"
#include "base/range.h"
#include "hcl/source.h"

namespace restorable::hcl {

enum class TokenKind : std::uint8_t {
  kEnd,
  kNewline,
  kIdentifier,
  kNumber,
  kQuoteOpen,      // "
  kQuoteClose,     // "; empty where the string is not closed
  kHeredocOpen,    // <<EOT with its line end
  kHeredocClose,   // the marker without its line
  kText,           // between the marks of a template; in a heredoc at most one line
  kInterpolation,  // ${ or ${~
  kDirective,      // %{ or %{~
  kTemplateEnd,    // } or ~}
  kBraceOpen,
  kBraceClose,
  kBracketOpen,
  kBracketClose,
  kParenOpen,
  kParenClose,
  kComma,
  kColon,
  kDoubleColon,
  kDot,
  kEllipsis,
  kQuestion,
  kArrow,
  kAssign,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAnd,
  kOr,
  kNot,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kInvalid,  // reported already
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  bool trim = false;  // a template mark with ~
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Tokens {
  std::vector<Token> tokens;  // the last one is kEnd
  std::vector<Comment> comments;
  std::vector<Diagnostic> diagnostics;
  bool unbalanced = false;  // braces are left open at the end
};

enum class LexMode : std::uint8_t {
  kCode,
  kTemplate,  // a template without quotes: a file that templatefile() reads, a JSON string
};

// Cuts the text into tokens; what belongs to no token is reported and skipped. A template is cut as
// well: `"a${b}"` is kQuoteOpen kText kInterpolation kIdentifier kTemplateEnd kQuoteClose.
[[nodiscard]] Tokens Lex(const Source& source, LexMode mode);

}  // namespace restorable::hcl
