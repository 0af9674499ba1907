#pragma once

#include "base/diagnostic.h"

namespace restorable::yaml {

inline constexpr DiagnosticKind kInvalidUtf8{
    "yaml-invalid-utf8", Severity::kError, "byte {0} is not valid UTF-8"};
inline constexpr DiagnosticKind kInvalidUtf16{
    "yaml-invalid-utf16", Severity::kError, "byte {0} is not valid UTF-16"};
inline constexpr DiagnosticKind kControlCharacter{
    "yaml-control-character", Severity::kError,
    "the character {0} is not allowed in YAML"};
inline constexpr DiagnosticKind kSyntax{"yaml-syntax", Severity::kError, "{0}"};
inline constexpr DiagnosticKind kTab{
    "yaml-tab", Severity::kError,
    "a tab in the indentation; YAML takes only spaces there"};
inline constexpr DiagnosticKind kUnclosedQuote{
    "yaml-unclosed-quote", Severity::kError, "the string has no closing quote"};
inline constexpr DiagnosticKind kReservedCharacter{
    "yaml-reserved-character", Severity::kError,
    "a plain value cannot start with `{0}`; put it in quotes"};
inline constexpr DiagnosticKind kColonInValue{
    "yaml-colon-in-value", Severity::kError,
    "a plain value cannot contain `: `; put it in quotes"};
inline constexpr DiagnosticKind kMissingColon{
    "yaml-missing-colon", Severity::kError, "this line is no `key: value`"};
inline constexpr DiagnosticKind kUnknownAnchor{
    "yaml-unknown-anchor", Severity::kError,
    "no anchor `&{0}` stands before this alias"};
inline constexpr DiagnosticKind kAliasLoop{
    "yaml-alias-loop", Severity::kError,
    "the value of the anchor `&{0}` contains itself"};
inline constexpr DiagnosticKind kBadKey{"yaml-bad-key", Severity::kError,
                                        "a {0} cannot be a key in Kubernetes"};
inline constexpr DiagnosticKind kBadMerge{
    "yaml-bad-merge", Severity::kError,
    "`<<` takes a map or a list of maps, not a {0}"};
inline constexpr DiagnosticKind kBadTag{
    "yaml-bad-tag", Severity::kError,
    "`{0}` is not of the type that its tag {1} says"};
inline constexpr DiagnosticKind kNoJsonForm{
    "yaml-no-json-form", Severity::kError,
    "`{0}` has no JSON form; Kubernetes refuses it"};
inline constexpr DiagnosticKind kTooDeep{"yaml-too-deep", Severity::kError,
                                         "nested deeper than the limit of {0}"};
inline constexpr DiagnosticKind kFlowTooDeep{
    "yaml-flow-too-deep", Severity::kError,
    "brackets nested deeper than the limit of {0}"};
inline constexpr DiagnosticKind kTooManyNodes{
    "yaml-too-many-nodes", Severity::kError,
    "more values than the limit of {0}"};
inline constexpr DiagnosticKind kAliasBomb{
    "yaml-alias-bomb", Severity::kError,
    "the aliases of this document expand to more values than the limit of {0}"};
inline constexpr DiagnosticKind kTooManyDirectives{
    "yaml-too-many-directives", Severity::kError,
    "more `%` lines than the limit of {0}"};
inline constexpr DiagnosticKind kDuplicateKey{
    "yaml-duplicate-key", Severity::kWarning,
    "the key `{0}` stands twice; the last one counts"};
inline constexpr DiagnosticKind kMergeOverrides{
    "yaml-merge-overrides", Severity::kWarning,
    "Kubernetes lets this `<<` override the key `{0}` that stands before it"};
inline constexpr DiagnosticKind kBoolKey{
    "yaml-bool-key", Severity::kWarning,
    "Kubernetes reads the key `{0}` as `{1}`; put it in quotes"};
inline constexpr DiagnosticKind kVersionDirective{
    "yaml-version-directive", Severity::kWarning, "Kubernetes refuses `{0}`"};
inline constexpr DiagnosticKind kNoSeparator{
    "yaml-no-separator", Severity::kWarning,
    "this line begins with `---` and separates nothing; kubectl refuses it"};
inline constexpr DiagnosticKind kTemplateNotChecked{
    "yaml-template-not-checked", Severity::kWarning,
    "a template that is no YAML before it is rendered; not checked (use "
    "--render)"};

inline constexpr const DiagnosticKind *kKinds[] = {&kInvalidUtf8,
                                                   &kInvalidUtf16,
                                                   &kControlCharacter,
                                                   &kSyntax,
                                                   &kTab,
                                                   &kUnclosedQuote,
                                                   &kReservedCharacter,
                                                   &kColonInValue,
                                                   &kMissingColon,
                                                   &kUnknownAnchor,
                                                   &kAliasLoop,
                                                   &kBadKey,
                                                   &kBadMerge,
                                                   &kBadTag,
                                                   &kNoJsonForm,
                                                   &kTooDeep,
                                                   &kFlowTooDeep,
                                                   &kTooManyNodes,
                                                   &kAliasBomb,
                                                   &kTooManyDirectives,
                                                   &kDuplicateKey,
                                                   &kMergeOverrides,
                                                   &kBoolKey,
                                                   &kVersionDirective,
                                                   &kNoSeparator,
                                                   &kTemplateNotChecked};

} // namespace restorable::yaml
