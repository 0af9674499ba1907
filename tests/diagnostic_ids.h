#pragma once

#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace restorable {

// What kinds of diagnostics there are, in their order.
inline std::vector<std::string_view> Ids(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string_view> ids;
  ids.reserve(diagnostics.size());
  for (const Diagnostic& diagnostic : diagnostics) ids.push_back(diagnostic.kind->id);
  return ids;
}

}  // namespace restorable
