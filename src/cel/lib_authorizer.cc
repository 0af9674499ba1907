#include "cel/libraries.h"

// Only a cluster can answer these. They are declared, so that policies are checked and exported;
// the variable `authorizer` is an unknown here, and so is whatever is asked of it.
namespace restorable::cel {
namespace {

constexpr Builtin kRows[] = {
    {"kubernetes.authorization.Authorizer.path(string) -> kubernetes.authorization.PathCheck"},
    {"kubernetes.authorization.Authorizer.group(string) -> kubernetes.authorization.GroupCheck"},
    {"kubernetes.authorization.Authorizer.serviceAccount(string, string) -> "
     "kubernetes.authorization.Authorizer"},
    {"kubernetes.authorization.GroupCheck.resource(string) -> "
     "kubernetes.authorization.ResourceCheck"},
    {"kubernetes.authorization.ResourceCheck.subresource(string) -> "
     "kubernetes.authorization.ResourceCheck"},
    {"kubernetes.authorization.ResourceCheck.namespace(string) -> "
     "kubernetes.authorization.ResourceCheck"},
    {"kubernetes.authorization.ResourceCheck.name(string) -> "
     "kubernetes.authorization.ResourceCheck"},
    {"kubernetes.authorization.ResourceCheck.fieldSelector(string) -> "
     "kubernetes.authorization.ResourceCheck"},
    {"kubernetes.authorization.ResourceCheck.labelSelector(string) -> "
     "kubernetes.authorization.ResourceCheck"},
    {"kubernetes.authorization.PathCheck.check(string) -> kubernetes.authorization.Decision",
     nullptr, Cost::kAuthorizer},
    {"kubernetes.authorization.ResourceCheck.check(string) -> kubernetes.authorization.Decision",
     nullptr, Cost::kAuthorizer},
    {"kubernetes.authorization.Decision.allowed() -> bool"},
    {"kubernetes.authorization.Decision.reason() -> string"},
    {"kubernetes.authorization.Decision.errored() -> bool"},
    {"kubernetes.authorization.Decision.error() -> string"},
};

}  // namespace

std::span<const Builtin> AuthorizerFunctions() { return kRows; }

}  // namespace restorable::cel
