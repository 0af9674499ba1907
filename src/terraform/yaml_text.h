#pragma once

#include <optional>
#include <string>

#include "value/value.h"

namespace restorable::terraform {

// The value as yamlencode() writes it: block style, texts in double quotes or as literal blocks,
// entries by key. Nothing if libyaml refuses it.
[[nodiscard]] std::optional<std::string> YamlText(Value value);

}  // namespace restorable::terraform
