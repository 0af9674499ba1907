#include "base/version.h"

namespace restorable {

std::string_view Version() { return RESTORABLE_VERSION; }

}  // namespace restorable
