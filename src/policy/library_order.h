#pragma once

#include <cstddef>
#include <vector>

#include "base/diagnostic.h"
#include "policy/definitions.h"

namespace restorable::policy {

// A function (by its place among Definitions::functions) or a variable of the libraries.
struct LibraryMember {
  bool is_function = false;
  std::size_t index = 0;
};

// The members in an order in which each uses earlier ones only. Those that depend on themselves are
// reported and left out.
[[nodiscard]] std::vector<LibraryMember> OrderLibrary(const Definitions& definitions,
                                                      std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::policy
