#pragma once

#include <optional>
#include <span>
#include <vector>

#include "cel/type_pool.h"

namespace restorable::cel {

// What the type parameters of one check stand for. Dyn goes with everything; null with
// timestamps, durations, optionals and opaque types.
class Unifier {
 public:
  explicit Unifier(TypePool& pool) : pool_(pool) {}

  // A parameter that stands for nothing yet, or the first of `count`.
  std::uint32_t Fresh(std::uint32_t count);
  TypeId FreshType() { return pool_.Parameter(Fresh(1)); }

  // Whether a value of the one type can stand where the other is wanted. Parameters learn from it,
  // unless the answer is no.
  bool Assign(TypeId from, TypeId to);
  bool Assign(std::span<const TypeId> from, std::span<const TypeId> to);
  // Forgets what parameters learned from the last Assign.
  void Undo();

  // The type of what is one or the other; nothing if they do not go together.
  std::optional<TypeId> Join(TypeId a, TypeId b);

  // What a parameter stands for, as far as that is known, at the top level.
  [[nodiscard]] TypeId Resolve(TypeId id) const;
  // With all parameters replaced; those that stand for nothing become dyn.
  [[nodiscard]] TypeId Final(TypeId id);

 private:
  static constexpr TypeId kUnbound = static_cast<TypeId>(0xFFFFFFFF);

  struct Learned {
    std::uint32_t parameter;
    TypeId before;
  };

  bool Unify(TypeId from, TypeId to);
  bool Learn(TypeId parameter, TypeId type);
  bool UnifyNull(TypeId other) const;
  [[nodiscard]] TypeId MoreGeneral(TypeId a, TypeId b) const;
  [[nodiscard]] bool AtLeastAsGeneral(TypeId a, TypeId b) const;
  [[nodiscard]] bool Mentions(TypeId type, std::uint32_t parameter) const;

  TypePool& pool_;
  std::vector<TypeId> bindings_;
  std::vector<Learned> trail_;
};

}  // namespace restorable::cel
