#pragma once

#include "base/diagnostic.h"

namespace restorable::report {

inline constexpr DiagnosticKind kNotReport{
    "report-not-report", Severity::kError,
    "this is no report that `restorable … --format json` has written"};
inline constexpr DiagnosticKind kReportVersion{"report-version", Severity::kError,
                                               "reports of version {0} are not known here"};
inline constexpr DiagnosticKind kBadReportField{"report-bad-field", Severity::kError,
                                                "`{0}` of a report must be {1}"};

inline constexpr const DiagnosticKind* kKinds[] = {&kNotReport, &kReportVersion, &kBadReportField};

}  // namespace restorable::report
