#pragma once

#include <string>

#include "value/value.h"

namespace restorable {

enum class JsonStyle { kCompact, kIndented };

// The value as JSON, for people, golden files and `eval`. What JSON has no form for is an object of
// one member whose name starts with "$": {"$unknown": "no-default var.sku"}, {"$error": "…"},
// {"$bytes": base64}, {"$duration": "90s"}. Sensitive values print as "(sensitive)".
[[nodiscard]] std::string ToJson(Value value, JsonStyle style = JsonStyle::kCompact);

// `text` in quotes, escaped; invalid UTF-8 becomes U+FFFD.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace restorable
