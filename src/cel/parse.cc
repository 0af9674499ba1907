#include "cel/parse.h"

#include <algorithm>

#include "base/text.h"
#include "cel/diagnostics.h"
#include "cel/parser.h"

namespace restorable::cel {
namespace {

struct OperatorToken {
  TokenKind token;
  BinaryOp op;
};
constexpr OperatorToken kOperators[] = {
    {TokenKind::kStar, BinaryOp::kMultiply},
    {TokenKind::kSlash, BinaryOp::kDivide},
    {TokenKind::kPercent, BinaryOp::kModulo},
    {TokenKind::kPlus, BinaryOp::kAdd},
    {TokenKind::kMinus, BinaryOp::kSubtract},
    {TokenKind::kEqual, BinaryOp::kEqual},
    {TokenKind::kNotEqual, BinaryOp::kNotEqual},
    {TokenKind::kLess, BinaryOp::kLess},
    {TokenKind::kLessOrEqual, BinaryOp::kLessOrEqual},
    {TokenKind::kGreater, BinaryOp::kGreater},
    {TokenKind::kGreaterOrEqual, BinaryOp::kGreaterOrEqual},
    {TokenKind::kIn, BinaryOp::kIn},
};

std::optional<BinaryOp> OperatorOf(TokenKind token, int level) {
  for (const OperatorToken& row : kOperators) {
    if (row.token == token && Info(row.op).level == level) return row.op;
  }
  return std::nullopt;
}

constexpr int kLoosestChain = 5;
constexpr int kTightestChain = 3;

constexpr std::uint64_t kLowestInt = std::uint64_t{1} << 63;  // its absolute value

}  // namespace

Parser::Parser(std::string_view text, const Limits& limits, Tree& tree,
               std::vector<Diagnostic>& diagnostics)
    : text_(text),
      limits_(limits),
      tree_(tree),
      diagnostics_(diagnostics),
      lexer_(text, tree.arena(), diagnostics) {
  last_ = {kExpressionFile, 0, 0};
}

void Parser::ParseAll() {
  token_ = lexer_.Next();
  tree_.SetRoot(ParseExpression());
  if (!At(TokenKind::kEnd)) ExpectedHere("an operator or the end of the expression");
}

bool Parser::Enter() {
  if (++depth_ <= limits_.expression_depth) return true;
  if (!failed_) Report(kTooDeep, token_.range, {std::to_string(limits_.expression_depth)});
  failed_ = true;
  return false;
}

Token Parser::Take() {
  const Token token = token_;
  last_ = token.range;
  token_ = lexer_.Next();
  return token;
}

bool Parser::TakeIf(TokenKind kind) {
  if (!At(kind)) return false;
  Take();
  return true;
}

bool Parser::Expect(TokenKind kind, std::string_view what) {
  if (TakeIf(kind)) return true;
  ExpectedHere(what);
  return false;
}

void Parser::Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
  diagnostics_.push_back({.kind = &kind, .range = range, .args = std::move(args), .notes = {}});
}

std::string Parser::Describe(const Token& token) const {
  if (token.kind == TokenKind::kEnd) return "the end";
  constexpr std::size_t kMostBytes = 40;
  const std::string_view text = text_.substr(token.range.begin, token.range.size());
  return text.size() <= kMostBytes ? "`" + std::string(text) + "`" : "a long literal";
}

// A Missing node in place of what should stand at the next token.
NodeId Parser::ExpectedHere(std::string_view what) {
  if (!failed_ && !At(TokenKind::kInvalid)) {
    Report(kExpected, token_.range, {std::string(what), Describe(token_)});
  }
  failed_ = true;
  return AddMissing(token_.range);
}

NodeId Parser::ParseExpression() {
  const Level level(*this);
  if (!level) return AddMissing(token_.range);
  const NodeId condition = ParseLogic(LogicOp::kOr);
  if (failed_ || !TakeIf(TokenKind::kQuestion)) return condition;
  const NodeId then = ParseLogic(LogicOp::kOr);
  if (!Expect(TokenKind::kColon, "`:` and the other branch")) return condition;
  const NodeId otherwise = ParseExpression();
  return Add(Since(RangeOf(condition)), Conditional{condition, then, otherwise});
}

NodeId Parser::ParseLogic(LogicOp op) {
  const auto operand = [&] {
    return op == LogicOp::kOr ? ParseLogic(LogicOp::kAnd) : ParseChain(kLoosestChain);
  };
  const TokenKind token = op == LogicOp::kOr ? TokenKind::kOr : TokenKind::kAnd;
  const NodeId first = operand();
  if (failed_ || !At(token)) return first;
  std::vector<NodeId> operands = {first};
  while (!failed_ && TakeIf(token)) operands.push_back(operand());
  return Add(Since(RangeOf(first)), Logic{op, tree_.AddRun(operands)});
}

NodeId Parser::ParseChain(int level) {
  const auto operand = [&] {
    return level == kTightestChain ? ParseUnary() : ParseChain(level - 1);
  };
  const NodeId first = operand();
  if (failed_ || !OperatorOf(token_.kind, level)) return first;
  std::vector<Link> links;
  while (!failed_) {
    const std::optional<BinaryOp> op = OperatorOf(token_.kind, level);
    if (!op) break;
    const Range op_range = Take().range;
    links.push_back({*op, operand(), op_range});
  }
  return Add(Since(RangeOf(first)), Chain{first, tree_.AddRun(links)});
}

NodeId Parser::ParseUnary() {
  if (At(TokenKind::kNot)) return ParseNegated(UnaryOp::kNot);
  if (At(TokenKind::kMinus)) return ParseNegated(UnaryOp::kNegate);
  return ParsePostfix(ParsePrimary());
}

// A run of one operator; the two do not mix.
NodeId Parser::ParseNegated(UnaryOp op) {
  const Level level(*this);
  if (!level) return AddMissing(token_.range);
  const Range begin = Take().range;
  if (op == UnaryOp::kNegate && (At(TokenKind::kInt) || At(TokenKind::kDouble))) {
    return ParsePostfix(ParseNegativeNumber());
  }
  const TokenKind same = op == UnaryOp::kNot ? TokenKind::kNot : TokenKind::kMinus;
  const NodeId operand = At(same) ? ParseNegated(op) : ParsePostfix(ParsePrimary());
  return Add(Since(begin), Unary{op, operand});
}

// The minus is part of the literal: the lowest int has no positive counterpart.
NodeId Parser::ParseNegativeNumber() {
  const Range minus = last_;
  const Token token = Take();
  const Range range = Since(minus);
  if (token.kind == TokenKind::kDouble) {
    return Add(range, Literal{Value::Double(-token.value.AsDouble())});
  }
  const std::uint64_t magnitude = token.value.AsUint();
  if (magnitude > kLowestInt) {
    Report(kNumberRange, range, {std::string(text_.substr(range.begin, range.size())), "int"});
    return AddMissing(range);
  }
  return Add(range, Literal{Value::Int(static_cast<std::int64_t>(0 - magnitude))});
}

NodeId Parser::ParsePostfix(NodeId operand) {
  // A long row of selections is as deep a tree as that many parentheses.
  const std::uint32_t depth = depth_;
  while (!failed_) {
    if (At(TokenKind::kDot)) {
      operand = ParseSelection(operand);
    } else if (At(TokenKind::kBracketOpen)) {
      operand = ParseIndex(operand);
    } else if (At(TokenKind::kBraceOpen) && IsQualifiedName(operand)) {
      operand = RefuseMessage(operand);
    } else {
      break;
    }
    if (!Enter()) break;
  }
  depth_ = depth;
  return operand;
}

NodeId Parser::ParsePrimary() {
  const Range range = token_.range;
  switch (token_.kind) {
    case TokenKind::kTrue:
    case TokenKind::kFalse:
      return Add(range, Literal{Value::Bool(Take().kind == TokenKind::kTrue)});
    case TokenKind::kNull:
      Take();
      return Add(range, Literal{Value::Null()});
    case TokenKind::kInt: {
      const std::uint64_t number = Take().value.AsUint();
      if (number < kLowestInt)
        return Add(range, Literal{Value::Int(static_cast<std::int64_t>(number))});
      Report(kNumberRange, range, {std::string(text_.substr(range.begin, range.size())), "int"});
      return AddMissing(range);
    }
    case TokenKind::kUint:
    case TokenKind::kDouble:
    case TokenKind::kString:
    case TokenKind::kBytes:
      return Add(range, Literal{Take().value});
    case TokenKind::kIdentifier:
      return ParseName(false, range);
    case TokenKind::kDot:
      Take();
      if (!At(TokenKind::kIdentifier)) return ExpectedHere("a name");
      return ParseName(true, range);
    case TokenKind::kParenOpen:
      return ParseParenthesized();
    case TokenKind::kBracketOpen:
      return ParseList();
    case TokenKind::kBraceOpen:
      return ParseMap();
    case TokenKind::kInvalid:
      Take();
      return AddMissing(range);
    default:
      return ExpectedHere("an expression");
  }
}

NodeId Parser::ParseParenthesized() {
  const Range open = Take().range;
  const NodeId inner = ParseExpression();
  if (failed_) return inner;
  if (!At(TokenKind::kParenClose)) {
    const bool reports = !At(TokenKind::kInvalid);
    ExpectedHere("`)`");
    if (reports) diagnostics_.back().notes.push_back({open, "opened here"});
    return inner;
  }
  Take();
  tree_.SetRange(inner, Since(open));
  return inner;
}

NodeId Parser::ParseName(bool root, Range begin) {
  const Token token = Take();
  const Identifier name{token.value.AsString(), token.range};
  if (IsReservedWord(name.text)) {
    Report(kReservedWord, name.range, {std::string(name.text)});
  }
  if (!TakeIf(TokenKind::kParenOpen)) return Add(Since(begin), Ident{name.text, root});
  const WrittenCall call{std::nullopt, name, ParseArguments(), Since(begin)};
  if (!root) {
    if (const std::optional<NodeId> macro = ExpandMacro(call)) return *macro;
  }
  return Add(call.range, Call{std::nullopt, name, tree_.AddRun(call.arguments), root});
}

NodeId Parser::ParseSelection(NodeId operand) {
  Take();
  const bool optional = TakeIf(TokenKind::kQuestion);
  if (!At(TokenKind::kIdentifier) && !At(TokenKind::kQuotedIdentifier)) {
    return ExpectedHere("the name of a field or method");
  }
  const bool quoted = At(TokenKind::kQuotedIdentifier);
  const Token token = Take();
  const Identifier name{token.value.AsString(), token.range};
  const Range begin = RangeOf(operand);
  if (optional || quoted || !TakeIf(TokenKind::kParenOpen)) {
    return Add(Since(begin), Select{operand, name, optional});
  }
  const WrittenCall call{operand, name, ParseArguments(), Since(begin)};
  if (const std::optional<NodeId> macro = ExpandMacro(call)) return *macro;
  return Add(call.range, Call{operand, name, tree_.AddRun(call.arguments)});
}

NodeId Parser::ParseIndex(NodeId operand) {
  Take();
  const bool optional = TakeIf(TokenKind::kQuestion);
  const NodeId index = ParseExpression();
  if (!failed_) Expect(TokenKind::kBracketClose, "`]`");
  return Add(Since(RangeOf(operand)), Index{operand, index, optional});
}

std::vector<NodeId> Parser::ParseArguments() {
  std::vector<NodeId> arguments;
  if (TakeIf(TokenKind::kParenClose)) return arguments;
  do {
    arguments.push_back(ParseExpression());
  } while (!failed_ && TakeIf(TokenKind::kComma));
  if (!failed_) Expect(TokenKind::kParenClose, "`,` or `)`");
  return arguments;
}

NodeId Parser::ParseList() {
  const Range begin = Take().range;
  std::vector<Element> elements;
  while (!failed_ && !At(TokenKind::kBracketClose)) {
    const bool optional = TakeIf(TokenKind::kQuestion);
    elements.push_back({ParseExpression(), optional});
    if (!TakeIf(TokenKind::kComma)) break;
  }
  if (!failed_) Expect(TokenKind::kBracketClose, "`,` or `]`");
  return Add(Since(begin), ListLiteral{tree_.AddRun(elements)});
}

NodeId Parser::ParseMap() {
  const Range begin = Take().range;
  std::vector<Entry> entries;
  while (!failed_ && !At(TokenKind::kBraceClose)) {
    const bool optional = TakeIf(TokenKind::kQuestion);
    const NodeId key = ParseExpression();
    if (failed_ || !Expect(TokenKind::kColon, "`:` and a value")) break;
    entries.push_back({key, ParseExpression(), optional});
    if (!TakeIf(TokenKind::kComma)) break;
  }
  if (!failed_) Expect(TokenKind::kBraceClose, "`,` or `}`");
  return Add(Since(begin), MapLiteral{tree_.AddRun(entries)});
}

bool Parser::IsQualifiedName(NodeId id) const {
  while (const Select* select = tree_.As<Select>(id)) {
    if (select->optional) return false;
    id = select->operand;
  }
  return tree_.As<Ident>(id) != nullptr;
}

// pkg.Type{field: value}: legal, but there are no message types here.
NodeId Parser::RefuseMessage(NodeId type) {
  Report(kMessageType, RangeOf(type));
  failed_ = true;
  return AddMissing(RangeOf(type));
}

ParseResult Parse(std::string_view text, const Limits& limits) {
  ParseResult result;
  const auto fail = [&](const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
    result.diagnostics.push_back(
        {.kind = &kind, .range = range, .args = std::move(args), .notes = {}});
    result.tree.SetRoot(result.tree.Add({range, Missing{}}));
  };
  // The first comparison spares us counting what cannot be offsets.
  if (text.size() > std::size_t{4} * limits.expression_code_points ||
      CodePointCount(text) > limits.expression_code_points) {
    fail(kTooLong, {kExpressionFile, 0, 0}, {std::to_string(limits.expression_code_points)});
  } else if (const std::optional<std::size_t> at = FindInvalidUtf8(text)) {
    const auto begin = static_cast<std::uint32_t>(*at);
    fail(kInvalidUtf8, {kExpressionFile, begin, begin + 1}, {});
  } else {
    Parser(text, limits, result.tree, result.diagnostics).ParseAll();
  }
  return result;
}

}  // namespace restorable::cel
