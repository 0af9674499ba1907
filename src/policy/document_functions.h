#pragma once

#include "cel/builtin.h"

// The functions by which lowerings read documents within documents: yamlObjects(), jsonObject(),
// and merged().
namespace restorable::policy {

[[nodiscard]] const cel::Library& DocumentLibrary();

}  // namespace restorable::policy
