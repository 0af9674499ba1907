#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/type.h"

namespace restorable::cel {

enum class TypeId : std::uint32_t {};

enum class TypeTag : std::uint8_t {
  kDyn,
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kTimestamp,
  kDuration,
  kType,
  kList,
  kMap,
  kOptional,
  kOpaque,
  kParameter,
};

struct TypeNode {
  TypeTag tag = TypeTag::kDyn;
  bool generic = false;     // has a parameter in it
  std::uint32_t first = 0;  // of the arguments; a parameter's number
  std::uint32_t count = 0;
  std::string_view name;  // of an opaque type; owned by the pool that made it
};

// Types while they are worked with. Types without arguments have one id, that of their tag, in all
// pools. A pool on top of another reads the other's types too, which must not grow meanwhile.
class TypePool {
 public:
  TypePool();
  explicit TypePool(const TypePool* base);

  [[nodiscard]] const TypeNode& operator[](TypeId id) const;
  [[nodiscard]] std::span<const TypeId> Arguments(TypeId id) const;
  [[nodiscard]] TypeTag Tag(TypeId id) const { return (*this)[id].tag; }

  TypeId Make(TypeTag tag, std::span<const TypeId> arguments, std::string_view name = {});
  TypeId List(TypeId element) { return Make(TypeTag::kList, {&element, 1}); }
  TypeId Optional(TypeId value) { return Make(TypeTag::kOptional, {&value, 1}); }
  TypeId TypeOf(TypeId type) { return Make(TypeTag::kType, {&type, 1}); }
  TypeId Map(TypeId key, TypeId value) {
    const TypeId arguments[] = {key, value};
    return Make(TypeTag::kMap, arguments);
  }
  TypeId Parameter(std::uint32_t number);
  // Single capitals become parameters, numbered by their place in `parameters`, which grows.
  TypeId From(const Type& type, std::vector<std::string>& parameters);
  // Single capitals become dyn.
  TypeId From(const Type& type);
  // The same type with `offset` added to the numbers of its parameters.
  TypeId Shift(TypeId id, std::uint32_t offset);

  [[nodiscard]] Type ToType(TypeId id) const;
  [[nodiscard]] std::string ToString(TypeId id) const { return cel::ToString(ToType(id)); }

 private:
  const TypePool* base_ = nullptr;
  std::uint32_t base_types_ = 0;
  std::uint32_t base_arguments_ = 0;
  std::vector<TypeNode> types_;
  std::vector<TypeId> arguments_;
  std::deque<std::string> names_;
};

inline constexpr TypeId kDynType = static_cast<TypeId>(TypeTag::kDyn);
[[nodiscard]] constexpr TypeId ScalarType(TypeTag tag) { return static_cast<TypeId>(tag); }
[[nodiscard]] constexpr bool IsScalar(TypeTag tag) { return tag < TypeTag::kType; }

}  // namespace restorable::cel
