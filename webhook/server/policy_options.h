#pragma once

#include "admission/policy.h"
#include "base/diagnostic.h"

namespace CLI {
class App;
}

namespace restorable::webhook {

// The options that say where the rules are and who is exempt: --config, --settings, --rules.
void DeclareRuleOptions(CLI::App& app, admission::PolicyFiles& files);
// And what is known of the cluster: --classes.
void DeclarePolicyOptions(CLI::App& app, admission::PolicyFiles& files);

// Says on standard error what is wrong with a policy.
void Explain(const admission::Policy::LoadResult& loaded);

}  // namespace restorable::webhook
