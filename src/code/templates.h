#pragma once

#include "code/language.h"

namespace restorable::code {

// Bicep files, templates of ARM in JSON, and the files of values for both.
[[nodiscard]] Result EvaluateTemplates(const Input& input);

}  // namespace restorable::code
