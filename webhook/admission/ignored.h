#pragma once

#include <optional>

#include "policy/rule_set.h"
#include "policy/suppression.h"
#include "value/value.h"

namespace restorable::admission {

// What the annotation `restorable.dev/ignore` of an object hides, by which its author says so;
// nothing if it is not there, says none of what a suppression must say, or is over.
[[nodiscard]] std::optional<policy::SuppressionComment> ReadIgnored(Value object,
                                                                    const policy::RuleSet& rules);

}  // namespace restorable::admission
