#pragma once

#include <span>
#include <string>

#include "arm/context.h"
#include "arm/names.h"
#include "arm/template.h"
#include "value/value.h"

// A lambda with the names that it can use: a value that only functions get to see.
namespace restorable::arm {

struct Closure {
  const Tree* tree;
  Lambda lambda;
  Range range;
  Names* names;
  const Local* locals;
};

[[nodiscard]] Value MakeClosure(Context& context, const Closure& closure);
[[nodiscard]] bool IsClosure(Value value);
// What stands for it within a term.
[[nodiscard]] std::string ClosureText(Value closure);
// How many parameters it has.
[[nodiscard]] std::size_t ParameterCount(Value closure);
// Its value for these arguments; those that it has no parameter for are left out.
[[nodiscard]] Value Invoke(Context& context, Value closure, std::span<const Value> arguments);

}  // namespace restorable::arm
