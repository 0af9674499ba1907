#pragma once

#include "base/diagnostic.h"

namespace restorable::scan {

inline constexpr DiagnosticKind kNotFound{"scan-not-found", Severity::kError,
                                          "cannot find `{0}`: {1}"};
inline constexpr DiagnosticKind kUnreadableFile{"scan-unreadable-file", Severity::kError,
                                                "cannot read `{0}`: {1}"};
inline constexpr DiagnosticKind kUnreadableDirectory{"scan-unreadable-directory", Severity::kError,
                                                     "cannot list the directory `{0}`: {1}"};
inline constexpr DiagnosticKind kNotRegular{"scan-not-regular", Severity::kError,
                                            "`{0}` is {1}, not a regular file; it was not opened"};
inline constexpr DiagnosticKind kBrokenLink{"scan-broken-link", Severity::kError,
                                            "cannot follow the symbolic link `{0}`: {1}"};
inline constexpr DiagnosticKind kFileTooLarge{
    "scan-file-too-large", Severity::kError,
    "`{0}` is larger than the limit of {1} bytes (--max-file-size)"};
inline constexpr DiagnosticKind kTooDeep{"scan-too-deep", Severity::kError,
                                         "`{0}` lies deeper than {1} directories"};
inline constexpr DiagnosticKind kRendererMissing{
    "scan-renderer-missing", Severity::kError,
    "`{0}` is not installed, so `{1}` was not rendered; its objects are not checked"};
inline constexpr DiagnosticKind kRenderFailed{"scan-render-failed", Severity::kError,
                                              "`{0}` failed on `{1}`: {2}"};
inline constexpr DiagnosticKind kParametersUnused{
    "scan-parameters-unused", Severity::kWarning,
    "--parameters: no template that is deployed by itself has the parameters of `{0}`"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kNotFound,     &kUnreadableFile, &kUnreadableDirectory, &kNotRegular,   &kBrokenLink,
    &kFileTooLarge, &kTooDeep,        &kRendererMissing,     &kRenderFailed, &kParametersUnused};

}  // namespace restorable::scan
