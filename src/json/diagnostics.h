#pragma once

#include <cstddef>

#include "base/diagnostic.h"

namespace restorable::json {

// What one text may warn about; more would say nothing new.
inline constexpr std::size_t kMostWarnings = 100;

inline constexpr DiagnosticKind kUnexpected{"json-unexpected", Severity::kError,
                                            "expected {0}, found {1}"};
inline constexpr DiagnosticKind kBadEscape{"json-bad-escape", Severity::kError,
                                           "`{0}` is no escape of JSON"};
inline constexpr DiagnosticKind kLoneSurrogate{"json-lone-surrogate", Severity::kError,
                                               "`{0}` is half of a surrogate pair"};
inline constexpr DiagnosticKind kControlCharacter{
    "json-control-character", Severity::kError,
    "control character {0} in a string; write it as an escape"};
inline constexpr DiagnosticKind kUnclosedString{"json-unclosed-string", Severity::kError,
                                                "the string has no closing quote"};
inline constexpr DiagnosticKind kUnclosedComment{"json-unclosed-comment", Severity::kError,
                                                 "the comment has no `*/`"};
inline constexpr DiagnosticKind kNumberOutOfRange{"json-number-out-of-range", Severity::kError,
                                                  "`{0}` does not fit a 64-bit number"};
inline constexpr DiagnosticKind kInvalidUtf8{"json-invalid-utf8", Severity::kError,
                                             "byte {0} is not valid UTF-8"};
inline constexpr DiagnosticKind kTooLarge{"json-too-large", Severity::kError,
                                          "the text is larger than the limit of {0} bytes"};
inline constexpr DiagnosticKind kTooDeep{"json-too-deep", Severity::kError,
                                         "nested deeper than the limit of {0}"};
inline constexpr DiagnosticKind kTooManyNodes{"json-too-many-nodes", Severity::kError,
                                              "more values than the limit of {0}"};
inline constexpr DiagnosticKind kDuplicateKey{"json-duplicate-key", Severity::kWarning,
                                              "the key `{0}` stands twice; the last one counts"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kUnexpected,     &kBadEscape,       &kLoneSurrogate, &kControlCharacter,
    &kUnclosedString, &kUnclosedComment, &kInvalidUtf8,   &kNumberOutOfRange,
    &kTooLarge,       &kTooDeep,         &kTooManyNodes,  &kDuplicateKey};

}  // namespace restorable::json
