#pragma once

#include <string>

#include "policy/rule_set.h"

namespace restorable::policy {

// The text of a C++ source that defines BuiltInRules() and BuiltInExamples() as those of
// `rules`, which were all compiled.
[[nodiscard]] std::string EmbeddedSource(const RuleSet& rules);

}  // namespace restorable::policy
