#pragma once

#include "admission/policy.h"
#include "base/diagnostic.h"

namespace CLI {
class App;
}

namespace restorable::webhook {

// The options that say where the policy is: --config, --settings, --rules, --classes.
void DeclarePolicyOptions(CLI::App& app, admission::PolicyFiles& files);

// Says on standard error what is wrong with a policy.
void Explain(const admission::Policy::LoadResult& loaded);

}  // namespace restorable::webhook
