#pragma once

#include "base/diagnostic.h"

namespace restorable {

inline constexpr DiagnosticKind kBadUtf16{"text-bad-utf16", Severity::kError,
                                          "the file starts as UTF-16, but is not: see byte {0}"};

inline constexpr const DiagnosticKind* kTextKinds[] = {&kBadUtf16};

}  // namespace restorable
