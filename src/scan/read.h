#pragma once

#include <string>

#include "base/limits.h"
#include "base/result.h"
#include "scan/discover.h"

namespace restorable::scan {

// The bytes of a file or of standard input. Errors: scan-unreadable-file, scan-not-regular (it
// became something else since it was found), scan-file-too-large (also while it grows).
[[nodiscard]] Result<std::string> ReadInput(const InputFile& file, const Limits& limits);

}  // namespace restorable::scan
