#pragma once

#include <string>
#include <string_view>

#include "arm/context.h"
#include "value/value.h"

namespace restorable::arm {

// Appends a value without symbols as the service writes it: keys in the order they have, no blanks.
void AppendJson(std::string& out, Value value);

// The value of a JSON text that stands in no file; all of it has the place `range`. An error where
// it is no JSON.
[[nodiscard]] Value FromJson(Context& context, std::string_view text, Range range);

}  // namespace restorable::arm
