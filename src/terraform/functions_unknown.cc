#include "terraform/functions.h"

namespace restorable::terraform {

Value Impure(Call& call) { return call.Unknown(UnknownReason::kImpureFunction); }
Value OfEnvironment(Call& call) { return call.Unknown(UnknownReason::kEnvironment); }
Value Unsupported(Call& call) { return call.Unknown(UnknownReason::kUnsupported); }

}  // namespace restorable::terraform
