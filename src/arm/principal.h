#pragma once

#include <string_view>
#include <vector>

#include "arm/context.h"
#include "value/value.h"

// The object ids of the identities that Azure makes for a resource. Nobody knows them before it is
// deployed, and yet role assignments refer to them.
namespace restorable::arm {

struct Principal {
  std::string_view path;  // in the body of its resource: "identity.principalId"
  Value term;             // what reads it
};

// Whether Azure adds principals to the body of a resource of `type`.
[[nodiscard]] bool HasPrincipals(std::string_view type, Value body);

// `body` with those that it does not have yet; `answer` is the symbol for all that Azure says of
// the resource. What was put into it goes to `added`.
[[nodiscard]] Value WithPrincipals(Context& context, std::string_view type, Value answer,
                                   Value body, std::vector<Principal>& added);

}  // namespace restorable::arm
