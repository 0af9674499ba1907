#pragma once

#include "base/diagnostic.h"

namespace restorable::yaml {}  // namespace restorable::yaml
