#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/arena.h"
#include "base/range.h"
#include "value/value.h"

// What a deployment template says, whether it was written as ARM JSON or as Bicep. The readers of
// both languages make it; evaluation knows no other form. Ids are valid in their own tree only.
// Strings point into the source file or into the tree's arena, and all names compare without
// regard to case.
namespace restorable::arm {

enum class NodeId : std::uint32_t { kNone = 0xFFFFFFFF };
enum class NameId : std::uint32_t { kNone = 0xFFFFFFFF };
enum class TypeId : std::uint32_t { kNone = 0xFFFFFFFF };

// Runs in the tree's lists of children and of names.
struct NodeList {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};
struct NameList {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Name {
  std::string_view text;
  Range range;
};

enum class UnaryOp : std::uint8_t { kNot, kNegate };
enum class BinaryOp : std::uint8_t {
  kOr,  // lazy, as kAnd and kCoalesce are
  kAnd,
  kCoalesce,  // a ?? b
  kEqual,
  kNotEqual,
  kEqualIgnoringCase,     // a =~ b
  kNotEqualIgnoringCase,  // a !~ b
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

struct Missing {};  // stands where recovery found nothing to parse
struct Literal {
  Value value;  // null, a bool, a number or a string; or what was loaded from a file
};
// What is declared or read elsewhere, where it cannot be looked up: an import from a module that is
// not on disk, the text of a missing file. Two that name the same are equal.
struct Unresolved {
  UnknownReason reason;
  NameId what;
};
struct ParameterUse {  // parameters('name'), a Bicep parameter
  NameId name;
};
struct VariableUse {  // variables('name'), a Bicep variable; of an imported one its local name
  NameId name;
};
struct LocalUse {  // a parameter of a lambda or of the user-defined function, an item of a loop
  NameId name;
};
// A Bicep symbol of a resource or module: an object whose members are read with Property, and the
// list of its instances where it has a loop. `outer::inner` is one name, spelled so. A method of a
// resource is a Call with the resource as its first argument: stg.listKeys() is listKeys(stg).
struct ResourceUse {
  NameId name;
};
struct Property {  // object.name; object.?name gives null where there is none, and so does all
  NodeId object;   // that follows in the same chain of Property and Index
  NameId name;
  bool safe;
};
struct Index {  // collection[index], collection[?index], collection[^index], collection[?^index]
  NodeId collection;
  NodeId index;
  bool safe;
  bool from_end;  // the last item is 1
};
// A function of the language, without the namespace `sys` or `az`. What ARM writes as a function
// and Bicep as an operator may stand in either form.
struct Call {
  NameId name;
  NodeList arguments;
};
struct UserCall {  // of a Function of this template
  NameId name;
  NodeList arguments;
};
struct Lambda {  // only as an argument of a Call
  NameList parameters;
  NodeId body;
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
struct NonNull {  // operand!: says something to the checker of types, not to us
  NodeId operand;
};
struct Interpolation {  // turned to text as format('{0}{1}…') does, and joined
  NodeList parts;
};
struct Array {
  NodeList items;  // some may be Spread
};
struct Object {
  NodeList items;  // key, value, key, value, …; a Spread stands as a key with its value kNone
};
struct Spread {  // ...operand
  NodeId operand;
};
// [for (item, index) in collection: body], or ARM's copy: `count` times the body. One of
// `collection` and `count` is kNone. Within the body `copyIndex()` and `copyIndex('label')` count.
struct For {
  NameId label;  // of ARM's copy, else kNone
  NameId item;   // kNone where it has no name
  NameId index;  // likewise
  NodeId collection;
  NodeId count;
  NodeId body;
};

using Expression = std::variant<Missing, Literal, Unresolved, ParameterUse, VariableUse, LocalUse,
                                ResourceUse, Property, Index, Call, UserCall, Lambda, Unary, Binary,
                                Conditional, NonNull, Interpolation, Array, Object, Spread, For>;

struct Node {
  Range range;
  Expression expression;
};
static_assert(sizeof(Node) <= 64 && std::is_trivially_copyable_v<Node>);

enum class TypeKind : std::uint8_t {
  kAny,  // also what is not understood: a type never makes a value unknown
  kString,
  kInt,
  kBool,
  kObject,
  kArray,
  kReference,  // to a type of this template, by name
};

struct TypeMember;

// A type with its constraints. No value is converted to it; it says whether a parameter may be
// left out, what is a secret, and which values are errors.
struct Type {
  Range range;
  TypeKind kind = TypeKind::kAny;
  bool nullable = false;
  bool secure = false;
  Name reference;                  // of kReference
  NodeId allowed = NodeId::kNone;  // a list
  NodeId least = NodeId::kNone;    // of an int
  NodeId most = NodeId::kNone;
  NodeId shortest = NodeId::kNone;  // of a string or array
  NodeId longest = NodeId::kNone;
  std::vector<TypeMember> members;  // of an object
  TypeId items = TypeId::kNone;     // of an array; of the other members of an object
};

struct TypeMember {
  Name name;
  TypeId type = TypeId::kNone;
};

class Tree {  // of one file; made by a reader, constant afterwards
 public:
  Tree() = default;
  // What is made for the tree goes to `arena`, and lives as long as that does.
  explicit Tree(Arena& arena) : outer_(&arena) {}

  [[nodiscard]] const Node& operator[](NodeId id) const {
    return nodes_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::span<const NodeId> operator[](NodeList list) const {
    return std::span(children_).subspan(list.first, list.count);
  }
  [[nodiscard]] const Name& operator[](NameId id) const {
    return names_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::span<const Name> operator[](NameList list) const {
    return std::span(names_).subspan(list.first, list.count);
  }
  [[nodiscard]] const Type& operator[](TypeId id) const {
    return types_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }

  NodeId Add(Range range, const Expression& expression) {
    nodes_.push_back({range, expression});
    return static_cast<NodeId>(nodes_.size() - 1);
  }
  NodeList Add(std::span<const NodeId> children) {
    const NodeList list{static_cast<std::uint32_t>(children_.size()),
                        static_cast<std::uint32_t>(children.size())};
    children_.insert(children_.end(), children.begin(), children.end());
    return list;
  }
  NameId Add(const Name& name) {
    names_.push_back(name);
    return static_cast<NameId>(names_.size() - 1);
  }
  NameList Add(std::span<const Name> names) {
    const NameList list{static_cast<std::uint32_t>(names_.size()),
                        static_cast<std::uint32_t>(names.size())};
    names_.insert(names_.end(), names.begin(), names.end());
    return list;
  }
  TypeId Add(Type type) {
    types_.push_back(std::move(type));
    return static_cast<TypeId>(types_.size() - 1);
  }
  [[nodiscard]] Arena& arena() { return outer_ == nullptr ? arena_ : *outer_; }

 private:
  std::vector<Node> nodes_;
  std::vector<NodeId> children_;
  std::vector<Name> names_;
  std::vector<Type> types_;
  Arena arena_;
  Arena* outer_ = nullptr;
};

// Where a template is deployed to.
enum class Scope : std::uint8_t { kResourceGroup, kSubscription, kManagementGroup, kTenant };

struct Template;

// Something that another file declares and this one uses under a name of its own. It is evaluated
// where it was declared.
struct Import {
  const Template* from = nullptr;  // nullptr: declared here
  std::string_view name;           // that it has there
};

struct Parameter {
  Name name;
  Range range;
  TypeId type = TypeId::kNone;
  NodeId default_value = NodeId::kNone;
};

struct Variable {
  Name name;
  Range range;
  NodeId value = NodeId::kNone;
  Import import;  // then there is no value
};

struct TypeDefinition {
  Name name;
  TypeId type = TypeId::kNone;
  Import import;
};

struct Function {
  Name name;                     // with its namespace: `contoso.uniqueName`; as UserCall has it
  std::vector<Name> parameters;  // in the body a LocalUse
  NodeId body = NodeId::kNone;
  Import import;
};

struct Output {
  Name name;
  Range range;
  TypeId type = TypeId::kNone;
  NodeId condition = NodeId::kNone;
  NodeId value = NodeId::kNone;  // of a loop, a For
};

// How often a resource is declared; see For.
struct Loop {
  Range range;
  NameId label = NameId::kNone;
  NameId item = NameId::kNone;
  NameId index = NameId::kNone;
  NodeId collection = NodeId::kNone;
  NodeId count = NodeId::kNone;
};

// Another template that a resource (`Microsoft.Resources/deployments`) deploys: a Bicep module, a
// nested deployment of ARM. At most one of `content` and `link` is there.
struct Module {
  // Written in place. Its expressions are in the tree of the template around it.
  std::unique_ptr<Template> content;
  // Gives a path or address, as written: "../net.bicep", "br/public:avm/…:1.0", "nested/a.json". It
  // is read by the loader of the deployment when it is needed.
  NodeId link = NodeId::kNone;
  // Gives the template as an object: a variable that holds one, or a file that is loaded as JSON.
  NodeId computed = NodeId::kNone;
  // Whether expressions in the content see the parameters and variables of the template around it:
  // ARM's `scope: outer`. Never so in Bicep.
  bool outer_scope = false;
  // Gives an object: {name: value}, or {name: {value: …}} where they are wrapped as in ARM.
  NodeId arguments = NodeId::kNone;
  bool wrapped = false;
};

struct Resource {
  Range range;  // of the whole declaration
  Name symbol;  // empty where it has none; of a nested Bicep resource `outer::inner`
  // Expressions; literals in Bicep. The type of a resource that is declared within another one
  // holds the last segments only, and so does its name.
  NodeId type = NodeId::kNone;
  NodeId api_version = NodeId::kNone;
  NodeId name = NodeId::kNone;  // kNone in a module without a name, and where the body has it
  Range name_range;             // where a finding about the whole of it points
  std::optional<std::uint32_t> within;  // the number of the resource that it is declared in
  NodeId parent = NodeId::kNone;  // Bicep's `parent`; then the name holds the last segment only
  NodeId scope = NodeId::kNone;   // a resource, what a scope function gives, or an id
  NodeId condition = NodeId::kNone;
  std::optional<Loop> loop;
  bool existing = false;
  std::vector<NodeId> depends_on;
  // An Object (Bicep: perhaps with a Spread): all properties but those above, as they are sent:
  // location, tags, sku, properties, …. Of a module: what is neither template nor arguments.
  NodeId body = NodeId::kNone;
  std::unique_ptr<Module> module;  // nullptr: not a module
  Name extension;                  // whose resource it is; empty: Azure's
};

// A value for a parameter, in a file of such values.
struct Argument {
  Name name;
  NodeId value = NodeId::kNone;
  bool secret = false;  // a reference to a key vault; then without a value
};

// A template, or a file of parameter values (which has `arguments` and, in Bicep, variables and
// functions of its own). What it declares stands in the order of the text.
struct Template {
  std::shared_ptr<const Tree> tree;  // shared by the templates of one file
  Range range;
  std::string path;  // of the file, as the loader knows it
  Scope scope = Scope::kResourceGroup;
  std::string_view language_version;  // "2.0", or empty
  // Whether `dependsOn` and `reference` name resources by symbol, as languageVersion 2.0 has it.
  bool symbolic = false;
  std::vector<Parameter> parameters;
  std::vector<Variable> variables;
  std::vector<TypeDefinition> types;
  std::vector<Function> functions;
  std::vector<Resource> resources;
  std::vector<Output> outputs;
  std::vector<Name> extensions;     // names of Bicep extensions, of ARM `imports`
  std::vector<Argument> arguments;  // of a file of parameter values
  std::string_view using_template;  // of a `.bicepparam` file: what it is for, as written
};

}  // namespace restorable::arm
