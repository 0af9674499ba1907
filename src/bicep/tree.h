#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/arena.h"
#include "base/range.h"
#include "bicep/lex.h"
#include "value/value.h"

// The syntax tree of a Bicep file: declarations, the expressions and the types in them. Ids are
// valid in their own tree only. Strings point into the source file or into the tree's arena.
namespace restorable::bicep {

enum class NodeId : std::uint32_t { kNone = 0xFFFFFFFF };
enum class TypeId : std::uint32_t { kNone = 0xFFFFFFFF };
enum class NameId : std::uint32_t { kNone = 0xFFFFFFFF };
enum class StatementId : std::uint32_t {};

// A run in one of the tree's lists.
template <typename T>
struct List {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Name {
  std::string_view text;
  Range range;
};

enum class UnaryOp : std::uint8_t { kNot, kNegate, kPlus };
enum class BinaryOp : std::uint8_t {
  kCoalesce,
  kOr,
  kAnd,
  kEqual,
  kNotEqual,
  kEqualIgnoringCase,
  kNotEqualIgnoringCase,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
};

// Expressions.

struct Missing {};  // stands where recovery found nothing to parse
struct Literal {
  Value value;  // null, a bool, an int, or a string without expressions in it
};
struct Text {  // a string with expressions in it; what stands between them are Literals
  List<NodeId> parts;
};
struct Variable {  // any name on its own
  NameId name;
};
struct Call {  // name(…)
  NameId name;
  List<NodeId> arguments;
};
struct MethodCall {  // object.name(…): of a resource, a namespace or an imported file
  NodeId object;
  NameId name;
  List<NodeId> arguments;
};
struct Property {  // object.name, object.?name
  NodeId object;
  NameId name;
  bool safe;
};
struct Index {  // collection[index], [?index], [^index], [?^index]
  NodeId collection;
  NodeId index;
  bool safe;
  bool from_end;
};
struct NestedResource {  // resource::name
  NodeId resource;
  NameId name;
};
struct NonNull {  // operand!
  NodeId operand;
};
struct Parenthesis {  // ends a chain of `.?`
  NodeId operand;
};
struct Unary {
  UnaryOp op;
  NodeId operand;
};
struct Binary {
  BinaryOp op;
  NodeId lhs;
  NodeId rhs;
};
struct Conditional {
  NodeId condition;
  NodeId if_true;
  NodeId if_false;
};
struct Lambda {
  List<Name> parameters;
  NodeId body;
};
struct Array {
  List<NodeId> items;  // some may be Spread
};
// Key, value, key, value, …; a Spread or Declaration stands as a key with its value kNone. A key is
// a Literal or Text.
struct Object {
  List<NodeId> items;
};
struct Spread {  // ...operand
  NodeId operand;
};
struct Declaration {  // a resource within the body of another one
  StatementId statement;
};
struct For {  // [for item in collection: body], [for (item, index) in …]
  NameId item;
  NameId index;  // kNone where it has none
  NodeId collection;
  NodeId body;
};
struct If {  // if (condition) {…}: only the body of a resource or module
  NodeId condition;
  NodeId body;
};

using Expression = std::variant<Missing, Literal, Text, Variable, Call, MethodCall, Property, Index,
                                NestedResource, NonNull, Parenthesis, Unary, Binary, Conditional,
                                Lambda, Array, Object, Spread, Declaration, For, If>;

struct Node {
  Range range;
  Expression expression;
};
static_assert(sizeof(Node) <= 64 && std::is_trivially_copyable_v<Node>);

// Types.

struct Decorator {  // @name(…), @sys.name(…)
  Range range;
  Name name;
  List<NodeId> arguments;
};

struct TypeMember {  // of an object or a tuple
  enum class Kind : std::uint8_t { kProperty, kRest, kItem };
  Kind kind = Kind::kProperty;
  Range range;
  List<Decorator> decorators;
  Name name;  // of a property
  TypeId type = TypeId::kNone;
};

struct MissingType {};
struct TypeName {  // string, a declared type, the namespace before a `.`
  NameId name;
};
struct LiteralType {  // 'a', 1, -1, true, null
  NodeId value;
};
struct GenericType {  // resourceInput<'Microsoft.Storage/storageAccounts@2024-01-01'>
  NameId name;
  List<TypeId> arguments;
};
struct ResourceType {  // resource 'type@version'
  NodeId type;         // kNone: taken from the value of the output
};
struct PropertyType {  // type.name
  TypeId type;
  NameId name;
};
struct ElementType {  // type[*], type.*, type[1]
  enum class Kind : std::uint8_t { kItems, kRest, kIndex };
  TypeId type;
  Kind kind;
  NodeId index;  // of kIndex
};
struct ArrayType {  // type[]
  TypeId items;
};
struct NullableType {  // type?
  TypeId type;
};
struct NonNullType {  // type!
  TypeId type;
};
struct UnionType {
  List<TypeId> members;
};
struct ObjectType {
  List<TypeMember> members;
};
struct TupleType {
  List<TypeMember> members;
};

using TypeExpression = std::variant<MissingType, TypeName, LiteralType, GenericType, ResourceType,
                                    PropertyType, ElementType, ArrayType, NullableType, NonNullType,
                                    UnionType, ObjectType, TupleType>;

struct TypeNode {
  Range range;
  TypeExpression type;
};
static_assert(std::is_trivially_copyable_v<TypeNode>);

// Declarations. What is optional is kNone, or has an empty name.

struct TargetScope {
  NodeId value;
};
struct Metadata {
  Name name;
  NodeId value;
};
struct Parameter {
  Name name;
  TypeId type;
  NodeId default_value;
};
struct ParameterValue {  // `param name = value` of a file of parameters
  Name name;
  NodeId value;
};
struct VariableDeclaration {
  Name name;
  TypeId type;
  NodeId value;
};
struct TypeDeclaration {
  Name name;
  TypeId type;
};
struct TypedName {
  Name name;
  TypeId type = TypeId::kNone;
};
struct Function {
  Name name;
  List<TypedName> parameters;
  TypeId result;
  NodeId body;
};
struct Resource {
  Name name;
  NodeId type;  // a Literal
  bool existing;
  NodeId body;  // an Object, If or For
};
struct Module {
  Name name;
  NodeId path;
  NodeId body;
};
struct Output {
  Name name;
  TypeId type;
  NodeId value;
};
struct ImportedName {
  Name name;
  Name alias;  // what it is called here; the same where nothing else is said
};
struct Import {  // import {a, b as c} from 'path', import * as name from 'path'
  List<ImportedName> names;
  Name all;  // of `*`
  NodeId from;
};
struct Extension {  // extension name, extension 'br:…' with {…} as alias
  Name name;        // what it is called here
  NodeId specification;
  NodeId configuration;
};
struct ExtensionValues {  // extensionConfig name with {…}
  Name name;
  NodeId configuration;
};
struct Assertion {
  Name name;
  NodeId value;
};
struct Test {
  Name name;
  NodeId path;
  NodeId body;
};
struct Using {
  NodeId path;  // kNone: `none`
  NodeId configuration;
};
struct Extends {
  NodeId path;
};

using StatementKind =
    std::variant<TargetScope, Metadata, Parameter, ParameterValue, VariableDeclaration,
                 TypeDeclaration, Function, Resource, Module, Output, Import, Extension,
                 ExtensionValues, Assertion, Test, Using, Extends>;

struct Statement {
  Range range;  // decorators included
  List<Decorator> decorators;
  StatementKind kind;
};

class Tree {  // made by the parser, constant afterwards
 public:
  [[nodiscard]] const Node& operator[](NodeId id) const {
    return nodes_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] const TypeNode& operator[](TypeId id) const {
    return types_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] const Name& operator[](NameId id) const {
    return names_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] const Statement& operator[](StatementId id) const {
    return statements_[static_cast<std::size_t>(id)];
  }
  template <typename T>
  [[nodiscard]] std::span<const T> operator[](List<T> list) const {
    return std::span(std::get<std::vector<T>>(lists_)).subspan(list.first, list.count);
  }

  // Those of the file, without the resources within other ones; in the order of the text.
  [[nodiscard]] std::span<const StatementId> statements() const { return top_level_; }
  [[nodiscard]] std::size_t statement_count() const { return statements_.size(); }
  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }
  [[nodiscard]] std::span<const Comment> comments() const { return comments_; }

  // Makes room for as many nodes more.
  void Reserve(std::size_t nodes) { nodes_.reserve(nodes_.size() + nodes); }
  NodeId Add(Range range, const Expression& expression) {
    nodes_.push_back({range, expression});
    return static_cast<NodeId>(nodes_.size() - 1);
  }
  TypeId Add(Range range, const TypeExpression& type) {
    types_.push_back({range, type});
    return static_cast<TypeId>(types_.size() - 1);
  }
  NameId Add(const Name& name) {
    names_.push_back(name);
    return static_cast<NameId>(names_.size() - 1);
  }
  StatementId Add(const Statement& statement) {
    statements_.push_back(statement);
    return static_cast<StatementId>(statements_.size() - 1);
  }
  template <typename T>
  List<T> AddList(std::span<const T> items) {
    std::vector<T>& all = std::get<std::vector<T>>(lists_);
    const List<T> list{static_cast<std::uint32_t>(all.size()),
                       static_cast<std::uint32_t>(items.size())};
    all.insert(all.end(), items.begin(), items.end());
    return list;
  }
  void AddTopLevel(StatementId id) { top_level_.push_back(id); }
  void SetComments(std::vector<Comment> comments) { comments_ = std::move(comments); }
  [[nodiscard]] Arena& arena() { return arena_; }

 private:
  std::vector<Node> nodes_;
  std::vector<TypeNode> types_;
  std::vector<Name> names_;
  std::vector<Statement> statements_;
  std::tuple<std::vector<NodeId>, std::vector<TypeId>, std::vector<Name>, std::vector<Decorator>,
             std::vector<TypeMember>, std::vector<TypedName>, std::vector<ImportedName>>
      lists_;
  std::vector<StatementId> top_level_;
  std::vector<Comment> comments_;
  Arena arena_;
};

}  // namespace restorable::bicep
