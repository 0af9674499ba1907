#pragma once

#include "base/diagnostic.h"

namespace restorable::terraform {

inline constexpr DiagnosticKind kEvaluation{"terraform-evaluation", Severity::kInfo,
                                            "this has no value: {0}"};
inline constexpr DiagnosticKind kCycle{"terraform-cycle", Severity::kError,
                                       "`{0}` depends on itself"};
inline constexpr DiagnosticKind kDuplicate{"terraform-duplicate", Severity::kError,
                                           "`{0}` is declared twice in this module"};
inline constexpr DiagnosticKind kType{"terraform-type", Severity::kError,
                                      "`{0}` is not a type constraint"};
inline constexpr DiagnosticKind kVariableValue{"terraform-variable-value", Severity::kWarning,
                                               "the value of variable `{0}` does not fit: {1}"};
inline constexpr DiagnosticKind kModuleMissing{
    "terraform-module-missing", Severity::kInfo,
    "module `{0}` is not on disk; what it creates and gives out is unknown"};
inline constexpr DiagnosticKind kValuesUnused{
    "terraform-values-unused", Severity::kInfo,
    "no module takes values from this file by itself; --var-file gives them"};
inline constexpr DiagnosticKind kLimitPassed{"terraform-limit", Severity::kError,
                                             "{0} are more than {1}; the rest is unknown"};
inline constexpr DiagnosticKind kModuleDepth{"terraform-module-depth", Severity::kError,
                                             "module calls within each other are more than {0} "
                                             "(limit module_depth)"};

inline constexpr DiagnosticKind kPlanFormat{
    "terraform-plan-format", Severity::kWarning,
    "plans of format {0} are not known; what is new in it is not read"};
inline constexpr DiagnosticKind kPlanIncomplete{
    "terraform-plan-incomplete", Severity::kWarning,
    "the plan ended with errors; what it does not contain is not checked"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kEvaluation,   &kCycle,       &kDuplicate,   &kType,       &kVariableValue,  &kModuleMissing,
    &kValuesUnused, &kLimitPassed, &kModuleDepth, &kPlanFormat, &kPlanIncomplete,
};

}  // namespace restorable::terraform
