#pragma once

#include <optional>

#include "hcl/tree.h"
#include "terraform/context.h"
#include "terraform/type.h"

namespace restorable::terraform {

// Reads a type constraint: `list(string)`, `object({a = optional(number, 1)})`, and the forms in
// quotes of old. What is none is reported, and nothing is given.
[[nodiscard]] std::optional<Type> ReadType(Context& context, const hcl::Tree& tree,
                                           hcl::NodeId node);

}  // namespace restorable::terraform
