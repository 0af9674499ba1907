#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "bicep/parser.h"

namespace restorable::bicep {
namespace {

struct Operator {
  TokenKind token;
  BinaryOp op;
  int precedence;
};

constexpr Operator kOperators[] = {
    {TokenKind::kCoalesce, BinaryOp::kCoalesce, 1},
    {TokenKind::kOr, BinaryOp::kOr, 2},
    {TokenKind::kAnd, BinaryOp::kAnd, 3},
    {TokenKind::kEqual, BinaryOp::kEqual, 4},
    {TokenKind::kNotEqual, BinaryOp::kNotEqual, 4},
    {TokenKind::kEqualIgnoringCase, BinaryOp::kEqualIgnoringCase, 4},
    {TokenKind::kNotEqualIgnoringCase, BinaryOp::kNotEqualIgnoringCase, 4},
    {TokenKind::kLess, BinaryOp::kLess, 5},
    {TokenKind::kLessEqual, BinaryOp::kLessEqual, 5},
    {TokenKind::kGreater, BinaryOp::kGreater, 5},
    {TokenKind::kGreaterEqual, BinaryOp::kGreaterEqual, 5},
    {TokenKind::kPlus, BinaryOp::kAdd, 6},
    {TokenKind::kMinus, BinaryOp::kSubtract, 6},
    {TokenKind::kStar, BinaryOp::kMultiply, 7},
    {TokenKind::kSlash, BinaryOp::kDivide, 7},
    {TokenKind::kPercent, BinaryOp::kModulo, 7},
};

// By token; precedence 0 for those that are no operator.
constexpr std::array<Operator, static_cast<std::size_t>(TokenKind::kInvalid) + 1> kByToken = [] {
  std::array<Operator, static_cast<std::size_t>(TokenKind::kInvalid) + 1> table{};
  for (const Operator& row : kOperators) table[static_cast<std::size_t>(row.token)] = row;
  return table;
}();

std::optional<UnaryOp> UnaryOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kNot:
      return UnaryOp::kNot;
    case TokenKind::kMinus:
      return UnaryOp::kNegate;
    case TokenKind::kPlus:
      return UnaryOp::kPlus;
    default:
      return std::nullopt;
  }
}

}  // namespace

// A `?` may stand on the next line, and so may the `:` behind it.
NodeId Parser::ParseExpression() {
  if (recovering_) return MakeMissing();
  const DepthScope depth(*this);
  if (!depth.ok()) return MakeMissing();
  const std::uint32_t begin = Peek().begin;
  const NodeId condition = ParseBinary(1);
  if (recovering_ || KindPastNewlines() != TokenKind::kQuestion) return condition;
  SkipNewlines();
  Next();
  const NodeId if_true = ParseExpression();
  if (!recovering_ && KindPastNewlines() == TokenKind::kColon) SkipNewlines();
  if (!recovering_) Expect(TokenKind::kColon, "`:`");
  const NodeId if_false = ParseExpression();
  return Make(Since(begin), Conditional{condition, if_true, if_false},
              {condition, if_true, if_false});
}

NodeId Parser::ParseBinary(int precedence) {
  const std::uint32_t begin = Peek().begin;
  NodeId lhs = ParseUnary();
  while (!recovering_) {
    const Operator& row = kByToken[static_cast<std::size_t>(PeekKind())];
    if (row.precedence < precedence || row.precedence == 0) break;
    Next();
    const NodeId rhs = ParseBinary(row.precedence + 1);
    lhs = Make(Since(begin), Binary{row.op, lhs, rhs}, {lhs, rhs});
  }
  return lhs;
}

NodeId Parser::ParseUnary() {
  const std::optional<UnaryOp> op = UnaryOf(PeekKind());
  if (!op.has_value()) return ParseMember();
  const std::uint32_t begin = Next().begin;
  const NodeId operand = ParseMember();
  return Make(Since(begin), Unary{*op, operand}, {operand});
}

NodeId Parser::ParseMember() {
  const std::uint32_t begin = Peek().begin;
  NodeId value = ParsePrimary();
  while (!recovering_) {
    switch (PeekKind()) {
      case TokenKind::kBracketOpen:
        value = ParseIndex(value, begin);
        break;
      case TokenKind::kDot:
        value = ParseDot(value, begin);
        break;
      case TokenKind::kDoubleColon: {
        Next();
        const Token name = Peek();
        if (!Expect(TokenKind::kIdentifier, "the name of a nested resource")) return value;
        value = Make(Since(begin), NestedResource{value, MakeName(name)}, {value});
        break;
      }
      case TokenKind::kNot:
        Next();
        value = Make(Since(begin), NonNull{value}, {value});
        break;
      default:
        return value;
    }
  }
  return value;
}

NodeId Parser::ParseIndex(NodeId collection, std::uint32_t begin) {
  const Token open = Next();
  Index index{collection, NodeId::kNone, Accept(TokenKind::kQuestion), Accept(TokenKind::kHat)};
  index.index = ParseExpression();
  if (!recovering_ && !Accept(TokenKind::kBracketClose) && !EndsBefore(open, "]")) {
    FailExpected("`]`");
  }
  return Make(Since(begin), index, {collection, index.index});
}

NodeId Parser::ParseDot(NodeId object, std::uint32_t begin) {
  Next();
  const bool safe = Accept(TokenKind::kQuestion);
  const Token name = Peek();
  if (!Expect(TokenKind::kIdentifier, "the name of a property")) return object;
  if (PeekKind() != TokenKind::kParenOpen) {
    return Make(Since(begin), Property{object, MakeName(name), safe}, {object});
  }
  if (safe) Report(kExpected, At(Peek()), {"a property", "a call behind `.?`"});
  std::vector<NodeId> arguments;
  const List<NodeId> list = ParseCallArguments(arguments);
  arguments.push_back(object);
  return MakeList(Since(begin), MethodCall{object, MakeName(name), list}, arguments);
}

List<NodeId> Parser::ParseCallArguments(std::vector<NodeId>& arguments) {
  ParseArguments(TokenKind::kParenClose, ")", [&] { arguments.push_back(ParseExpression()); });
  return tree_.AddList<NodeId>(arguments);
}

NodeId Parser::ParsePrimary() {
  const Token token = Peek();
  const auto literal = [&](Value value) {
    Next();
    return Make(At(token), Literal{value.At(At(token))});
  };
  switch (token.kind) {
    case TokenKind::kIdentifier:
      return ParseWord();
    case TokenKind::kString:
    case TokenKind::kStringOpen:
      return ParseString();
    case TokenKind::kTrue:
      return literal(Value::Bool(true));
    case TokenKind::kFalse:
      return literal(Value::Bool(false));
    case TokenKind::kNull:
      return literal(Value::Null());
    case TokenKind::kInteger:
      return ParseInteger();
    case TokenKind::kBraceOpen:
      return ParseObject(/*with_resources=*/false);
    case TokenKind::kBracketOpen: {
      const std::size_t first = at_ + (KindAfter(1) == TokenKind::kNewline ? 2 : 1);
      return IsWord(first, "for") ? ParseFor(/*in_declaration=*/false, /*with_resources=*/false)
                                  : ParseArray();
    }
    case TokenKind::kParenOpen:
      return BeginsLambda() ? ParseLambda() : ParseParenthesis();
    default:
      Fail(kExpectedExpression, At(token), {Found(token)});
      return MakeMissing();
  }
}

// A name, a call, or a lambda with one parameter.
NodeId Parser::ParseWord() {
  if (KindAfter(1) == TokenKind::kArrow) return ParseLambda();
  const Token name = Next();
  if (PeekKind() != TokenKind::kParenOpen) {
    return Make(At(name), Variable{MakeName(name)});
  }
  std::vector<NodeId> arguments;
  const List<NodeId> list = ParseCallArguments(arguments);
  return MakeList(Since(name.begin), Call{MakeName(name), list}, arguments);
}

NodeId Parser::ParseParenthesis() {
  const Token open = Next();
  SkipNewlines();
  const NodeId operand = ParseExpression();
  if (!recovering_) {
    SkipNewlines();
    if (!Accept(TokenKind::kParenClose)) FailArguments(open, ")");
  }
  return Make(Since(open.begin), Parenthesis{operand}, {operand});
}

// Whether `(a, b) =>` follows.
bool Parser::BeginsLambda() const {
  std::size_t i = 1;
  const auto skip = [&] {
    if (KindAfter(i) == TokenKind::kNewline) ++i;
  };
  skip();
  while (KindAfter(i) == TokenKind::kIdentifier) {
    ++i;
    skip();
    if (KindAfter(i) != TokenKind::kComma) break;
    ++i;
    skip();
  }
  return KindAfter(i) == TokenKind::kParenClose && KindAfter(i + 1) == TokenKind::kArrow;
}

NodeId Parser::ParseLambda() {
  const std::uint32_t begin = Peek().begin;
  std::vector<Name> parameters;
  for (Token token = Next(); token.kind != TokenKind::kArrow; token = Next()) {
    if (token.kind == TokenKind::kIdentifier) parameters.push_back(NameOf(token));
  }
  SkipNewlines();
  const NodeId body = ParseExpression();
  return Make(Since(begin), Lambda{tree_.AddList<Name>(parameters), body}, {body});
}

// A magnitude of 2^63 has meaning behind a minus only; it is taken as it is there.
NodeId Parser::ParseInteger() {
  const Token token = Next();
  const std::string_view digits = Text(token);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  constexpr std::uint64_t kMost = std::uint64_t{1} << 63;
  const bool negated = at_ >= 2 && tokens_[at_ - 2].kind == TokenKind::kMinus;
  if (error != std::errc() || number > kMost || (number == kMost && !negated)) {
    Report(kInvalidNumber, At(token), {std::string(digits)});
    return MakeMissing();
  }
  const Value value = Value::Int(static_cast<std::int64_t>(number)).At(At(token));
  return Make(At(token), Literal{value});
}

NodeId Parser::ParseSpread() {
  const std::uint32_t begin = Next().begin;
  const NodeId operand = ParseExpression();
  return Make(Since(begin), Spread{operand}, {operand});
}

NodeId Parser::ParseArray() {
  const Token open = Next();
  std::vector<NodeId> items;
  ParseItems(open, TokenKind::kBracketClose, "]", [&] {
    item_begin_ = Peek().begin;
    const bool spread = PeekKind() == TokenKind::kEllipsis;
    items.push_back(spread ? ParseSpread() : ParseExpression());
  });
  return MakeList(Since(open.begin), Array{tree_.AddList<NodeId>(items)}, items);
}

// [for item in collection: body]; in a declaration the body is an object, or a condition with one.
NodeId Parser::ParseFor(bool in_declaration, bool with_resources) {
  const Token open = Next();
  SkipNewlines();
  For loop{NameId::kNone, NameId::kNone, MakeMissing(), MakeMissing()};
  if (PeekWord("for")) {
    Next();
    ParseForNames(loop.item, loop.index);
  } else {
    FailExpected("`for`");
  }
  if (!recovering_) {
    if (PeekWord("in")) {
      Next();
      loop.collection = ParseExpression();
    } else {
      FailExpected("`in`");
    }
  }
  if (!recovering_) Expect(TokenKind::kColon, "`:`");
  if (!recovering_) {
    if (in_declaration && PeekWord("if")) {
      loop.body = ParseIf(with_resources);
    } else if (in_declaration && PeekKind() == TokenKind::kBraceOpen) {
      loop.body = ParseObject(with_resources);
    } else if (in_declaration) {
      FailExpected("`{` or `if (`");
    } else {
      loop.body = ParseExpression();
    }
  }
  if (!recovering_) {
    SkipNewlines();
    if (!Accept(TokenKind::kBracketClose) && !EndsBefore(open, "]")) FailExpected("`]`");
  }
  return Make(Since(open.begin), loop, {loop.collection, loop.body});
}

void Parser::ParseForNames(NameId& item, NameId& index) {
  if (PeekKind() == TokenKind::kIdentifier) {
    item = MakeName(Next());
    return;
  }
  if (!Accept(TokenKind::kParenOpen)) return FailExpected("the name of an item");
  const Token first = Peek();
  if (!Expect(TokenKind::kIdentifier, "the name of an item")) return;
  item = MakeName(first);
  if (!Accept(TokenKind::kComma)) return Fail(kLoopVariables, At(Peek()));
  const Token second = Peek();
  if (!Expect(TokenKind::kIdentifier, "the name of an index")) return;
  index = MakeName(second);
  if (!Accept(TokenKind::kParenClose)) Fail(kLoopVariables, At(Peek()));
}

NodeId Parser::ParseObject(bool with_resources) {
  const Token open = Next();
  std::vector<NodeId> items;
  ParseItems(open, TokenKind::kBraceClose, "}", [&] { ParseObjectItem(items, with_resources); });
  ReportDuplicates(items);
  return MakeList(Since(open.begin), Object{tree_.AddList<NodeId>(items)}, items);
}

// `resource name …` is a declaration where one may stand; `resource: …` is a property.
void Parser::ParseObjectItem(std::vector<NodeId>& items, bool with_resources) {
  const std::uint32_t begin = item_begin_ = Peek().begin;
  const bool declares = PeekKind() == TokenKind::kAt ||
                        (PeekWord("resource") && KindAfter(1) == TokenKind::kIdentifier);
  if (with_resources && declares) {
    const DepthScope depth(*this);
    if (!depth.ok()) return;
    const List<Decorator> decorators = ParseDecorators();
    if (recovering_) return;
    if (!PeekWord("resource")) return Fail(kExpected, At(Peek()), {"`resource`", Found(Peek())});
    const StatementId id = ParseDeclaration(decorators, begin);
    const auto* const resource = std::get_if<Resource>(&tree_[id].kind);
    items.push_back(Make(Since(begin), Declaration{id}, {resource->body}));
    items.push_back(NodeId::kNone);
    return;
  }
  if (PeekKind() == TokenKind::kEllipsis) {
    items.push_back(ParseSpread());
    items.push_back(NodeId::kNone);
    return;
  }
  const Token token = Peek();
  NodeId key = NodeId::kNone;
  switch (token.kind) {
    case TokenKind::kIdentifier:
      key = Make(At(token), Literal{Value::String(Text(token)).At(At(token))});
      Next();
      break;
    case TokenKind::kString:
    case TokenKind::kStringOpen:
      key = ParseString();
      break;
    default:
      return FailExpected("the name of a property");
  }
  if (!recovering_) Expect(TokenKind::kColon, "`:`");
  items.push_back(key);
  items.push_back(ParseExpression());
}

void Parser::ReportDuplicates(std::span<const NodeId> items) {
  std::vector<Name> keys;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    const auto* const key = std::get_if<Literal>(&tree_[items[i]].expression);
    if (key != nullptr && key->value.IsString()) {
      keys.push_back({key->value.AsString(), key->value.range()});
    }
  }
  if (keys.size() < 2) return;
  std::ranges::stable_sort(keys, {}, &Name::text);
  for (std::size_t i = 1; i < keys.size(); ++i) {
    if (keys[i - 1].text != keys[i].text) continue;
    Report(kDuplicateProperty, keys[i].range, {std::string(keys[i].text)});
  }
}

}  // namespace restorable::bicep
