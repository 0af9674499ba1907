#pragma once

#include <vector>

#include "hcl/tree.h"
#include "terraform/context.h"
#include "value/value.h"

// What Terraform's operators give, with errors and unknowns as values.
namespace restorable::terraform {

[[nodiscard]] Value Apply(Context& context, hcl::UnaryOp op, Value operand, Range range);
// All but `&&` and `||` of an error are that error.
[[nodiscard]] Value Apply(Context& context, hcl::BinaryOp op, Value a, Value b, Range range);

// Whether two values are equal: of the same type, without conversion. Unknown where an unknown
// member decides.
[[nodiscard]] Value Equals(Context& context, Value a, Value b);

// What comes of a computation that waits for an unknown: no longer the thing that it names.
[[nodiscard]] inline Value Waiting(Value unknown, Range range) {
  return unknown.Named(false).At(range);
}

// The branch that was chosen as the type of both, as conditionals make it.
[[nodiscard]] Value UnifyBranch(Context& context, Value chosen, Value other);

// What is known of a value that is one of two, by a condition that is `unknown`: where they agree,
// and of maps and lists of one length member by member.
[[nodiscard]] Value Blend(Context& context, Value a, Value b, Value unknown);

// `collection[key]`, `object.name`. What lies in a thing that is not known has a name as well.
[[nodiscard]] Value IndexValue(Context& context, Value collection, Value key, Range range);

// The order of a set, of values without unknowns: negative, zero where they are equal, or positive.
[[nodiscard]] int Order(Value a, Value b);
// Sorted and without duplicates.
[[nodiscard]] Value MakeSet(Context& context, std::vector<Value> items);

// Whether the value or something in it is unknown.
[[nodiscard]] bool HasUnknown(Value value);
// Whether the value or something in it is a secret.
[[nodiscard]] bool HasSensitive(Value value);
// The first unknown in it.
[[nodiscard]] Value FirstUnknown(Value value);

}  // namespace restorable::terraform
