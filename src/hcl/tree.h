#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/arena.h"
#include "base/range.h"
#include "hcl/lex.h"
#include "value/value.h"

// The syntax tree of HCL's native and JSON syntax. Ids are valid in their own tree only. Strings
// point into the source file or into the tree's arena.
namespace restorable::hcl {

enum class NodeId : std::uint32_t { kNone = 0xFFFFFFFF };
enum class BodyId : std::uint32_t {};

// A run in the tree's list of children.
struct NodeList {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Name {
  std::string_view text;  // in the source file or the tree's arena
  Range range;
};
enum class NameId : std::uint32_t { kNone = 0xFFFFFFFF };

enum class UnaryOp : std::uint8_t { kNot, kNegate };
enum class BinaryOp : std::uint8_t {
  kOr,
  kAnd,
  kEqual,
  kNotEqual,
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
  Value value;  // null, a bool, a number, or a string without templates
};
struct Variable {  // the first word of a reference
  NameId name;
};
struct Attribute {  // object.name
  NodeId object;
  NameId name;
};
struct Index {  // collection[key]
  NodeId collection;
  NodeId key;
  bool legacy;  // collection.0
};
struct Splat {  // source[*].each, source.*.each
  NodeId source;
  NodeId each;  // over SplatItem
  bool full;    // [*]
};
struct SplatItem {};  // the element that the nearest splat around it is at
struct Call {
  NameId name;  // with its namespaces: provider::azurerm::parse_resource_id
  NodeList arguments;
  bool expand_last;  // f(xs...)
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
struct Tuple {
  NodeList items;
};
struct Object {
  NodeList items;  // key, value, key, value, …
};
struct ReferenceKey {  // {azurerm.west = …}: names a provider, and has no value as a key
  NodeId reference;
};
struct For {
  NameId key_name;  // kNone: only the value has a name
  NameId value_name;
  NodeId collection;
  NodeId key;  // kNone: makes a tuple
  NodeId value;
  NodeId condition;  // kNone: every element
  bool group;        // key => value...
};
struct Template {  // two parts or more, turned to text and joined
  NodeList parts;
};
struct Wrap {  // "${expression}": its value, whatever the type
  NodeId expression;
};
struct TemplateIf {  // %{ if }…%{ else }…%{ endif }
  NodeId condition;
  NodeId if_true;
  NodeId if_false;
};
struct TemplateFor {  // %{ for }…%{ endfor }
  NameId key_name;
  NameId value_name;
  NodeId collection;
  NodeId body;
};

using Expression = std::variant<Missing, Literal, Variable, Attribute, Index, Splat, SplatItem,
                                Call, Unary, Binary, Conditional, Tuple, Object, ReferenceKey, For,
                                Template, Wrap, TemplateIf, TemplateFor>;

struct Node {
  Range range;
  Expression expression;
};
static_assert(sizeof(Node) <= 64 && std::is_trivially_copyable_v<Node>);

struct Argument {  // name = value
  Range range;
  Name name;
  NodeId value = NodeId::kNone;
};

struct Label {
  std::string_view text;  // in the source file or the tree's arena
  Range range;            // with its quotes
};

struct Block {
  Range range;
  Range header;  // the type and the labels
  Name type;
  std::uint32_t first_label = 0;
  std::uint32_t label_count = 0;
  BodyId body{};
};

struct Body {
  Range range;
  std::uint32_t first_argument = 0;
  std::uint32_t argument_count = 0;
  std::uint32_t first_block = 0;
  std::uint32_t block_count = 0;
};

class Tree {  // made by a parser, constant afterwards
 public:
  [[nodiscard]] const Node& operator[](NodeId id) const {
    return nodes_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::span<const NodeId> operator[](NodeList list) const {
    return std::span(children_).subspan(list.first, list.count);
  }
  [[nodiscard]] const Name& operator[](NameId id) const {
    return names_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] const Body& operator[](BodyId id) const {
    return bodies_[static_cast<std::size_t>(id)];
  }
  // In the order of the text.
  [[nodiscard]] std::span<const Argument> Arguments(BodyId body) const;
  [[nodiscard]] std::span<const Block> Blocks(BodyId body) const;
  [[nodiscard]] std::span<const Label> Labels(const Block& block) const;
  // The last argument of that name, as it is what the others were overwritten by; or nullptr.
  [[nodiscard]] const Argument* FindArgument(BodyId body, std::string_view name) const;

  // Of a file of arguments and blocks; and of a text that is one expression or template.
  [[nodiscard]] BodyId root() const { return root_; }
  [[nodiscard]] NodeId expression() const { return expression_; }

  [[nodiscard]] std::size_t node_count() const { return nodes_.size(); }
  [[nodiscard]] std::span<const Comment> comments() const { return comments_; }

  // Makes room for as many nodes more.
  void Reserve(std::size_t nodes) { nodes_.reserve(nodes_.size() + nodes); }
  NodeId Add(Range range, const Expression& expression) {
    nodes_.push_back({range, expression});
    return static_cast<NodeId>(nodes_.size() - 1);
  }
  NameId Add(const Name& name);
  NodeList Add(std::span<const NodeId> children);
  BodyId Add(Range range, std::span<const Argument> arguments, std::span<const Block> blocks);
  void AddLabels(Block& block, std::span<const Label> labels);
  void SetRoot(BodyId root) { root_ = root; }
  void SetExpression(NodeId expression) { expression_ = expression; }
  void SetComments(std::vector<Comment> comments) { comments_ = std::move(comments); }
  [[nodiscard]] Arena& arena() { return arena_; }

 private:
  std::vector<Node> nodes_;
  std::vector<NodeId> children_;
  std::vector<Name> names_;
  std::vector<Argument> arguments_;
  std::vector<Block> blocks_;
  std::vector<Label> labels_;
  std::vector<Body> bodies_;
  std::vector<Comment> comments_;
  Arena arena_;
  BodyId root_{};
  NodeId expression_ = NodeId::kNone;
};

}  // namespace restorable::hcl
