#pragma once

#include <cstddef>

#include "base/diagnostic.h"

namespace restorable::hcl {

// What one file may report; more would say nothing new.
inline constexpr std::size_t kMostDiagnostics = 100;

inline constexpr DiagnosticKind kEncoding{"hcl-encoding", Severity::kError,
                                          "the text is not valid UTF-8"};
inline constexpr DiagnosticKind kInvalidCharacter{"hcl-invalid-character", Severity::kError,
                                                  "`{0}` has no meaning here{1}"};
inline constexpr DiagnosticKind kUnclosedComment{"hcl-unclosed-comment", Severity::kError,
                                                 "comment has no closing `*/`"};
inline constexpr DiagnosticKind kUnclosedString{
    "hcl-unclosed-string", Severity::kError,
    "string has no closing quote on its line; text of several lines is written as `<<-EOT`"};
inline constexpr DiagnosticKind kUnclosedTemplate{"hcl-unclosed-template", Severity::kError,
                                                  "`{0}` has no closing brace"};
inline constexpr DiagnosticKind kUnclosedHeredoc{"hcl-unclosed-heredoc", Severity::kError,
                                                 "no line `{0}` ends this text"};
inline constexpr DiagnosticKind kHeredocMarker{
    "hcl-heredoc-marker", Severity::kError,
    "`{0}` is followed by one word and the end of the line, as in `<<-EOT`"};

inline constexpr DiagnosticKind kExpectedExpression{"hcl-expected-expression", Severity::kError,
                                                    "expected an expression, found {0}"};
inline constexpr DiagnosticKind kExpected{"hcl-expected", Severity::kError,
                                          "expected {0}, found {1}"};
inline constexpr DiagnosticKind kUnclosedBracket{"hcl-unclosed-bracket", Severity::kError,
                                                 "`{0}` has no closing `{1}`"};
inline constexpr DiagnosticKind kUnclosedBlock{"hcl-unclosed-block", Severity::kError,
                                               "block `{0}` has no closing brace"};
inline constexpr DiagnosticKind kStrayClosing{"hcl-stray-closing", Severity::kError,
                                              "`{0}` closes nothing"};
inline constexpr DiagnosticKind kExpectedItem{
    "hcl-expected-item", Severity::kError,
    "expected an argument `name = value` or a block `type {`, found {0}"};
inline constexpr DiagnosticKind kQuotedArgument{
    "hcl-quoted-argument", Severity::kError,
    "the name of an argument stands without quotes: `{0}`"};
inline constexpr DiagnosticKind kDuplicateArgument{"hcl-duplicate-argument", Severity::kError,
                                                   "argument `{0}` is set twice in this block"};
inline constexpr DiagnosticKind kEndOfLine{"hcl-end-of-line", Severity::kError,
                                           "expected the end of the line after {0}, found {1}"};
inline constexpr DiagnosticKind kOneLineBlock{
    "hcl-one-line-block", Severity::kError,
    "a block on one line holds one argument and nothing else"};
inline constexpr DiagnosticKind kLabelTemplate{"hcl-label-template", Severity::kError,
                                               "the label of a block is not a template"};

inline constexpr DiagnosticKind kInvalidNumber{"hcl-invalid-number", Severity::kError,
                                               "`{0}` is not a number{1}"};
inline constexpr DiagnosticKind kInvalidEscape{
    "hcl-invalid-escape", Severity::kError,
    R"(`{0}` is not an escape; there are `\n`, `\r`, `\t`, `\"`, `\\`, `\uXXXX` and `\UXXXXXXXX`)"};
inline constexpr DiagnosticKind kChainedIndex{"hcl-chained-index", Severity::kError,
                                              "`.{0}` reads as a fraction; write `[{1}][{2}]`"};
inline constexpr DiagnosticKind kAttributeName{"hcl-attribute-name", Severity::kError,
                                               "expected the name of an attribute, found {0}"};
inline constexpr DiagnosticKind kNestedSplat{
    "hcl-nested-splat", Severity::kError,
    "`.*` cannot follow another `.*`; write `[*]` for the first one"};
inline constexpr DiagnosticKind kForKey{"hcl-for-key", Severity::kError,
                                        "a `for` between {0} makes {1}"};

inline constexpr DiagnosticKind kDirectiveName{
    "hcl-directive", Severity::kError,
    "expected `if`, `for`, `else`, `endif` or `endfor`, found {0}"};
inline constexpr DiagnosticKind kStrayDirective{"hcl-stray-directive", Severity::kError,
                                                "`{0}` belongs to no {1} before it"};
inline constexpr DiagnosticKind kUnclosedDirective{"hcl-unclosed-directive", Severity::kError,
                                                   "`%{ {0} }` has no `%{ {1} }`"};

inline constexpr DiagnosticKind kTooDeep{"hcl-too-deep", Severity::kError,
                                         "more than {0} {1} within each other (limit {2})"};
inline constexpr DiagnosticKind kTooManyErrors{"hcl-too-many-errors", Severity::kError,
                                               "more than {0} errors; the rest is not shown"};

inline constexpr DiagnosticKind kJsonShape{"hcl-json-shape", Severity::kError,
                                           "`{0}` takes {1}, found {2}"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kEncoding,         &kInvalidCharacter, &kUnclosedComment,   &kUnclosedString,
    &kUnclosedTemplate, &kUnclosedHeredoc,  &kHeredocMarker,     &kExpectedExpression,
    &kExpected,         &kUnclosedBracket,  &kUnclosedBlock,     &kStrayClosing,
    &kExpectedItem,     &kQuotedArgument,   &kDuplicateArgument, &kEndOfLine,
    &kOneLineBlock,     &kLabelTemplate,    &kInvalidNumber,     &kInvalidEscape,
    &kChainedIndex,     &kAttributeName,    &kNestedSplat,       &kForKey,
    &kDirectiveName,    &kStrayDirective,   &kUnclosedDirective, &kTooDeep,
    &kTooManyErrors,    &kJsonShape,
};

}  // namespace restorable::hcl
