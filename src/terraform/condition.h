#pragma once

#include <optional>

#include "hcl/tree.h"

namespace restorable::terraform {

// Whether two expressions of one tree are the same condition (true), one the contrary of the other
// (false), or neither as far as their writing tells: `!x`, `x == false` and `a != b` are read as
// the contrary of `x` and of `a == b`.
[[nodiscard]] std::optional<bool> CompareConditions(const hcl::Tree& tree, hcl::NodeId a,
                                                    hcl::NodeId b);

}  // namespace restorable::terraform
