#include "cel/secret.h"

#include <algorithm>

namespace restorable::cel {
namespace {

// Containers keep the marks of their elements.
bool IsScalar(Value value) {
  switch (value.kind()) {
    case Kind::kInt:
    case Kind::kUint:
    case Kind::kDouble:
    case Kind::kString:
    case Kind::kBytes:
    case Kind::kTimestamp:
    case Kind::kDuration:
    case Kind::kOpaque:
      return true;
    default:
      return false;
  }
}

bool IsAnswer(Value value) {
  return value.Is(Kind::kBool) || value.Is(Kind::kType) || value.IsError() || value.IsUnknown();
}

// Values are no deeper than the limit on nesting.
bool HasSecret(Value value) {
  if (value.IsSensitive()) return true;
  if (value.IsList()) return std::ranges::any_of(value.AsList(), HasSecret);
  if (value.IsMap()) {
    return std::ranges::any_of(value.AsMap(),
                               [](const MapEntry& entry) { return HasSecret(entry.value); });
  }
  return value.Is(Kind::kOptional) && value.AsOptional() != nullptr &&
         HasSecret(*value.AsOptional());
}

}  // namespace

bool HoldsSecret(std::span<const Value> values) { return std::ranges::any_of(values, HasSecret); }

Value MadeOf(std::span<const Value> values, Strictness strictness, Value made) {
  if (made.IsSensitive() || IsAnswer(made)) return made;
  const bool deep = IsScalar(made) && strictness != Strictness::kShallow;
  const bool secret = deep ? HoldsSecret(values) : std::ranges::any_of(values, &Value::IsSensitive);
  return secret ? made.Sensitive() : made;
}

}  // namespace restorable::cel
