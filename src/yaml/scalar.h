#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "value/value.h"

namespace restorable::yaml {

// What a plain scalar without a tag is to Kubernetes: null, bool, int, uint,
// double, or a string that points to `text`. Numbers have passed through
// JSON: 1.0 and 1e3 are integers. Infinities and NaN stay doubles, for the
// caller to refuse.
[[nodiscard]] Value ResolvePlain(std::string_view text);
// The same for a key, which does not pass through JSON: 1.0 is a double.
[[nodiscard]] Value ResolvePlainKey(std::string_view text);

// The value under one of YAML's own tags ("tag:yaml.org,2002:int"), or nothing
// if `text` is not of that type. `plain`: the scalar was not quoted. A tag that
// is not YAML's makes a string.
[[nodiscard]] std::optional<Value> ResolveTagged(std::string_view tag,
                                                 std::string_view text,
                                                 bool plain, Arena &arena);

// The string that Kubernetes makes of a key: "true" of `y`, "511" of 0777.
// Nothing for null, for integers over 63 bits and for what is no scalar.
[[nodiscard]] std::optional<std::string_view> KeyString(Value key,
                                                        Arena &arena);

} // namespace restorable::yaml
