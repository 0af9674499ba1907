#include "terraform/condition.h"

#include <algorithm>

namespace restorable::terraform {
namespace {

using hcl::BinaryOp;
using hcl::NodeId;

template <typename Kind>
const Kind* As(const hcl::Tree& tree, NodeId id) {
  return std::get_if<Kind>(&tree[id].expression);
}

bool SameLiteral(Value a, Value b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kBool:
      return a.AsBool() == b.AsBool();
    case Kind::kInt:
      return a.AsInt() == b.AsInt();
    case Kind::kString:
      return a.AsString() == b.AsString();
    default:
      return false;
  }
}

// Of the forms that conditions are made of; all others count as different.
bool Same(const hcl::Tree& tree, NodeId a, NodeId b) {
  if (const auto* const x = As<hcl::Literal>(tree, a)) {
    const auto* const y = As<hcl::Literal>(tree, b);
    return y != nullptr && SameLiteral(x->value, y->value);
  }
  if (const auto* const x = As<hcl::Variable>(tree, a)) {
    const auto* const y = As<hcl::Variable>(tree, b);
    return y != nullptr && tree[x->name].text == tree[y->name].text;
  }
  if (const auto* const x = As<hcl::Attribute>(tree, a)) {
    const auto* const y = As<hcl::Attribute>(tree, b);
    return y != nullptr && tree[x->name].text == tree[y->name].text &&
           Same(tree, x->object, y->object);
  }
  if (const auto* const x = As<hcl::Index>(tree, a)) {
    const auto* const y = As<hcl::Index>(tree, b);
    return y != nullptr && Same(tree, x->collection, y->collection) && Same(tree, x->key, y->key);
  }
  if (const auto* const x = As<hcl::Unary>(tree, a)) {
    const auto* const y = As<hcl::Unary>(tree, b);
    return y != nullptr && x->op == y->op && Same(tree, x->operand, y->operand);
  }
  if (const auto* const x = As<hcl::Binary>(tree, a)) {
    const auto* const y = As<hcl::Binary>(tree, b);
    return y != nullptr && x->op == y->op && Same(tree, x->lhs, y->lhs) &&
           Same(tree, x->rhs, y->rhs);
  }
  if (const auto* const x = As<hcl::Call>(tree, a)) {
    const auto* const y = As<hcl::Call>(tree, b);
    return y != nullptr && tree[x->name].text == tree[y->name].text &&
           std::ranges::equal(tree[x->arguments], tree[y->arguments],
                              [&](NodeId m, NodeId n) { return Same(tree, m, n); });
  }
  return false;
}

// Takes off what only turns a condition round.
NodeId Strip(const hcl::Tree& tree, NodeId id, bool& positive) {
  while (true) {
    if (const auto* const wrap = As<hcl::Wrap>(tree, id)) {
      id = wrap->expression;
      continue;
    }
    if (const auto* const unary = As<hcl::Unary>(tree, id);
        unary != nullptr && unary->op == hcl::UnaryOp::kNot) {
      positive = !positive;
      id = unary->operand;
      continue;
    }
    const auto* const binary = As<hcl::Binary>(tree, id);
    if (binary == nullptr) return id;
    const bool equal = binary->op == BinaryOp::kEqual;
    const auto* const literal = As<hcl::Literal>(tree, binary->rhs);
    const bool truth = literal != nullptr && literal->value.Is(Kind::kBool);
    if (!truth || (!equal && binary->op != BinaryOp::kNotEqual)) return id;
    if (literal->value.AsBool() != equal) positive = !positive;
    id = binary->lhs;
  }
}

}  // namespace

std::optional<bool> CompareConditions(const hcl::Tree& tree, NodeId a, NodeId b) {
  bool first = true;
  bool second = true;
  a = Strip(tree, a, first);
  b = Strip(tree, b, second);
  if (Same(tree, a, b)) return first == second;
  const auto* const x = As<hcl::Binary>(tree, a);
  const auto* const y = As<hcl::Binary>(tree, b);
  if (x == nullptr || y == nullptr) return std::nullopt;
  const auto contrary = [](BinaryOp op, BinaryOp other) {
    return op == BinaryOp::kEqual && other == BinaryOp::kNotEqual;
  };
  const bool turned = contrary(x->op, y->op) || contrary(y->op, x->op);
  if (!turned || !Same(tree, x->lhs, y->lhs) || !Same(tree, x->rhs, y->rhs)) return std::nullopt;
  return first != second;
}

}  // namespace restorable::terraform
