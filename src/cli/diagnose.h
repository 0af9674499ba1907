#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "report/entry.h"

namespace restorable::cli {

// Says on standard error what is wrong, with the code that it is about. True if there is an error
// among the diagnostics.
bool Diagnose(const std::vector<Diagnostic>& diagnostics, const report::FindFile& find_file);

}  // namespace restorable::cli
