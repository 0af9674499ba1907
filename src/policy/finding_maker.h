#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "policy/evaluation.h"
#include "policy/finding.h"
#include "policy/judge.h"
#include "policy/rule_set_impl.h"
#include "policy/session.h"
#include "resource/resource.h"

namespace restorable::policy {

// The finding for an outcome that is undetermined or violated. The check's item is still set.
[[nodiscard]] Finding MakeFinding(const RuleSet::Impl::CheckEntry& entry,
                                  const CompiledCheck& check, const Resource& resource,
                                  const Outcome& outcome, const Session::Context& context,
                                  Evaluation& evaluation);

// The diagnostic for one that is an error.
[[nodiscard]] Diagnostic MakeFailure(const RuleSet::Impl::CheckEntry& entry,
                                     const Resource& resource, const Outcome& outcome);

}  // namespace restorable::policy
