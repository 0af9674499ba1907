#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/arena.h"
#include "value/value.h"

// What the text of a scalar means: YAML 1.1 as the Go reader of Kubernetes has it.
namespace restorable::yaml {

// The value of a plain scalar without a tag: null, bool, int, uint, double or string. The last is
// `text` itself.
[[nodiscard]] Value ResolvePlain(std::string_view text);

// The value of a scalar under a tag ("tag:yaml.org,2002:int", "!foo"), quoted or not; nothing when
// the tag does not fit the text. Tags without a meaning of
// their own make a string.
[[nodiscard]] std::optional<Value> ResolveTagged(std::string_view tag, std::string_view text,
                                                 Arena& arena);

// Manifests reach Kubernetes through JSON, which has one kind of number: a double with an integral
// value becomes an int where it fits. Everything else
// stays.
[[nodiscard]] Value ThroughJson(Value value);

// Whether JSON has a form for the value: not for infinities and NaN.
[[nodiscard]] bool HasJsonForm(Value value);

// A scalar as the key of a map, that is, as a string; nothing for null and uint, which Kubernetes
// refuses. `value` is what the functions above gave, not
// yet through JSON.
[[nodiscard]] std::optional<Value> KeyOf(Value value, Arena& arena);

}  // namespace restorable::yaml
