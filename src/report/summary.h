#pragma once

#include <string>
#include <string_view>

#include "policy/finding.h"
#include "scan/scan.h"

namespace restorable::report {

// "3 files, 5 documents, 9 resources: 2 violations (1 error, 1 warning), 1 undetermined, …".
[[nodiscard]] std::string SummaryLine(const scan::Report& report);

// Whether a finding is a violation that nobody suppressed.
[[nodiscard]] bool Counts(const policy::Finding& finding);

// "1 file", "2 files".
[[nodiscard]] std::string Count(std::size_t count, std::string_view noun);

}  // namespace restorable::report
