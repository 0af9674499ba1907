#pragma once

#include "terraform/configuration.h"
#include "terraform/context.h"
#include "terraform/evaluate.h"

namespace restorable::terraform {

// What a resource block configures, as `Instance::body` has it: `dynamic` blocks are made, and what
// speaks to Terraform alone (`count`, `lifecycle`, …) is left out.
// An argument whose name is among `documents` is the text of an object: where it is nothing but the
// encoding of a value, it is that value, which has kept its places.
[[nodiscard]] Value EvaluateBody(Context& context, const Body& body, Names& names,
                                 const Scope* scope,
                                 std::span<const std::string_view> documents = {});

// An error becomes an unknown, and is reported.
[[nodiscard]] Value Settle(Context& context, Value value);

}  // namespace restorable::terraform
