#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hcl/diagnostics.h"
#include "hcl/number.h"
#include "hcl/parser.h"

namespace restorable::hcl {
namespace {

struct Operator {
  TokenKind token;
  BinaryOp op;
  int precedence;
};

constexpr Operator kOperators[] = {
    {TokenKind::kOr, BinaryOp::kOr, 1},
    {TokenKind::kAnd, BinaryOp::kAnd, 2},
    {TokenKind::kEqual, BinaryOp::kEqual, 3},
    {TokenKind::kNotEqual, BinaryOp::kNotEqual, 3},
    {TokenKind::kLess, BinaryOp::kLess, 4},
    {TokenKind::kLessEqual, BinaryOp::kLessEqual, 4},
    {TokenKind::kGreater, BinaryOp::kGreater, 4},
    {TokenKind::kGreaterEqual, BinaryOp::kGreaterEqual, 4},
    {TokenKind::kPlus, BinaryOp::kAdd, 5},
    {TokenKind::kMinus, BinaryOp::kSubtract, 5},
    {TokenKind::kStar, BinaryOp::kMultiply, 6},
    {TokenKind::kSlash, BinaryOp::kDivide, 6},
    {TokenKind::kPercent, BinaryOp::kModulo, 6},
};

// The row of each token, or the number of rows.
constexpr auto kOperatorRows = [] {
  std::array<std::uint8_t, static_cast<std::size_t>(TokenKind::kInvalid) + 1> rows{};
  rows.fill(std::size(kOperators));
  for (std::size_t i = 0; i < std::size(kOperators); ++i) {
    rows[static_cast<std::size_t>(kOperators[i].token)] = static_cast<std::uint8_t>(i);
  }
  return rows;
}();

const Operator* FindOperator(TokenKind token) {
  const std::size_t row = kOperatorRows[static_cast<std::size_t>(token)];
  return row < std::size(kOperators) ? &kOperators[row] : nullptr;
}

}  // namespace

NodeId Parser::ParseWholeExpression() {
  const NewlineScope newlines(*this, true);
  const NodeId node = ParseExpression();
  if (!recovering_ && Peek().kind != TokenKind::kEnd) FailExpected("the end of the expression");
  return node;
}

NodeId Parser::ParseExpression() {
  const DepthScope depth(*this);
  if (!depth.ok()) return MakeMissing();
  const std::uint32_t begin = Peek().begin;
  const NodeId condition = ParseBinary(1);
  if (recovering_ || !Accept(TokenKind::kQuestion)) return condition;
  const NodeId if_true = ParseExpression();
  if (recovering_ || !Expect(TokenKind::kColon, "`:` and the value for false")) return if_true;
  const NodeId if_false = ParseExpression();
  return Make(Since(begin), Conditional{condition, if_true, if_false},
              {condition, if_true, if_false});
}

NodeId Parser::ParseBinary(int precedence) {
  const std::uint32_t begin = Peek().begin;
  NodeId lhs = ParseOperand();
  while (!recovering_) {
    const Operator* const row = FindOperator(Peek().kind);
    if (row == nullptr || row->precedence < precedence) break;
    Next();
    const NodeId rhs = ParseBinary(row->precedence + 1);
    lhs = Make(Since(begin), Binary{row->op, lhs, rhs}, {lhs, rhs});
  }
  return lhs;
}

// A term with what is read from it: `-a.b[0]` negates all of `a.b[0]`.
NodeId Parser::ParseOperand() {
  const DepthScope depth(*this);
  if (!depth.ok()) return MakeMissing();
  const Token token = Peek();
  if (token.kind == TokenKind::kMinus || token.kind == TokenKind::kNot) {
    Next();
    const NodeId operand = ParseOperand();
    const UnaryOp op = token.kind == TokenKind::kMinus ? UnaryOp::kNegate : UnaryOp::kNot;
    return Make(Since(token.begin), Unary{op, operand}, {operand});
  }
  const NodeId term = ParseTerm();
  return ParseTraversal(term, token.begin);
}

NodeId Parser::ParseTraversal(NodeId from, std::uint32_t begin) {
  while (!recovering_) {
    switch (Peek().kind) {
      case TokenKind::kDot:
        from = ParseDot(from, begin);
        break;
      case TokenKind::kBracketOpen:
        from = ParseBracket(from, begin);
        break;
      default:
        return from;
    }
  }
  return from;
}

NodeId Parser::ParseDot(NodeId from, std::uint32_t begin) {
  Next();
  const Token token = Peek();
  switch (token.kind) {
    case TokenKind::kIdentifier: {
      const NameId name = MakeName(Next());
      return Make(Since(begin), Attribute{from, name}, {from});
    }
    case TokenKind::kNumber:
      return ParseLegacyIndex(from, begin);
    case TokenKind::kStar:
      return ParseAttributeSplat(from, begin);
    default:
      Fail(kAttributeName, At(token), {Found(token)});
      return from;
  }
}

NodeId Parser::ParseLegacyIndex(NodeId from, std::uint32_t begin) {
  const Token token = Next();
  const std::string_view text = Text(token);
  NodeId key = NodeId::kNone;
  if (const std::size_t dot = text.find('.'); dot != std::string_view::npos) {
    Report(
        kChainedIndex, At(token),
        {std::string(text), std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))});
    key = MakeMissing();
  } else {
    const Value index = ParseNumber(text).value_or(Value::Null());
    key = Make(At(token), Literal{index.At(At(token))});
  }
  return Make(Since(begin), Index{.collection = from, .key = key, .legacy = true}, {from, key});
}

// `.*` hands on only the attributes and legacy indexes that follow; an index in brackets is one
// into the result.
NodeId Parser::ParseAttributeSplat(NodeId from, std::uint32_t begin) {
  const Token star = Next();
  NodeId each = Make(At(star), SplatItem{});
  while (!recovering_ && Peek().kind == TokenKind::kDot) {
    if (PeekAfter(1).kind == TokenKind::kStar) {
      Fail(kNestedSplat, At(PeekAfter(1)));
      break;
    }
    each = ParseDot(each, star.begin);
  }
  return Make(Since(begin), Splat{.source = from, .each = each, .full = false}, {from, each});
}

NodeId Parser::ParseBracket(NodeId from, std::uint32_t begin) {
  const DepthScope depth(*this);
  if (!depth.ok()) return from;
  const Token open = Next();
  if (Peek().kind == TokenKind::kStar) {
    const Token star = Next();
    if (!Expect(TokenKind::kBracketClose, "`]` after `[*`")) return from;
    const NodeId item = Make(At(star), SplatItem{});
    const NodeId each = ParseTraversal(item, star.begin);
    return Make(Since(begin), Splat{.source = from, .each = each, .full = true}, {from, each});
  }
  NodeId key = NodeId::kNone;
  {
    const NewlineScope newlines(*this, true);
    key = ParseExpression();
    if (!recovering_ && !Accept(TokenKind::kBracketClose)) FailUnclosed(open, "]", "`]`");
  }
  return Make(Since(begin), Index{.collection = from, .key = key, .legacy = false}, {from, key});
}

NodeId Parser::ParseTerm() {
  switch (Peek().kind) {
    case TokenKind::kParenOpen:
      return ParseParenthesis();
    case TokenKind::kNumber:
      return ParseNumberLiteral();
    case TokenKind::kIdentifier:
      return ParseWord();
    case TokenKind::kQuoteOpen:
      return ParseQuoted();
    case TokenKind::kHeredocOpen:
      return ParseHeredoc();
    case TokenKind::kBracketOpen:
      return ParseTuple();
    case TokenKind::kBraceOpen:
      return ParseObject();
    default:
      Fail(kExpectedExpression, At(Peek()), {Found(Peek())});
      return MakeMissing();
  }
}

NodeId Parser::ParseParenthesis() {
  const Token open = Next();
  const NewlineScope newlines(*this, true);
  const NodeId node = ParseExpression();
  if (!recovering_ && !Accept(TokenKind::kParenClose)) FailUnclosed(open, ")", "`)`");
  return node;
}

NodeId Parser::ParseNumberLiteral() {
  const Token token = Next();
  const std::string_view text = Text(token);
  const std::optional<Value> value = ParseNumber(text);
  if (value.has_value()) return Make(At(token), Literal{value->At(At(token))});
  const bool address = text.find('.') != text.rfind('.');
  Report(kInvalidNumber, At(token),
         {std::string(text), address ? "; addresses and versions stand in quotes" : ""});
  return MakeMissing();
}

NodeId Parser::ParseWord() {
  const Token token = Next();
  const TokenKind next = Peek().kind;
  if (next == TokenKind::kParenOpen || next == TokenKind::kDoubleColon) return ParseCall(token);
  const std::string_view text = Text(token);
  const Range range = At(token);
  if (text == "true") return Make(range, Literal{Value::Bool(true).At(range)});
  if (text == "false") return Make(range, Literal{Value::Bool(false).At(range)});
  if (text == "null") return Make(range, Literal{Value::Null().At(range)});
  return Make(range, Variable{MakeName(token)});
}

NodeId Parser::ParseCall(const Token& first) {
  while (Accept(TokenKind::kDoubleColon)) {
    if (!Expect(TokenKind::kIdentifier, "the name of a function")) return MakeMissing();
  }
  const std::string_view text = source_.text.substr(first.begin, last_end_ - first.begin);
  const NameId name = tree_.Add(Name{.text = text, .range = Since(first.begin)});
  if (Peek().kind != TokenKind::kParenOpen) {
    FailExpected("`(`");
    return MakeMissing();
  }
  const Token open = Next();
  const NewlineScope newlines(*this, true);
  std::vector<NodeId> arguments;
  bool expand_last = false;
  while (!recovering_ && !Accept(TokenKind::kParenClose)) {
    if (EndsBefore(open, ")")) break;
    arguments.push_back(ParseExpression());
    if (recovering_) break;
    expand_last = Accept(TokenKind::kEllipsis);
    if (Accept(TokenKind::kParenClose)) break;
    if (expand_last) {
      FailExpected("`)` after `...`");
    } else if (!Accept(TokenKind::kComma)) {
      FailUnclosed(open, ")", "`,` or `)`");
    }
  }
  return MakeList(Since(first.begin), Call{name, tree_.Add(arguments), expand_last}, arguments);
}

NodeId Parser::ParseTuple() {
  const Token open = Next();
  const NewlineScope newlines(*this, true);
  if (PeekWord("for")) return ParseFor(open);
  std::vector<NodeId> items;
  while (!recovering_ && !Accept(TokenKind::kBracketClose)) {
    if (EndsBefore(open, "]")) break;
    items.push_back(ParseExpression());
    if (recovering_ || Accept(TokenKind::kBracketClose)) break;
    if (!Accept(TokenKind::kComma)) FailUnclosed(open, "]", "`,` or `]`");
  }
  return MakeList(Since(open.begin), Tuple{tree_.Add(items)}, items);
}

NodeId Parser::ParseObject() {
  const Token open = Next();
  {
    // `for` may stand on a line of its own; a key that is called so may not begin an object.
    const NewlineScope newlines(*this, true);
    const std::size_t before = at_;
    if (PeekWord("for")) return ParseFor(open);
    at_ = before;
  }
  const NewlineScope newlines(*this, false);
  std::vector<NodeId> items;
  while (!recovering_) {
    if (Accept(TokenKind::kNewline)) continue;
    if (Accept(TokenKind::kBraceClose)) break;
    if (Peek().kind == TokenKind::kEnd) {
      Fail(kUnclosedBracket, At(open), {"{", "}"});
      break;
    }
    ParseObjectItem(items);
    if (recovering_ || Accept(TokenKind::kBraceClose)) break;
    if (!Accept(TokenKind::kComma) && !Accept(TokenKind::kNewline)) {
      FailExpected("`,`, the end of the line or `}`");
    }
  }
  return MakeList(Since(open.begin), Object{tree_.Add(items)}, items);
}

void Parser::ParseObjectItem(std::vector<NodeId>& items) {
  const NodeId key = ParseObjectKey();
  if (recovering_) return;
  if (!Accept(TokenKind::kAssign) && !Accept(TokenKind::kColon)) {
    return FailExpected("`=` or `:` after the key");
  }
  const NodeId value = ParseExpression();
  items.push_back(key);
  items.push_back(value);
}

// A bare word is a string, whatever it may mean elsewhere; in parentheses it is an expression.
NodeId Parser::ParseObjectKey() {
  const Token token = Peek();
  const TokenKind next = PeekAfter(1).kind;
  if (token.kind == TokenKind::kIdentifier &&
      (next == TokenKind::kAssign || next == TokenKind::kColon)) {
    Next();
    return Make(At(token), Literal{Value::String(Text(token)).At(At(token))});
  }
  const NodeId key = ParseExpression();
  const Expression& expression = tree_[key].expression;
  const bool reference =
      std::holds_alternative<Attribute>(expression) || std::holds_alternative<Variable>(expression);
  if (!recovering_ && reference && token.kind == TokenKind::kIdentifier) {
    return Make(Since(token.begin), ReferenceKey{key}, {key});
  }
  return key;
}

// Behind the opening bracket, at `for`.
NodeId Parser::ParseFor(const Token& open) {
  const NewlineScope newlines(*this, true);
  const bool object = open.kind == TokenKind::kBraceOpen;
  Next();
  For node{.key_name = NameId::kNone,
           .value_name = NameId::kNone,
           .collection = NodeId::kNone,
           .key = NodeId::kNone,
           .value = NodeId::kNone,
           .condition = NodeId::kNone,
           .group = false};
  if (!ParseForNames(node.key_name, node.value_name)) return MakeMissing();
  node.collection = ParseExpression();
  if (recovering_ || !Expect(TokenKind::kColon, "`:` after the collection")) return MakeMissing();
  node.value = ParseExpression();
  if (!recovering_ && Accept(TokenKind::kArrow)) {
    node.key = node.value;
    node.value = ParseExpression();
  }
  if (recovering_) return MakeMissing();
  node.group = Accept(TokenKind::kEllipsis);
  if (PeekWord("if")) {
    Next();
    node.condition = ParseExpression();
  }
  const TokenKind closer = object ? TokenKind::kBraceClose : TokenKind::kBracketClose;
  const std::string_view close = object ? "}" : "]";
  if (recovering_) return MakeMissing();
  if (!Accept(closer)) {
    FailUnclosed(open, close, object ? "`}` after the `for`" : "`]` after the `for`");
  } else if (object && node.key == NodeId::kNone) {
    Report(kForKey, tree_[node.value].range, {"`{` and `}`", "keys and values: `key => value`"});
    return MakeMissing();
  } else if (!object && (node.key != NodeId::kNone || node.group)) {
    Report(kForKey, Since(open.begin), {"`[` and `]`", "values alone, without `=>` and `...`"});
    return MakeMissing();
  }
  return Make(Since(open.begin), node, {node.collection, node.key, node.value, node.condition});
}

// `v in` or `k, v in`.
bool Parser::ParseForNames(NameId& key_name, NameId& value_name) {
  if (Peek().kind != TokenKind::kIdentifier) {
    FailExpected("a name after `for`");
    return false;
  }
  value_name = MakeName(Next());
  if (Accept(TokenKind::kComma)) {
    if (Peek().kind != TokenKind::kIdentifier) {
      FailExpected("a name after `,`");
      return false;
    }
    key_name = std::exchange(value_name, MakeName(Next()));
  }
  if (!PeekWord("in")) {
    FailExpected("`in`");
    return false;
  }
  Next();
  return true;
}

}  // namespace restorable::hcl
