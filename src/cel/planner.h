#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "cel/check.h"
#include "cel/plan.h"
#include "cel/tree.h"

namespace restorable::cel {

// Turns a checked tree into a plan. Names in the plan view the expression's text and the
// environment. Literals that no value can be made of ("matches('(')") are reported.
[[nodiscard]] Plan MakePlan(const Environment& environment, const Tree& tree,
                            const CheckResult& check, std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::cel
