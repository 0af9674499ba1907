#pragma once

#include <cstddef>

#include "base/diagnostic.h"

namespace restorable::yaml {

// What one document may warn about; more would say nothing new.
inline constexpr std::size_t kMostWarnings = 100;

// Text that is no YAML. What libyaml says is turned into what its author can mend.
inline constexpr DiagnosticKind kInvalidUtf8{"yaml-invalid-utf8", Severity::kError,
                                             "byte {0} is not valid UTF-8"};
inline constexpr DiagnosticKind kControlCharacter{"yaml-control-character", Severity::kError,
                                                  "the character {0} is not allowed in YAML"};
inline constexpr DiagnosticKind kTab{"yaml-tab", Severity::kError,
                                     "a tab cannot indent; use spaces"};
inline constexpr DiagnosticKind kReservedCharacter{
    "yaml-reserved-character", Severity::kError, "a value without quotes cannot start with `{0}`"};
inline constexpr DiagnosticKind kColonInValue{"yaml-colon-in-value", Severity::kError,
                                              "a value without quotes cannot contain `: `"};
inline constexpr DiagnosticKind kMisplacedKey{
    "yaml-misplaced-key", Severity::kError,
    "no key can stand here; see whether it is indented like its neighbours"};
inline constexpr DiagnosticKind kMisplacedItem{
    "yaml-misplaced-item", Severity::kError,
    "no list item can start here; the first one stands on a line of its own"};
inline constexpr DiagnosticKind kMissingColon{"yaml-missing-colon", Severity::kError,
                                              "expected `:` after the key `{0}`"};
inline constexpr DiagnosticKind kMissingKey{"yaml-missing-key", Severity::kError,
                                            "expected a key of the map, indented like the others"};
inline constexpr DiagnosticKind kMissingDash{
    "yaml-missing-dash", Severity::kError,
    "expected `-` for an item of the list, indented like the others"};
inline constexpr DiagnosticKind kMissingDelimiter{"yaml-missing-delimiter", Severity::kError,
                                                  "expected {0}"};
inline constexpr DiagnosticKind kUnclosedBracket{"yaml-unclosed-bracket", Severity::kError,
                                                 "`{0}` is not closed in this document"};
inline constexpr DiagnosticKind kUnclosedQuote{"yaml-unclosed-quote", Severity::kError,
                                               "the string has no closing quote"};
inline constexpr DiagnosticKind kBadEscape{
    "yaml-bad-escape", Severity::kError,
    "`{0}` is no escape; in single quotes a backslash is only itself"};
inline constexpr DiagnosticKind kTextAfterEnd{"yaml-text-after-end", Severity::kError,
                                              "the document has ended before this text"};
inline constexpr DiagnosticKind kUnknownTagHandle{"yaml-unknown-tag-handle", Severity::kError,
                                                  "no `%TAG` line declares the handle of this tag"};
inline constexpr DiagnosticKind kSyntax{"yaml-syntax", Severity::kError, "{0}"};

// Text that is YAML, but nothing that Kubernetes reads.
inline constexpr DiagnosticKind kUnknownAnchor{"yaml-unknown-anchor", Severity::kError,
                                               "no anchor `&{0}` stands before this alias"};
inline constexpr DiagnosticKind kAliasLoop{"yaml-alias-loop", Severity::kError,
                                           "the value of the anchor `&{0}` contains itself"};
inline constexpr DiagnosticKind kBadKey{"yaml-bad-key", Severity::kError,
                                        "{0} cannot be a key in Kubernetes"};
inline constexpr DiagnosticKind kBadMerge{"yaml-bad-merge", Severity::kError,
                                          "`<<` takes a map or a list of maps, not {0}"};
inline constexpr DiagnosticKind kBadTag{"yaml-bad-tag", Severity::kError,
                                        "`{0}` is not of the type that its tag `{1}` names"};
inline constexpr DiagnosticKind kNoJsonForm{"yaml-no-json-form", Severity::kError,
                                            "`{0}` has no form in JSON, so Kubernetes refuses it"};

// Limits.
inline constexpr DiagnosticKind kFileTooLarge{"yaml-file-too-large", Severity::kError,
                                              "the file is larger than the limit of {0} bytes"};
inline constexpr DiagnosticKind kTooManyDocuments{"yaml-too-many-documents", Severity::kError,
                                                  "more documents than the limit of {0}"};
inline constexpr DiagnosticKind kTooManyDirectives{"yaml-too-many-directives", Severity::kError,
                                                   "more `%` lines than the limit of {0}"};
inline constexpr DiagnosticKind kTooDeep{"yaml-too-deep", Severity::kError,
                                         "nested deeper than the limit of {0}"};
inline constexpr DiagnosticKind kFlowTooDeep{"yaml-flow-too-deep", Severity::kError,
                                             "brackets nested deeper than the limit of {0}"};
inline constexpr DiagnosticKind kTooManyNodes{"yaml-too-many-nodes", Severity::kError,
                                              "more values than the limit of {0}"};
inline constexpr DiagnosticKind kTooManyAliasNodes{
    "yaml-too-many-alias-nodes", Severity::kError,
    "the aliases stand for more values than the limit of {0}"};
inline constexpr DiagnosticKind kAliasTooDeep{
    "yaml-alias-too-deep", Severity::kError,
    "nested deeper than the limit of {0} through this alias"};

// Text that means something else than it seems to.
inline constexpr DiagnosticKind kDuplicateKey{"yaml-duplicate-key", Severity::kWarning,
                                              "the key `{0}` stands twice; the last one counts"};
inline constexpr DiagnosticKind kMergeOverrides{
    "yaml-merge-overrides", Severity::kWarning,
    "Kubernetes lets this `<<` override the key `{0}`, which stands before it"};
inline constexpr DiagnosticKind kBoolKey{
    "yaml-bool-key", Severity::kWarning,
    "Kubernetes reads the key `{0}` as `{1}`; put it in quotes"};
inline constexpr DiagnosticKind kVersionDirective{"yaml-version-directive", Severity::kWarning,
                                                  "Kubernetes refuses `{0}`"};
inline constexpr DiagnosticKind kBadSeparator{
    "yaml-bad-separator", Severity::kWarning,
    "kubectl refuses `{0}` behind `---`: only a comment may stand there"};
inline constexpr DiagnosticKind kTemplateNotChecked{
    "yaml-template-not-checked", Severity::kWarning,
    "a template that is no YAML before it is rendered; not checked (use "
    "--render)"};

inline constexpr const DiagnosticKind* kKinds[] = {&kInvalidUtf8,
                                                   &kControlCharacter,
                                                   &kTab,
                                                   &kReservedCharacter,
                                                   &kColonInValue,
                                                   &kMisplacedKey,
                                                   &kMisplacedItem,
                                                   &kMissingColon,
                                                   &kMissingKey,
                                                   &kMissingDash,
                                                   &kMissingDelimiter,
                                                   &kUnclosedBracket,
                                                   &kUnclosedQuote,
                                                   &kBadEscape,
                                                   &kTextAfterEnd,
                                                   &kUnknownTagHandle,
                                                   &kSyntax,
                                                   &kUnknownAnchor,
                                                   &kAliasLoop,
                                                   &kBadKey,
                                                   &kBadMerge,
                                                   &kBadTag,
                                                   &kNoJsonForm,
                                                   &kFileTooLarge,
                                                   &kTooManyDocuments,
                                                   &kTooManyDirectives,
                                                   &kTooDeep,
                                                   &kFlowTooDeep,
                                                   &kTooManyNodes,
                                                   &kTooManyAliasNodes,
                                                   &kAliasTooDeep,
                                                   &kDuplicateKey,
                                                   &kMergeOverrides,
                                                   &kBoolKey,
                                                   &kVersionDirective,
                                                   &kBadSeparator,
                                                   &kTemplateNotChecked};

}  // namespace restorable::yaml
