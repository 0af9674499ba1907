#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "policy/configuration.h"
#include "policy/rule.h"

namespace restorable::policy {

// Settles which rules are enabled, how severe they are and with which parameters they run. Reports
// rules and parameters that there are not.
void Configure(std::span<Rule> rules, const Configuration& configuration, Arena& arena,
               std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::policy
