#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cluster/client.h"
#include "cluster/objects.h"
#include "cluster/shard.h"
#include "policy/finding.h"

// Reports as objects of the cluster: https://github.com/kubernetes-sigs/wg-policy-prototypes
namespace restorable::cluster {

// A PolicyReport or ClusterPolicyReport.
struct PolicyReport {
  std::string namespace_;  // empty: of the cluster
  std::string body;        // JSON
};

// One for each namespace with violations, and one for what is in none, in the order of namespaces.
// Each has at most 500 results, errors first; its summary counts all.
[[nodiscard]] std::vector<PolicyReport> MakePolicyReports(std::span<const policy::Finding> findings,
                                                          std::span<const Object> objects);

// Writes them by server-side apply. If `is_complete`, those of the shard that an earlier audit
// wrote and that have no violation any more are deleted. Returns what went wrong.
[[nodiscard]] std::vector<Diagnostic> WritePolicyReports(Client& client,
                                                         std::span<const PolicyReport> reports,
                                                         Shard shard, bool is_complete);

}  // namespace restorable::cluster
