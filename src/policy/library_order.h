#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/diagnostic.h"
#include "policy/definitions.h"

namespace restorable::policy {

// A function (by its place among Definitions::functions) or a variable of the libraries.
struct LibraryMember {
  bool is_function = false;
  std::size_t index = 0;
};

enum class Ordered : std::uint8_t {
  kAll,
  kVariables,  // and what they use
};

// The members in an order in which each uses earlier ones only. Those that depend on themselves are
// reported and left out.
[[nodiscard]] std::vector<LibraryMember> OrderLibrary(const Definitions& definitions,
                                                      Ordered ordered,
                                                      std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::policy
