#pragma once

#include "base/diagnostic.h"

namespace restorable::admission {

inline constexpr DiagnosticKind kUnreadable{"admission-unreadable", Severity::kError,
                                            "cannot read {0}: {1}"};
inline constexpr DiagnosticKind kUnknownRule{"admission-unknown-rule", Severity::kError,
                                             "there is no rule `{0}`"};
inline constexpr DiagnosticKind kBadAction{"admission-bad-action", Severity::kError,
                                           "`{0}` is no action: that is `deny`, `warn` or `audit`"};
inline constexpr DiagnosticKind kNotStorageClass{
    "admission-not-storage-class", Severity::kWarning,
    "{0} is neither a StorageClass nor a VolumeAttributesClass; it is left out"};
inline constexpr const DiagnosticKind* kKinds[] = {
    &kUnreadable,
    &kUnknownRule,
    &kBadAction,
    &kNotStorageClass,
};

}  // namespace restorable::admission
