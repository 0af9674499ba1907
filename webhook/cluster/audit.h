#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "admission/policy.h"
#include "cluster/client.h"
#include "cluster/list.h"
#include "cluster/objects.h"
#include "cluster/shard.h"
#include "scan/scan.h"

namespace restorable::cluster {

struct AuditOptions {
  Shard shard;
  ListOptions list;
  bool verbose = false;  // the report also says which kinds the cluster has not
};

struct AuditResult {
  scan::Report report;           // ranges point nowhere: what is found is at addresses
  std::vector<Object> objects;   // that the findings are about, in their order
  std::string classes;           // see classes.h
  bool has_all_classes = false;  // false if they could not be listed
};

// Judges the objects of a cluster as those of one deployment. Lists kinds that rules name, and
// those of the webhook that rules for any kind are about; nothing else, so no secret. Objects whose
// controller's kind was listed too are left out: what is found in them is found in their
// controller. Objects in exempt namespaces, and in those of other shards, are looked up by others
// and not reported on.
//
// Memory grows with what rules look up across objects (classes, volumes, claims, workloads with
// claims), and with the findings; of all else a page is there at a time.
[[nodiscard]] AuditResult Audit(Client& client, const admission::Policy& policy,
                                const AuditOptions& options);

}  // namespace restorable::cluster
