#include "scan/finding_merger.h"

#include <algorithm>

#include "policy/rule.h"

namespace restorable::scan {

void FindingMerger::Add(std::vector<policy::Finding> findings) {
  for (policy::Finding& finding : findings) {
    Key key{finding.rule->id, finding.range, finding.resource_address, finding.message,
            finding.verdict};
    const auto [place, added] = places_.try_emplace(std::move(key), findings_.size());
    if (added) findings_.push_back(std::move(finding));
    policy::Finding& merged = findings_[place->second];
    // Found before in every environment of a template, or of another one that shares a module.
    const bool everywhere = !added && merged.environments.empty();
    if (everywhere) continue;
    if (std::ranges::find(merged.environments, environment_) == merged.environments.end()) {
      merged.environments.push_back(environment_);
    }
    if (merged.environments.size() >= environments_) merged.environments.clear();
  }
}

}  // namespace restorable::scan
