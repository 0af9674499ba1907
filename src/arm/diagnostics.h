#pragma once

#include "base/diagnostic.h"

namespace restorable::arm {

inline constexpr DiagnosticKind kExpectedInExpression{"arm-expected", Severity::kError,
                                                      "expected {0}, found {1}"};
inline constexpr DiagnosticKind kUnclosedText{"arm-unclosed-text", Severity::kError,
                                              "the text has no closing `'`"};
inline constexpr DiagnosticKind kNumberOutOfRange{"arm-number-out-of-range", Severity::kError,
                                                  "`{0}` does not fit a 64-bit integer"};
inline constexpr DiagnosticKind kTooDeep{"arm-too-deep", Severity::kError,
                                         "nested deeper than the limit of {0}"};
inline constexpr DiagnosticKind kShape{"arm-shape", Severity::kError, "`{0}` is {1}, not {2}"};
inline constexpr DiagnosticKind kMissing{"arm-missing", Severity::kError, "{0} has no `{1}`"};
inline constexpr DiagnosticKind kEvaluation{"arm-evaluation", Severity::kInfo,
                                            "this has no value: {0}"};
inline constexpr DiagnosticKind kCycle{"arm-cycle", Severity::kError, "`{0}` depends on itself"};
inline constexpr DiagnosticKind kParameterValue{"arm-parameter-value", Severity::kWarning,
                                                "the value of parameter `{0}` does not fit: {1}"};
inline constexpr DiagnosticKind kParameterUnknown{"arm-parameter-unknown", Severity::kWarning,
                                                  "the template has no parameter `{0}`"};
inline constexpr DiagnosticKind kModuleMissing{
    "arm-module-missing", Severity::kInfo,
    "module `{0}` is not on disk; what it creates and gives out is unknown"};
inline constexpr DiagnosticKind kLimitPassed{
    "arm-limit", Severity::kError, "the limit on {0} is passed; what depends on it is unknown"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kExpectedInExpression,
    &kUnclosedText,
    &kNumberOutOfRange,
    &kTooDeep,
    &kShape,
    &kMissing,
    &kEvaluation,
    &kCycle,
    &kParameterValue,
    &kParameterUnknown,
    &kModuleMissing,
    &kLimitPassed,

};

}  // namespace restorable::arm
