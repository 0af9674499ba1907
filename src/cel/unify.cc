#include "cel/unify.h"

#include <algorithm>

namespace restorable::cel {

std::uint32_t Unifier::Fresh(std::uint32_t count) {
  const auto first = static_cast<std::uint32_t>(bindings_.size());
  bindings_.resize(bindings_.size() + count, kUnbound);
  return first;
}

bool Unifier::Assign(TypeId from, TypeId to) { return Assign({&from, 1}, {&to, 1}); }

bool Unifier::Assign(std::span<const TypeId> from, std::span<const TypeId> to) {
  trail_.clear();
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (Unify(from[i], to[i])) continue;
    Undo();
    return false;
  }
  return true;
}

void Unifier::Undo() {
  for (auto step = trail_.rbegin(); step != trail_.rend(); ++step) {
    bindings_[step->parameter] = step->before;
  }
  trail_.clear();
}

std::optional<TypeId> Unifier::Join(TypeId a, TypeId b) {
  if (!Assign(a, b)) return std::nullopt;
  return MoreGeneral(a, b);
}

bool Unifier::Unify(TypeId from, TypeId to) {
  if (from == to) return true;
  const TypeTag wanted = pool_.Tag(to);
  if (wanted == TypeTag::kParameter) return Learn(to, from);
  const TypeTag given = pool_.Tag(from);
  if (given == TypeTag::kParameter) return Learn(from, to);
  if (given == TypeTag::kDyn) {
    // What a parameter takes from parts of it is not known either: the items of dyn are dyn.
    for (std::size_t i = 0; i < pool_[to].count; ++i) Unify(from, pool_.Arguments(to)[i]);
    return true;
  }
  if (wanted == TypeTag::kDyn) return true;
  if (given == TypeTag::kNull) return UnifyNull(to);
  if (wanted == TypeTag::kNull) return UnifyNull(from);
  if (given != wanted) return false;
  if (given == TypeTag::kType) return true;  // types are compared as values
  if (given == TypeTag::kOpaque && pool_[from].name != pool_[to].name) return false;
  const std::size_t count = pool_[from].count;
  if (count != pool_[to].count) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (!Unify(pool_.Arguments(from)[i], pool_.Arguments(to)[i])) return false;
  }
  return true;
}

bool Unifier::Learn(TypeId parameter, TypeId type) {
  const std::uint32_t number = pool_[parameter].first;
  const TypeNode& node = pool_[type];
  if (node.tag == TypeTag::kParameter && node.first == number) return true;
  const TypeId before = bindings_[number];
  TypeId after = type;
  if (before != kUnbound) {
    if (!Unify(type, before)) return false;
    after = MoreGeneral(type, before);
    if (Mentions(after, number)) return true;
  } else if (Mentions(type, number)) {
    return false;
  }
  trail_.push_back({number, before});
  bindings_[number] = after;
  return true;
}

bool Unifier::UnifyNull(TypeId other) const {
  switch (pool_.Tag(other)) {
    case TypeTag::kNull:
    case TypeTag::kTimestamp:
    case TypeTag::kDuration:
    case TypeTag::kOptional:
    case TypeTag::kOpaque:
      return true;
    default:
      return false;
  }
}

TypeId Unifier::MoreGeneral(TypeId a, TypeId b) const { return AtLeastAsGeneral(a, b) ? a : b; }

bool Unifier::AtLeastAsGeneral(TypeId a, TypeId b) const {
  const TypeTag left = pool_.Tag(a);
  const TypeTag right = pool_.Tag(b);
  if (left == TypeTag::kDyn || left == TypeTag::kParameter) return true;
  if (right == TypeTag::kDyn || right == TypeTag::kParameter) return false;
  if (right == TypeTag::kNull) return true;
  if (left != right || pool_[a].count != pool_[b].count) return false;
  for (std::size_t i = 0; i < pool_[a].count; ++i) {
    if (!AtLeastAsGeneral(pool_.Arguments(a)[i], pool_.Arguments(b)[i])) return false;
  }
  return true;
}

bool Unifier::Mentions(TypeId type, std::uint32_t parameter) const {
  const TypeNode& node = pool_[type];
  if (!node.generic) return false;
  if (node.tag == TypeTag::kParameter) {
    if (node.first == parameter) return true;
    const TypeId bound = bindings_[node.first];
    return bound != kUnbound && Mentions(bound, parameter);
  }
  return std::ranges::any_of(pool_.Arguments(type),
                             [&](TypeId argument) { return Mentions(argument, parameter); });
}

TypeId Unifier::Resolve(TypeId id) const {
  while (pool_.Tag(id) == TypeTag::kParameter) {
    const TypeId bound = bindings_[pool_[id].first];
    if (bound == kUnbound) return id;
    id = bound;
  }
  return id;
}

TypeId Unifier::Final(TypeId id) {
  id = Resolve(id);
  const TypeNode node = pool_[id];
  if (!node.generic) return id;
  if (node.tag == TypeTag::kParameter) return kDynType;
  std::vector<TypeId> arguments;
  for (std::size_t i = 0; i < node.count; ++i) {
    arguments.push_back(Final(pool_.Arguments(id)[i]));
  }
  return pool_.Make(node.tag, arguments, node.name);
}

}  // namespace restorable::cel
