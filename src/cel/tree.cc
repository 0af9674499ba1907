#include "cel/tree.h"

#include <array>

#include "base/overloaded.h"

namespace restorable::cel {

const BinaryOpInfo& Info(BinaryOp op) {
  static constexpr BinaryOpInfo kInfos[] = {
      {"*", 3},  {"/", 3}, {"%", 3},  {"+", 4}, {"-", 4},  {"==", 5},
      {"!=", 5}, {"<", 5}, {"<=", 5}, {">", 5}, {">=", 5}, {"in", 5},
  };
  return kInfos[static_cast<std::size_t>(op)];
}

NodeId Tree::Add(Node node) {
  nodes_.push_back(node);
  return static_cast<NodeId>(nodes_.size() - 1);
}

namespace {

bool SameLiteral(Value a, Value b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::kBool:
      return a.AsBool() == b.AsBool();
    case Kind::kDouble:
      return a.AsDouble() == b.AsDouble();
    case Kind::kString:
    case Kind::kBytes:
      return a.AsBytes() == b.AsBytes();
    case Kind::kInt:
    case Kind::kUint:
      return a.AsUint() == b.AsUint();
    default:
      return true;  // null; the parser makes no others
  }
}

class Comparison {
 public:
  Comparison(const Tree& a, const Tree& b) : a_(a), b_(b) {}

  [[nodiscard]] bool Same(NodeId a, NodeId b) const {
    const auto& left = a_[a].expr;
    const auto& right = b_[b].expr;
    if (left.index() != right.index()) return false;
    return std::visit(
        [&](const auto& node) {
          return SameNode(node, std::get<std::decay_t<decltype(node)>>(right));
        },
        left);
  }

 private:
  [[nodiscard]] bool SameNode(const Missing&, const Missing&) const { return true; }
  [[nodiscard]] bool SameNode(const Literal& a, const Literal& b) const {
    return SameLiteral(a.value, b.value);
  }
  [[nodiscard]] bool SameNode(const Ident& a, const Ident& b) const {
    return a.name == b.name && a.root == b.root;
  }
  [[nodiscard]] bool SameNode(const Select& a, const Select& b) const {
    return a.field.text == b.field.text && a.optional == b.optional && Same(a.operand, b.operand);
  }
  [[nodiscard]] bool SameNode(const Has& a, const Has& b) const {
    return a.field.text == b.field.text && Same(a.operand, b.operand);
  }
  [[nodiscard]] bool SameNode(const Index& a, const Index& b) const {
    return a.optional == b.optional && Same(a.operand, b.operand) && Same(a.index, b.index);
  }
  [[nodiscard]] bool SameNode(const Call& a, const Call& b) const {
    return a.name.text == b.name.text && a.root == b.root && Same(a.receiver, b.receiver) &&
           Same(a.arguments, b.arguments);
  }
  [[nodiscard]] bool SameNode(const Unary& a, const Unary& b) const {
    return a.op == b.op && Same(a.operand, b.operand);
  }
  [[nodiscard]] bool SameNode(const Chain& a, const Chain& b) const {
    return Same(a.first, b.first) && Same(a.rest, b.rest);
  }
  [[nodiscard]] bool SameNode(const Logic& a, const Logic& b) const {
    return a.op == b.op && Same(a.operands, b.operands);
  }
  [[nodiscard]] bool SameNode(const Conditional& a, const Conditional& b) const {
    return Same(a.condition, b.condition) && Same(a.then, b.then) && Same(a.otherwise, b.otherwise);
  }
  [[nodiscard]] bool SameNode(const ListLiteral& a, const ListLiteral& b) const {
    return Same(a.elements, b.elements);
  }
  [[nodiscard]] bool SameNode(const MapLiteral& a, const MapLiteral& b) const {
    return Same(a.entries, b.entries);
  }
  [[nodiscard]] bool SameNode(const Comprehension& a, const Comprehension& b) const {
    return a.macro == b.macro && a.first.text == b.first.text &&
           a.second.has_value() == b.second.has_value() &&
           (!a.second || a.second->text == b.second->text) && Same(a.range, b.range) &&
           Same(a.predicate, b.predicate) && Same(a.transform, b.transform);
  }
  [[nodiscard]] bool SameNode(const Bind& a, const Bind& b) const {
    return a.variable.text == b.variable.text && Same(a.init, b.init) && Same(a.body, b.body);
  }
  [[nodiscard]] bool SameNode(const OptionalMap& a, const OptionalMap& b) const {
    return a.flat == b.flat && a.variable.text == b.variable.text && Same(a.operand, b.operand) &&
           Same(a.body, b.body);
  }

  [[nodiscard]] bool Same(std::optional<NodeId> a, std::optional<NodeId> b) const {
    return a.has_value() == b.has_value() && (!a || Same(*a, *b));
  }
  [[nodiscard]] bool Same(const Link& a, const Link& b) const {
    return a.op == b.op && Same(a.operand, b.operand);
  }
  [[nodiscard]] bool Same(const Element& a, const Element& b) const {
    return a.optional == b.optional && Same(a.value, b.value);
  }
  [[nodiscard]] bool Same(const Entry& a, const Entry& b) const {
    return a.optional == b.optional && Same(a.key, b.key) && Same(a.value, b.value);
  }
  template <typename T>
  [[nodiscard]] bool Same(Run<T> a, Run<T> b) const {
    if (a.count != b.count) return false;
    for (std::size_t i = 0; i < a.count; ++i) {
      if (!Same(a_[a][i], b_[b][i])) return false;
    }
    return true;
  }

  const Tree& a_;
  const Tree& b_;
};

}  // namespace

bool SameSyntax(const Tree& a, const Tree& b) { return Comparison(a, b).Same(a.root(), b.root()); }

}  // namespace restorable::cel
