#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "policy/rule.h"
#include "policy/rule_set.h"

namespace restorable::policy {

// A check as a ValidatingAdmissionPolicy has it: CEL of Kubernetes only, each expression one line.
struct AdmissionPolicy {
  const Rule* rule = nullptr;
  const Check* check = nullptr;
  std::string name;  // "akb101-unsupported-disk-sku-2": the second check
  std::vector<std::pair<std::string, std::string>> variables;
  std::string expression;
  std::string message_expression;  // empty if only the message can be said
  std::string message;             // without what the object says
  int kubernetes_minor = 30;       // the first API server 1.N that understands it
  std::vector<std::string> gaps;   // what it lets pass unjudged, by reason as below
};

// A check that cannot be one.
struct NotExported {
  const Rule* rule = nullptr;
  std::size_t check = 0;  // from 1
  std::string reason;     // "it uses flatten(), which no API server has"
};

struct ExportedPolicies {
  std::vector<AdmissionPolicy> policies;
  std::vector<NotExported> others;
};

// The checks on Kubernetes objects of all enabled rules that are evaluated at admission. Azure
// resources that objects describe are left to the webhook and named.
[[nodiscard]] ExportedPolicies ExportPolicies(const RuleSet& rules, const Limits& limits);

}  // namespace restorable::policy
