#pragma once

#include "base/arena.h"
#include "base/limits.h"
#include "terraform/deploy.h"
#include "value/value.h"

// What `terraform show -json` prints of a plan or a state (format_version 0.1 and later).
namespace restorable::terraform {

// Whether a JSON document is one: it names both its format's version and Terraform's own.
[[nodiscard]] bool IsPlan(Value document);

// What stands when the plan is carried out, or stands in the state, as evaluation of the code would
// give it: no configurations, the version constraints of providers, and instances in the order of
// the document, deleted ones left out. What the plan does not know yet is unknown (computed), but
// for the resource's own id, which is a text in braces; secrets are marked. A null attribute is
// absent. With what is changed or replaced comes what it is before, in the same form. Ranges lie in
// the document; strings in it or in the arena. Diagnostics: terraform-plan-format where the format
// is of a later major version, and terraform-plan-incomplete where planning ended before its end.
[[nodiscard]] Deployed ReadPlan(Value document, Arena& arena, const Limits& limits);

}  // namespace restorable::terraform
