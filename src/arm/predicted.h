#pragma once

#include <optional>

#include "arm/deploy.h"
#include "base/arena.h"
#include "base/limits.h"
#include "value/value.h"

namespace restorable::arm {

// Whether a JSON text is what a tool predicts of a deployment: the result of what-if
// ({"changes": […]}), or a snapshot of Bicep ({"predictedResources": […]}).
[[nodiscard]] bool IsPrediction(Value root);

// The resources that will be there: of a what-if result those after the changes, without what is
// deleted or none of the deployment's. What a snapshot leaves as an expression is unknown. The
// values lie where those of `root` do, and in the arena.
[[nodiscard]] Deployed ReadPrediction(Value root, Arena& arena, const Limits& limits);

}  // namespace restorable::arm
