#pragma once

#include "base/diagnostic.h"

namespace restorable::cel {}  // namespace restorable::cel
