#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "policy/finding.h"
#include "policy/rule_set.h"
#include "policy/suppression.h"
#include "resource/deployment.h"

namespace restorable::policy {

// What is done once all findings of a run are there, in the order of the
// report: comments and the configuration suppress what they mean, and equal
// fingerprints are numbered. Adds diagnostics about suppressions that are
// expired, forbidden or hide nothing.
void Finish(const RuleSet& rules, const PathOf& path_of,
            const std::vector<SuppressionComment>& comments, std::vector<Finding>& findings,
            std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::policy
