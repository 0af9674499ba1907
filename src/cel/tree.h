#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "base/arena.h"
#include "base/range.h"
#include "value/value.h"

// The syntax of an expression. Macros are nodes of their own, so that checks, reports and exports
// speak of what the author wrote. Names are views of the expression's text, which outlives the
// tree.
namespace restorable::cel {

enum class NodeId : std::uint32_t {};

// A run of children in the Tree's second vector of that kind.
template <typename T>
struct Run {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Identifier {
  std::string_view text;
  Range range;
};

enum class UnaryOp : std::uint8_t { kNot, kNegate };
enum class BinaryOp : std::uint8_t {
  kMultiply,
  kDivide,
  kModulo,
  kAdd,
  kSubtract,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kIn,
};
enum class LogicOp : std::uint8_t { kAnd, kOr };

// How each operator is written and how tightly it binds: 3 is tighter than 5.
struct BinaryOpInfo {
  std::string_view text;
  int level;
};
[[nodiscard]] const BinaryOpInfo& Info(BinaryOp op);

// One step of a left-associative chain.
struct Link {
  BinaryOp op;
  NodeId operand;
  Range op_range;
};
struct Element {
  NodeId value;
  bool optional = false;  // [?e]
};
struct Entry {
  NodeId key;
  NodeId value;
  bool optional = false;  // {?k: v}
};

enum class Macro : std::uint8_t {
  kAll,
  kExists,
  kExistsOne,
  kFilter,
  kMap,
  kTransformMap,
  kTransformMapEntry,
  kSortBy,
};

struct Missing {};  // stands where recovery found nothing to parse
struct Literal {
  Value value;
};
struct Ident {
  std::string_view name;
  bool root = false;  // `.name`
};
struct Select {
  NodeId operand;
  Identifier field;
  bool optional = false;  // a.?b
};
struct Has {
  NodeId operand;
  Identifier field;
};
struct Index {
  NodeId operand;
  NodeId index;
  bool optional = false;  // a[?i]
};
struct Call {
  std::optional<NodeId> receiver;
  Identifier name;
  Run<NodeId> arguments;
  bool root = false;  // `.f(x)`
};
struct Unary {
  UnaryOp op;
  NodeId operand;
};
// Operators of one level, applied from left to right: long sums stay flat.
struct Chain {
  NodeId first;
  Run<Link> rest;
};
struct Logic {
  LogicOp op;
  Run<NodeId> operands;  // two or more
};
struct Conditional {
  NodeId condition;
  NodeId then;
  NodeId otherwise;
};
struct ListLiteral {
  Run<Element> elements;
};
struct MapLiteral {
  Run<Entry> entries;
};
// range.all(x, p), range.transformMap(k, v, p, t) …
struct Comprehension {
  Macro macro;
  std::string_view name;  // as written: "exists_one" or "existsOne"
  NodeId range;
  Identifier first;
  std::optional<Identifier> second;
  std::optional<NodeId> predicate;
  std::optional<NodeId> transform;
};
// cel.bind(x, init, body)
struct Bind {
  Identifier variable;
  NodeId init;
  NodeId body;
};
// operand.optMap(x, body), operand.optFlatMap(x, body)
struct OptionalMap {
  bool flat;
  NodeId operand;
  Identifier variable;
  NodeId body;
};

struct Node {
  Range range;
  std::variant<Missing, Literal, Ident, Select, Has, Index, Call, Unary, Chain, Logic, Conditional,
               ListLiteral, MapLiteral, Comprehension, Bind, OptionalMap>
      expr;
};

class Tree {  // built by the parser, constant afterwards; ids are valid in this tree only
 public:
  NodeId Add(Node node);
  Run<NodeId> AddRun(std::span<const NodeId> items) { return Append(ids_, items); }
  Run<Link> AddRun(std::span<const Link> items) { return Append(links_, items); }
  Run<Element> AddRun(std::span<const Element> items) { return Append(elements_, items); }
  Run<Entry> AddRun(std::span<const Entry> items) { return Append(entries_, items); }
  void SetRoot(NodeId root) { root_ = root; }
  // Parentheses belong to what they enclose.
  void SetRange(NodeId id, Range range) { nodes_[static_cast<std::size_t>(id)].range = range; }

  [[nodiscard]] NodeId root() const { return root_; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] const Node& operator[](NodeId id) const {
    return nodes_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::span<const NodeId> operator[](Run<NodeId> run) const { return At(ids_, run); }
  [[nodiscard]] std::span<const Link> operator[](Run<Link> run) const { return At(links_, run); }
  [[nodiscard]] std::span<const Element> operator[](Run<Element> run) const {
    return At(elements_, run);
  }
  [[nodiscard]] std::span<const Entry> operator[](Run<Entry> run) const {
    return At(entries_, run);
  }

  // The node as `T`, or nullptr.
  template <typename T>
  [[nodiscard]] const T* As(NodeId id) const {
    return std::get_if<T>(&(*this)[id].expr);
  }

  // Decoded literals live here.
  [[nodiscard]] Arena& arena() { return arena_; }

 private:
  template <typename T>
  static Run<T> Append(std::vector<T>& all, std::span<const T> items) {
    const Run<T> run{static_cast<std::uint32_t>(all.size()),
                     static_cast<std::uint32_t>(items.size())};
    all.insert(all.end(), items.begin(), items.end());
    return run;
  }
  template <typename T>
  static std::span<const T> At(const std::vector<T>& all, Run<T> run) {
    return std::span(all).subspan(run.first, run.count);
  }

  Arena arena_;
  std::vector<Node> nodes_;
  std::vector<NodeId> ids_;
  std::vector<Link> links_;
  std::vector<Element> elements_;
  std::vector<Entry> entries_;
  NodeId root_{};
};

// The same syntax, wherever it stands: ranges do not count.
[[nodiscard]] bool SameSyntax(const Tree& a, const Tree& b);

}  // namespace restorable::cel
