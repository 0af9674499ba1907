#include "hcl/parser.h"

#include <algorithm>
#include <utility>

#include "hcl/diagnostics.h"

namespace restorable::hcl {
namespace {

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

// What closes the bracket, string or template mark; kEnd for all other tokens.
TokenKind CloserOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kBraceOpen:
      return TokenKind::kBraceClose;
    case TokenKind::kBracketOpen:
      return TokenKind::kBracketClose;
    case TokenKind::kParenOpen:
      return TokenKind::kParenClose;
    case TokenKind::kQuoteOpen:
      return TokenKind::kQuoteClose;
    case TokenKind::kHeredocOpen:
      return TokenKind::kHeredocClose;
    case TokenKind::kInterpolation:
    case TokenKind::kDirective:
      return TokenKind::kTemplateEnd;
    default:
      return TokenKind::kEnd;
  }
}

bool IsCloser(TokenKind kind) {
  return kind == TokenKind::kBraceClose || kind == TokenKind::kBracketClose ||
         kind == TokenKind::kParenClose || kind == TokenKind::kQuoteClose ||
         kind == TokenKind::kHeredocClose || kind == TokenKind::kTemplateEnd;
}

}  // namespace

Parser::Parser(const Source& source, LexMode mode, const Limits& limits, Tree& tree,
               std::vector<Diagnostic>& diagnostics)
    : source_(source),
      limits_(limits),
      tree_(tree),
      diagnostics_(diagnostics),
      first_diagnostic_(diagnostics.size()),
      first_node_(tree.node_count()) {
  Tokens lexed = Lex(source, mode);
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

const Token& Parser::Peek() {
  if (skip_newlines_) {
    while (tokens_[at_].kind == TokenKind::kNewline) ++at_;
  }
  return tokens_[at_];
}

// The token behind the next one, line ends counted.
const Token& Parser::PeekAfter(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const Token& Parser::Next() {
  const Token& token = Peek();
  last_end_ = token.end;
  if (token.kind != TokenKind::kEnd) ++at_;
  return token;
}

bool Parser::Accept(TokenKind kind) {
  if (Peek().kind != kind) return false;
  Next();
  return true;
}

bool Parser::Expect(TokenKind kind, std::string_view what) {
  if (Accept(kind)) return true;
  FailExpected(what);
  return false;
}

bool Parser::PeekWord(std::string_view word) {
  const Token& token = Peek();
  return token.kind == TokenKind::kIdentifier && Text(token) == word;
}

std::string_view Parser::Text(const Token& token) const {
  return source_.text.substr(token.begin, token.end - token.begin);
}

Range Parser::At(const Token& token) const { return source_.At(token.begin, token.end); }

Range Parser::Since(std::uint32_t begin) const {
  return source_.At(begin, std::max(begin, last_end_));
}

std::string Parser::Found(const Token& token) const {
  switch (token.kind) {
    case TokenKind::kEnd:
      return "the end of the text";
    case TokenKind::kNewline:
      return "the end of the line";
    case TokenKind::kQuoteOpen:
      return "a string";
    case TokenKind::kHeredocOpen:
      return "a heredoc";
    case TokenKind::kText:
      return "text";
    default:
      return Quoted(Text(token));
  }
}

void Parser::Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args,
                    std::vector<Note> notes) {
  if (diagnostics_.size() - first_diagnostic_ > 2 * kMostDiagnostics) return;
  diagnostics_.push_back(
      {.kind = &kind, .range = range, .args = std::move(args), .notes = std::move(notes)});
}

void Parser::Fail(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
  if (!recovering_ && !LexerReportedSince(item_begin_)) Report(kind, range, std::move(args));
  recovering_ = true;
}

void Parser::FailExpected(std::string_view what) {
  const Token& token = Peek();
  Fail(kExpected, At(token), {std::string(what), Found(token)});
}

// Where an element of a bracket would begin, the next item does or the text ends: the bracket is
// what is wrong.
bool Parser::EndsBefore(const Token& open, std::string_view closer) {
  const TokenKind kind = Peek().kind;
  const bool ends = kind == TokenKind::kEnd || kind == TokenKind::kBraceClose || BeginsItem(at_);
  if (ends) Fail(kUnclosedBracket, At(open), {std::string(Text(open)), std::string(closer)});
  return ends;
}

// `what` or the end of the bracket is expected and something else is found.
void Parser::FailUnclosed(const Token& open, std::string_view closer, std::string_view what) {
  if (!EndsBefore(open, closer)) FailExpected(what);
}

// Whether what is wrong here may only be what the lexer has complained about.
bool Parser::LexerReportedSince(std::uint32_t begin) const {
  const std::uint32_t from = source_.At(begin, begin).begin;
  const std::uint32_t to = source_.At(tokens_[at_].end, tokens_[at_].end).begin;
  return std::ranges::any_of(
      lexer_errors_, [&](const Range& error) { return error.begin >= from && error.begin <= to; });
}

// Whether a line begins at the token that can only be an argument or a block of a body.
bool Parser::BeginsItem(std::size_t index) const {
  if (index == 0 || tokens_[index - 1].kind != TokenKind::kNewline) return false;
  if (tokens_[index].kind != TokenKind::kIdentifier) return false;
  std::size_t i = index + 1;
  if (tokens_[i].kind == TokenKind::kAssign) return true;
  while (tokens_[i].kind == TokenKind::kQuoteOpen || tokens_[i].kind == TokenKind::kText ||
         tokens_[i].kind == TokenKind::kQuoteClose || tokens_[i].kind == TokenKind::kIdentifier) {
    ++i;
  }
  return tokens_[i].kind == TokenKind::kBraceOpen;
}

// Whether the line that begins at the token can only be the rest of the line before it.
bool Parser::GoesOn(std::size_t index) const {
  const TokenKind kind = tokens_[index].kind;
  return kind != TokenKind::kNewline && kind != TokenKind::kEnd && kind != TokenKind::kBraceClose &&
         kind != TokenKind::kQuoteOpen && !BeginsItem(index);
}

// Goes to the end of the line on which the item ends that began at token `from`: brackets that are
// open there are closed by it, or by the begin of another item. If the line ended too early, the
// one that goes on with it is skipped too.
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
      if (match == closers.rend() && kind == TokenKind::kBraceClose && i >= failed_at) break;
      if (match != closers.rend()) closers.erase(match.base() - 1, closers.end());
    } else if (kind == TokenKind::kNewline && i + 1 >= failed_at) {  // never back over what is read
      const bool in_brackets = !closers.empty() && (closers.back() == TokenKind::kBracketClose ||
                                                    closers.back() == TokenKind::kParenClose);
      if (in_brackets && BeginsItem(i + 1)) break;
      if (closers.empty() && !(i == failed_at && GoesOn(i + 1))) break;
    }
  }
  at_ = i;
  recovering_ = false;
}

std::uint32_t Parser::HeightOver(std::span<const NodeId> children) const {
  std::uint32_t height = 0;
  for (const NodeId child : children) {
    if (child == NodeId::kNone) continue;
    height =
        std::max<std::uint32_t>(height, heights_[static_cast<std::size_t>(child) - first_node_]);
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
    const std::string limit = std::to_string(limits_.expression_depth);
    Fail(kTooDeep, range, {limit, "expressions", "expression_depth"});
    return MakeMissing();
  }
  heights_.push_back(static_cast<std::uint16_t>(height));
  return tree_.Add(range, expression);
}

NodeId Parser::MakeMissing() {
  heights_.push_back(1);
  return tree_.Add(source_.At(last_end_, last_end_), Missing{});
}

NameId Parser::MakeName(const Token& token) {
  return tree_.Add(Name{.text = Text(token), .range = At(token)});
}

DepthScope::DepthScope(Parser& parser)
    : parser_(parser), ok_(++parser.depth_ <= parser.limits_.expression_depth) {
  if (ok_) return;
  parser.Fail(kTooDeep, parser.At(parser.Peek()),
              {std::to_string(parser.limits_.expression_depth), "expressions", "expression_depth"});
}

}  // namespace restorable::hcl
