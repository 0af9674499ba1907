#pragma once

#include "base/diagnostic.h"

namespace restorable::kubernetes {

inline constexpr DiagnosticKind kMissingKind{"kubernetes-missing-kind", Severity::kError,
                                             "the object has an `apiVersion` and no `kind`"};
inline constexpr DiagnosticKind kMissingApiVersion{"kubernetes-missing-api-version",
                                                   Severity::kError,
                                                   "the object has a `kind` and no `apiVersion`"};
inline constexpr DiagnosticKind kNotString{"kubernetes-not-string", Severity::kError,
                                           "`{0}` must be a string, this is {1}"};
inline constexpr DiagnosticKind kBadApiVersion{
    "kubernetes-bad-api-version", Severity::kError,
    "`{0}` is no `apiVersion`: that is `version` or `group/version`"};
inline constexpr DiagnosticKind kNotMap{"kubernetes-not-map", Severity::kError,
                                        "`{0}` must be a map, this is {1}"};
inline constexpr DiagnosticKind kNotList{"kubernetes-not-list", Severity::kError,
                                         "`{0}` must be a list, this is {1}"};
inline constexpr DiagnosticKind kItemNotObject{"kubernetes-item-not-object", Severity::kError,
                                               "an item of a list must be an object, this is {0}"};
inline constexpr DiagnosticKind kListsTooDeep{"kubernetes-lists-too-deep", Severity::kError,
                                              "lists of lists are nested deeper than {0}"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kMissingKind, &kMissingApiVersion, &kNotString,     &kBadApiVersion,
    &kNotMap,      &kNotList,           &kItemNotObject, &kListsTooDeep,
};

}  // namespace restorable::kubernetes
