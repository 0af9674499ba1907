#include "bicep/parser.h"

namespace restorable::bicep {

// A type, or `resource 'type@version'`.
TypeId Parser::ParseDeclaredType(bool resource_may_be_open) {
  if (recovering_ || !PeekWord("resource") || KindAfter(1) == TokenKind::kLess) return ParseType();
  const std::uint32_t begin = Next().begin;
  NodeId type = NodeId::kNone;
  if (PeekKind() == TokenKind::kString || !resource_may_be_open) {
    type = ParsePath("the type of the resource");
  }
  return MakeType(Since(begin), ResourceType{type});
}

// A `|` may stand at the begin of the next line, and before the first member.
bool Parser::AtUnion() const { return KindPastNewlines() == TokenKind::kPipe; }

TypeId Parser::ParseType() {
  const std::uint32_t begin = Peek().begin;
  const DepthScope depth(*this);
  if (recovering_ || !depth.ok()) return MakeType(Since(begin), MissingType{});
  std::vector<TypeId> members;
  const bool led = AtUnion();
  if (!led) members.push_back(ParseTypeUnary());
  while (!recovering_ && AtUnion()) {
    SkipNewlines();
    Next();
    members.push_back(ParseTypeUnary());
  }
  if (members.size() == 1 && !led) return members[0];
  return MakeTypeOver(Since(begin), UnionType{tree_.AddList<TypeId>(members)}, members);
}

TypeId Parser::ParseTypeUnary() {
  const std::uint32_t begin = Peek().begin;
  TypeId type = ParseTypeMember();
  while (!recovering_) {
    if (Accept(TokenKind::kQuestion)) {
      type = MakeType(Since(begin), NullableType{type}, {type});
    } else if (Accept(TokenKind::kNot)) {
      type = MakeType(Since(begin), NonNullType{type}, {type});
    } else {
      break;
    }
  }
  return type;
}

TypeId Parser::ParseTypeMember() {
  const std::uint32_t begin = Peek().begin;
  TypeId type = ParseTypePrimary();
  while (!recovering_) {
    if (PeekKind() == TokenKind::kBracketOpen) {
      type = ParseTypeBracket(type, begin);
    } else if (PeekKind() == TokenKind::kDot) {
      type = ParseTypeDot(type, begin);
    } else {
      break;
    }
  }
  return type;
}

TypeId Parser::ParseTypeBracket(TypeId type, std::uint32_t begin) {
  const Token open = Next();
  if (Accept(TokenKind::kBracketClose)) return MakeType(Since(begin), ArrayType{type}, {type});
  ElementType element{type, ElementType::Kind::kItems, NodeId::kNone};
  if (!Accept(TokenKind::kStar)) {
    element.kind = ElementType::Kind::kIndex;
    element.index = ParseExpression();
  }
  if (!recovering_ && !Accept(TokenKind::kBracketClose)) FailArguments(open, "]");
  return MakeType(Since(begin), element, {type});
}

TypeId Parser::ParseTypeDot(TypeId type, std::uint32_t begin) {
  Next();
  if (Accept(TokenKind::kStar)) {
    return MakeType(Since(begin), ElementType{type, ElementType::Kind::kRest, NodeId::kNone},
                    {type});
  }
  const Token name = Peek();
  if (!Expect(TokenKind::kIdentifier, "the name of a property")) return type;
  if (PeekKind() != TokenKind::kLess) {
    return MakeType(Since(begin), PropertyType{type, MakeName(name)}, {type});
  }
  std::vector<TypeId> arguments;
  const List<TypeId> list = ParseTypeArguments(arguments);
  return MakeTypeOver(Since(begin), GenericType{MakeName(name), list}, arguments);
}

List<TypeId> Parser::ParseTypeArguments(std::vector<TypeId>& arguments) {
  ParseArguments(TokenKind::kGreater, ">", [&] { arguments.push_back(ParseType()); });
  return tree_.AddList<TypeId>(arguments);
}

TypeId Parser::ParseTypePrimary() {
  const Token token = Peek();
  switch (token.kind) {
    case TokenKind::kIdentifier:
      return ParseTypeWord();
    case TokenKind::kBraceOpen:
      return ParseMembers(/*tuple=*/false);
    case TokenKind::kBracketOpen:
      return ParseMembers(/*tuple=*/true);
    case TokenKind::kParenOpen: {
      Next();
      const TypeId inner = ParseType();
      if (!recovering_) Expect(TokenKind::kParenClose, "`)`");
      return inner;
    }
    case TokenKind::kString:
    case TokenKind::kStringOpen:
    case TokenKind::kInteger:
    case TokenKind::kTrue:
    case TokenKind::kFalse:
    case TokenKind::kNull: {
      const NodeId value = ParsePrimary();
      return MakeType(Since(token.begin), LiteralType{value});
    }
    case TokenKind::kMinus:
    case TokenKind::kPlus:
    case TokenKind::kNot: {
      const NodeId value = ParseUnary();
      return MakeType(Since(token.begin), LiteralType{value});
    }
    default:
      Fail(kExpectedType, At(token), {Found(token)});
      return MakeType(Range{file_, last_end_, last_end_}, MissingType{});
  }
}

TypeId Parser::ParseTypeWord() {
  const Token name = Next();
  if (PeekKind() != TokenKind::kLess) return MakeType(At(name), TypeName{MakeName(name)});
  std::vector<TypeId> arguments;
  const List<TypeId> list = ParseTypeArguments(arguments);
  return MakeTypeOver(Since(name.begin), GenericType{MakeName(name), list}, arguments);
}

TypeId Parser::ParseMembers(bool tuple) {
  const Token open = Next();
  const TokenKind closer = tuple ? TokenKind::kBracketClose : TokenKind::kBraceClose;
  std::vector<TypeMember> members;
  std::vector<TypeId> types;
  ParseItems(open, closer, tuple ? "]" : "}", [&] {
    members.push_back(ParseMember(tuple));
    if (members.back().type != TypeId::kNone) types.push_back(members.back().type);
  });
  const List<TypeMember> list = tree_.AddList<TypeMember>(members);
  const TypeExpression type = tuple ? TypeExpression(TupleType{list}) : ObjectType{list};
  return MakeTypeOver(Since(open.begin), type, types);
}

// `name: type`, `'name': type`, `*: type`; of a tuple a type alone.
TypeMember Parser::ParseMember(bool tuple) {
  const std::uint32_t begin = item_begin_ = Peek().begin;
  TypeMember member{.kind = tuple ? TypeMember::Kind::kItem : TypeMember::Kind::kProperty};
  member.decorators = ParseDecorators();
  if (!recovering_ && !tuple) {
    const Token token = Peek();
    if (Accept(TokenKind::kStar)) {
      member.kind = TypeMember::Kind::kRest;
    } else if (Accept(TokenKind::kString)) {
      member.name = {Decode(token), At(token)};
    } else if (Expect(TokenKind::kIdentifier, "the name of a property")) {
      member.name = NameOf(token);
    }
    if (!recovering_) Expect(TokenKind::kColon, "`:`");
  }
  if (!recovering_) member.type = ParseType();
  member.range = Since(begin);
  return member;
}

}  // namespace restorable::bicep
