#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/builtin.h"
#include "cel/type_pool.h"
#include "value/value.h"

namespace restorable::cel {

// What a parameter accepts at run time.
struct ParameterKinds {
  std::uint32_t mask = 0;        // a bit for each Kind
  std::string_view opaque_name;  // which opaque type; empty when any will do

  [[nodiscard]] bool Accepts(const Value& value) const {
    if ((mask >> static_cast<unsigned>(value.kind()) & 1U) == 0) return false;
    return opaque_name.empty() || !value.Is(Kind::kOpaque) ||
           value.AsOpaque().type->name == opaque_name;
  }
};
[[nodiscard]] ParameterKinds KindsOf(const TypePool& pool, TypeId type);

// A Builtin, ready to be chosen and called. Types are those of the environment's pool.
struct Overload {
  Builtin builtin;
  int kubernetes_minor = 0;  // of its library
  bool member = false;
  bool variadic = false;
  std::uint32_t type_parameters = 0;
  std::vector<TypeId> parameters;  // a member's receiver is the first
  std::vector<ParameterKinds> kinds;
  TypeId result = kDynType;

  [[nodiscard]] bool TakesCount(std::size_t arguments) const {
    return variadic ? arguments >= parameters.size() : arguments == parameters.size();
  }
  [[nodiscard]] std::size_t ParameterOf(std::size_t argument) const {
    return argument < parameters.size() ? argument : parameters.size() - 1;
  }
  [[nodiscard]] bool Accepts(std::span<const Value> arguments) const {
    if (!TakesCount(arguments.size())) return false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (!kinds[ParameterOf(i)].Accepts(arguments[i])) return false;
    }
    return true;
  }
};

struct Function {
  std::string name;
  std::deque<Overload> overloads;  // programs point to them
  bool standard = false;           // part of the language
};

}  // namespace restorable::cel
