#include "bicep/parser.h"

#include <algorithm>

namespace restorable::bicep {
namespace {

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

// What closes the bracket or string; kEnd for all other tokens.
TokenKind CloserOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kBraceOpen:
      return TokenKind::kBraceClose;
    case TokenKind::kBracketOpen:
      return TokenKind::kBracketClose;
    case TokenKind::kParenOpen:
      return TokenKind::kParenClose;
    case TokenKind::kStringOpen:
      return TokenKind::kStringClose;
    default:
      return TokenKind::kEnd;
  }
}

bool IsCloser(TokenKind kind) {
  return kind == TokenKind::kBraceClose || kind == TokenKind::kBracketClose ||
         kind == TokenKind::kParenClose || kind == TokenKind::kStringClose;
}

// The words that begin a declaration, in both dialects.
constexpr std::string_view kStatementWords[] = {
    "assert",      "extends", "extension", "extensionConfig", "func",     "import",
    "metadata",    "module",  "output",    "param",           "provider", "resource",
    "targetScope", "test",    "type",      "using",           "var",
};

}  // namespace

Parser::Parser(std::string_view text, FileId file, Dialect dialect, const Limits& limits,
               Tree& tree, std::vector<Diagnostic>& diagnostics)
    : text_(text),
      file_(file),
      dialect_(dialect),
      limits_(limits),
      tree_(tree),
      diagnostics_(diagnostics) {
  Tokens lexed = Lex(text, file);
  tokens_ = std::move(lexed.tokens);
  comments_ = std::move(lexed.comments);
  unbalanced_ = lexed.unbalanced;
  for (Diagnostic& diagnostic : lexed.diagnostics) {
    lexer_errors_.push_back(diagnostic.range);
    diagnostics_.push_back(std::move(diagnostic));
  }
  // Real modules have one node to about three tokens.
  heights_.reserve(tokens_.size() / 3);
  tree_.Reserve(tokens_.size() / 3);
}

TokenKind Parser::KindAfter(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)].kind;
}

TokenKind Parser::KindPastNewlines() const {
  return KindAfter(PeekKind() == TokenKind::kNewline ? 1 : 0);
}

Token Parser::Next() {
  const Token token = tokens_[at_];
  if (token.kind != TokenKind::kNewline) last_end_ = token.end;
  if (token.kind != TokenKind::kEnd) ++at_;
  return token;
}

bool Parser::Accept(TokenKind kind) {
  if (PeekKind() != kind) return false;
  Next();
  return true;
}

bool Parser::Expect(TokenKind kind, std::string_view what) {
  if (Accept(kind)) return true;
  FailExpected(what);
  return false;
}

void Parser::SkipNewlines() {
  while (PeekKind() == TokenKind::kNewline) ++at_;
}

bool Parser::PeekWord(std::string_view word) const { return IsWord(at_, word); }

bool Parser::IsWord(std::size_t index, std::string_view word) const {
  const Token& token = tokens_[std::min(index, tokens_.size() - 1)];
  return token.kind == TokenKind::kIdentifier && Text(token) == word;
}

std::string_view Parser::Text(const Token& token) const {
  return text_.substr(token.begin, token.end - token.begin);
}

Range Parser::Since(std::uint32_t begin) const {
  return {file_, begin, std::max(begin, last_end_)};
}

std::string Parser::Found(const Token& token) const {
  switch (token.kind) {
    case TokenKind::kEnd:
      return "the end of the text";
    case TokenKind::kNewline:
      return "the end of the line";
    case TokenKind::kString:
    case TokenKind::kStringOpen:
      return "a string";
    case TokenKind::kStringMiddle:
    case TokenKind::kStringClose:
      return "the rest of the string";
    default:
      return Quoted(Text(token));
  }
}

void Parser::Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
  if (diagnostics_.size() > 2 * kMostDiagnostics) return;
  diagnostics_.push_back({.kind = &kind, .range = range, .args = std::move(args), .notes = {}});
}

void Parser::Fail(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
  if (!recovering_ && !LexerReportedSince(item_begin_)) Report(kind, range, std::move(args));
  recovering_ = true;
}

void Parser::FailExpected(std::string_view what) {
  Fail(kExpected, At(Peek()), {std::string(what), Found(Peek())});
}

// Where an item of brackets would begin, the text ends, or the next declaration does in a text
// whose brackets do not balance: the bracket is what is wrong. The brackets around it need no
// report.
bool Parser::EndsBefore(const Token& open, std::string_view closer) {
  if (PeekKind() != TokenKind::kEnd && !(unbalanced_ && BeginsStatement(at_))) return false;
  if (!unclosed_) {
    Fail(kUnclosedBracket, At(open), {std::string(Text(open)), std::string(closer)});
  }
  unclosed_ = true;
  recovering_ = true;
  return true;
}

void Parser::FailArguments(const Token& open, std::string_view closer) {
  if (EndsBefore(open, closer)) return;
  FailExpected("`,` or `" + std::string(closer) + "`");
}

// Whether what is wrong here may only be what the lexer has complained about.
bool Parser::LexerReportedSince(std::uint32_t begin) const {
  const std::uint32_t end = Peek().end;
  return std::ranges::any_of(lexer_errors_, [&](const Range& error) {
    return error.begin >= begin && error.begin <= end;
  });
}

// Whether a declaration begins at the token as people write them: at the left margin, a word that
// begins one and what it declares.
bool Parser::BeginsStatement(std::size_t index) const {
  const Token& token = tokens_[index];
  const bool at_margin = token.begin == 0 || text_[token.begin - 1] == '\n';
  if (!at_margin) return false;
  if (token.kind == TokenKind::kAt) return true;
  if (token.kind != TokenKind::kIdentifier) return false;
  const TokenKind next = tokens_[std::min(index + 1, tokens_.size() - 1)].kind;
  if (next != TokenKind::kIdentifier && next != TokenKind::kString &&
      next != TokenKind::kBraceOpen && next != TokenKind::kAssign) {
    return false;
  }
  return std::ranges::find(kStatementWords, Text(token)) != std::end(kStatementWords);
}

// Goes to the end of the line on which the item ends that began at token `from`: brackets that are
// open there are closed by it, or by the begin of a declaration in a text whose brackets do not
// balance. Within brackets the one that closes them ends the item too.
void Parser::SkipItem(std::size_t from) {
  std::vector<TokenKind> closers;
  const std::size_t failed_at = at_;
  std::size_t i = from;
  for (; tokens_[i].kind != TokenKind::kEnd; ++i) {
    const TokenKind kind = tokens_[i].kind;
    if (const TokenKind closer = CloserOf(kind); closer != TokenKind::kEnd) {
      closers.push_back(closer);
    } else if (IsCloser(kind)) {
      const auto match = std::find(closers.rbegin(), closers.rend(), kind);
      if (match != closers.rend()) {
        closers.erase(match.base() - 1, closers.end());
      } else if (brackets_ > 0 && i >= failed_at && kind != TokenKind::kStringClose) {
        break;
      }
    } else if (kind == TokenKind::kNewline && i + 1 >= failed_at) {  // never back over what is read
      if (closers.empty() || (unbalanced_ && BeginsStatement(i + 1))) break;
    }
  }
  at_ = std::max(i, failed_at);
  recovering_ = false;
}

std::uint32_t Parser::HeightOver(std::span<const NodeId> children) const {
  std::uint32_t height = 0;
  for (const NodeId child : children) {
    if (child == NodeId::kNone) continue;
    height = std::max<std::uint32_t>(height, heights_[static_cast<std::size_t>(child)]);
  }
  return height + 1;
}

NodeId Parser::Make(Range range, const Expression& expression,
                    std::initializer_list<NodeId> children) {
  return MakeNode(range, expression,
                  HeightOver(std::span<const NodeId>(children.begin(), children.size())));
}

NodeId Parser::MakeList(Range range, const Expression& expression,
                        std::span<const NodeId> children) {
  return MakeNode(range, expression, HeightOver(children));
}

NodeId Parser::MakeNode(Range range, const Expression& expression, std::uint32_t height) {
  if (height > limits_.expression_depth) {
    Fail(kTooDeep, range,
         {std::to_string(limits_.expression_depth), "expressions", "expression_depth"});
    return MakeMissing();
  }
  heights_.push_back(static_cast<std::uint16_t>(height));
  return tree_.Add(range, expression);
}

NodeId Parser::MakeMissing() {
  heights_.push_back(1);
  return tree_.Add(Range{file_, last_end_, last_end_}, Expression(Missing{}));
}

TypeId Parser::MakeType(Range range, const TypeExpression& type,
                        std::initializer_list<TypeId> children) {
  return MakeTypeOver(range, type, std::span<const TypeId>(children.begin(), children.size()));
}

TypeId Parser::MakeTypeOver(Range range, const TypeExpression& type,
                            std::span<const TypeId> children) {
  std::uint32_t height = 0;
  for (const TypeId child : children) {
    height = std::max<std::uint32_t>(height, type_heights_[static_cast<std::size_t>(child)]);
  }
  if (++height > limits_.expression_depth) {
    Fail(kTooDeep, range, {std::to_string(limits_.expression_depth), "types", "expression_depth"});
    type_heights_.push_back(1);
    return tree_.Add(range, TypeExpression(MissingType{}));
  }
  type_heights_.push_back(static_cast<std::uint16_t>(height));
  return tree_.Add(range, type);
}

// Ends an item of brackets: with its line, a comma, or the closing bracket.
void Parser::EndItem(TokenKind closer) {
  if (PeekKind() == TokenKind::kNewline || PeekKind() == closer) return;
  if (PeekKind() == TokenKind::kEnd) return;
  if (!Accept(TokenKind::kComma)) return Fail(kSeparator, At(Peek()), {Found(Peek())});
  if (PeekKind() == TokenKind::kNewline) Report(kLineBreakAfterComma, At(tokens_[at_ - 1]));
}

DepthScope::DepthScope(Parser& parser)
    : parser_(parser), ok_(++parser.depth_ <= parser.limits_.expression_depth) {
  if (ok_) return;
  parser.Fail(kTooDeep, parser.At(parser.Peek()),
              {std::to_string(parser.limits_.expression_depth), "expressions", "expression_depth"});
}

}  // namespace restorable::bicep
