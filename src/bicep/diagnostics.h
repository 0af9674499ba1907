#pragma once

#include <cstddef>

#include "base/diagnostic.h"

namespace restorable::bicep {

// What one file may report; more would say nothing new.
inline constexpr std::size_t kMostDiagnostics = 100;

inline constexpr DiagnosticKind kEncoding{"bicep-encoding", Severity::kError,
                                          "the text is not valid UTF-8"};
inline constexpr DiagnosticKind kInvalidCharacter{"bicep-invalid-character", Severity::kError,
                                                  "`{0}` has no meaning here{1}"};
inline constexpr DiagnosticKind kUnclosedComment{"bicep-unclosed-comment", Severity::kError,
                                                 "comment has no closing `*/`"};
inline constexpr DiagnosticKind kUnclosedString{
    "bicep-unclosed-string", Severity::kError,
    "string has no closing quote on its line; text of several lines stands between `'''`"};
inline constexpr DiagnosticKind kUnclosedText{"bicep-unclosed-text", Severity::kError,
                                              "text has no closing `'''`"};
inline constexpr DiagnosticKind kUnclosedHole{"bicep-unclosed-hole", Severity::kError,
                                              "the expression in this string has no closing `}` on "
                                              "its line"};
inline constexpr DiagnosticKind kInvalidEscape{
    "bicep-invalid-escape", Severity::kError,
    R"(`{0}` is not an escape; there are `\n`, `\r`, `\t`, `\'`, `\\`, `\$` and `\u{…}`)"};
inline constexpr DiagnosticKind kInvalidNumber{"bicep-invalid-number", Severity::kError,
                                               "`{0}` does not fit 64 bits"};

inline constexpr DiagnosticKind kExpectedStatement{"bicep-expected-statement", Severity::kError,
                                                   "expected a declaration, found {0}{1}"};
inline constexpr DiagnosticKind kDecoratesNothing{"bicep-decorates-nothing", Severity::kError,
                                                  "no declaration follows this decorator"};
inline constexpr DiagnosticKind kExpectedExpression{"bicep-expected-expression", Severity::kError,
                                                    "expected an expression, found {0}"};
inline constexpr DiagnosticKind kExpectedType{"bicep-expected-type", Severity::kError,
                                              "expected a type, found {0}"};
inline constexpr DiagnosticKind kExpected{"bicep-expected", Severity::kError,
                                          "expected {0}, found {1}"};
inline constexpr DiagnosticKind kEndOfLine{"bicep-end-of-line", Severity::kError,
                                           "expected the end of the line after {0}, found {1}"};
inline constexpr DiagnosticKind kSeparator{"bicep-separator", Severity::kError,
                                           "expected a line break or `,` between items, found {0}"};
inline constexpr DiagnosticKind kLineBreakAfterComma{
    "bicep-line-break-after-comma", Severity::kError,
    "items on lines of their own are written without `,` between them"};
inline constexpr DiagnosticKind kUnclosedBracket{"bicep-unclosed-bracket", Severity::kError,
                                                 "`{0}` has no closing `{1}`"};
inline constexpr DiagnosticKind kLoopVariables{
    "bicep-loop-variables", Severity::kError,
    "a loop names its item, or its item and its index as in `(item, index)`"};
inline constexpr DiagnosticKind kNotConstant{"bicep-not-constant", Severity::kError,
                                             "{0} is a string without `${ }`"};
inline constexpr DiagnosticKind kDuplicateProperty{"bicep-duplicate-property", Severity::kError,
                                                   "property `{0}` is set twice in this object"};
inline constexpr DiagnosticKind kTooDeep{"bicep-too-deep", Severity::kError,
                                         "more than {0} {1} within each other (limit {2})"};
inline constexpr DiagnosticKind kTooManyErrors{"bicep-too-many-errors", Severity::kError,
                                               "more than {0} errors; the rest is not shown"};

inline constexpr DiagnosticKind kUnknownName{"bicep-unknown-name", Severity::kError,
                                             "there is no `{0}` here{1}"};
inline constexpr DiagnosticKind kDuplicateName{"bicep-duplicate-name", Severity::kError,
                                               "`{0}` is declared twice in this file"};
inline constexpr DiagnosticKind kResourceType{
    "bicep-resource-type", Severity::kError,
    "`{0}` is not a resource type with its version, as in "
    "`'Microsoft.Storage/storageAccounts@2024-01-01'`"};
inline constexpr DiagnosticKind kTargetScope{
    "bicep-target-scope", Severity::kError,
    "`{0}` is no scope; there are `resourceGroup`, `subscription`, `managementGroup` and `tenant`"};
inline constexpr DiagnosticKind kNotExported{"bicep-not-exported", Severity::kError,
                                             "`{0}` exports no `{1}`"};
inline constexpr DiagnosticKind kImportCycle{"bicep-import-cycle", Severity::kError,
                                             "`{0}` imports from itself: {1}"};
inline constexpr DiagnosticKind kModuleCycle{"bicep-module-cycle", Severity::kError,
                                             "`{0}` is a module of itself: {1}"};
inline constexpr DiagnosticKind kFileMissing{
    "bicep-file-missing", Severity::kWarning,
    "`{0}` is not among the files that may be read; what depends on it is unknown"};
inline constexpr DiagnosticKind kFileContent{"bicep-file-content", Severity::kWarning,
                                             "`{0}` cannot be read as {1}"};
inline constexpr DiagnosticKind kModuleAlias{
    "bicep-module-alias", Severity::kWarning,
    "no `bicepconfig.json` of this directory or those above has the module alias `{0}`"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kEncoding,          &kInvalidCharacter, &kUnclosedComment,    &kUnclosedString,
    &kUnclosedText,      &kUnclosedHole,     &kInvalidEscape,      &kInvalidNumber,
    &kExpectedStatement, &kDecoratesNothing, &kExpectedExpression, &kExpectedType,
    &kExpected,          &kEndOfLine,        &kSeparator,          &kLineBreakAfterComma,
    &kUnclosedBracket,   &kLoopVariables,    &kNotConstant,        &kDuplicateProperty,
    &kTooDeep,           &kTooManyErrors,    &kUnknownName,        &kDuplicateName,
    &kResourceType,      &kTargetScope,      &kNotExported,        &kImportCycle,
    &kModuleCycle,       &kFileMissing,      &kFileContent,        &kModuleAlias,
};

}  // namespace restorable::bicep
