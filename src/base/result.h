#pragma once

#include <tl/expected.hpp>

#include "base/diagnostic.h"

namespace restorable {

// What a step gives that works or does not; a stage that can carry on returns what it made and its
// diagnostics instead.
template <typename T>
using Result = tl::expected<T, Diagnostic>;

[[nodiscard]] inline tl::unexpected<Diagnostic> Failure(Diagnostic diagnostic) {
  return tl::unexpected<Diagnostic>(std::move(diagnostic));
}

}  // namespace restorable
