#pragma once

#include <string>

#include "value/value.h"

namespace restorable::terraform {

// Appends what jsonencode() makes of a known value: keys sorted, and `<`, `>`, `&` as escapes.
void AppendJson(std::string& out, Value value);

}  // namespace restorable::terraform
