#pragma once

#include "arm/context.h"
#include "arm/names.h"
#include "arm/template.h"
#include "value/value.h"

namespace restorable::arm {

// The value of an expression. What cannot be computed is an error; what is left open a symbol, or
// holds symbols.
[[nodiscard]] Value Evaluate(Context& context, Names& names, const Tree& tree, NodeId node,
                             const Local* locals = nullptr);

// The items that a loop goes over, with its locals: for `count` rounds or the items of a list.
// `failure` is what keeps it from being known.
struct Rounds {
  std::vector<const Local*> locals;
  std::optional<Value> failure;
};
[[nodiscard]] Rounds RoundsOf(Context& context, Names& names, const Tree& tree, const Loop& loop,
                              Local::Kind kind, const Local* outer);

}  // namespace restorable::arm
