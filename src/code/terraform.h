#pragma once

#include "code/language.h"

namespace restorable::code {

// Root modules of Terraform with the modules that they call, and what `terraform show -json`
// prints. Each is a deployment of its own: resources of the schema kTerraform, which have an `id`
// if only the text in braces that stands for it; the providers that it requires, as
// `required_provider` {name, source, version, locked}; and calls of modules that are not on disk.
[[nodiscard]] Result EvaluateTerraform(const Input& input);

}  // namespace restorable::code
