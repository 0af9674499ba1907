#pragma once

#include "base/diagnostic.h"

namespace restorable::json {}  // namespace restorable::json
