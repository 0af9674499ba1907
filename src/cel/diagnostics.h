#pragma once

#include "base/diagnostic.h"
#include "base/range.h"

namespace restorable::cel {

// The file of ranges that count in an expression's own text.
inline constexpr FileId kExpressionFile{0};

inline constexpr DiagnosticKind kInvalidUtf8{"cel-invalid-utf8", Severity::kError,
                                             "the expression is not valid UTF-8"};
inline constexpr DiagnosticKind kTooLong{"cel-too-long", Severity::kError,
                                         "the expression has more than {0} code points"};
inline constexpr DiagnosticKind kTooDeep{"cel-too-deep", Severity::kError,
                                         "the expression is nested deeper than {0} levels"};
inline constexpr DiagnosticKind kUnexpectedCharacter{"cel-unexpected-character", Severity::kError,
                                                     "unexpected character {0}{1}"};
inline constexpr DiagnosticKind kUnclosedString{"cel-unclosed-string", Severity::kError,
                                                "the string has no closing {0}"};
inline constexpr DiagnosticKind kInvalidEscape{"cel-invalid-escape", Severity::kError,
                                               "`{0}` is not an escape sequence{1}"};
inline constexpr DiagnosticKind kNumberRange{"cel-number-range", Severity::kError,
                                             "`{0}` does not fit `{1}`"};
inline constexpr DiagnosticKind kExpected{"cel-expected", Severity::kError,
                                          "expected {0}, found {1}"};
inline constexpr DiagnosticKind kReservedWord{
    "cel-reserved-word", Severity::kError,
    "`{0}` is a reserved word and cannot name a variable or function"};
inline constexpr DiagnosticKind kMessageType{"cel-message-type", Severity::kError,
                                             "message types are not supported"};
inline constexpr DiagnosticKind kMacroVariable{"cel-macro-variable", Severity::kError,
                                               "the variable of `{0}` must be a simple name"};
inline constexpr DiagnosticKind kSameVariables{"cel-same-variables", Severity::kError,
                                               "the two variables of `{0}` must differ"};
inline constexpr DiagnosticKind kHasArgument{"cel-has-argument", Severity::kError,
                                             "`has` takes the selection of a field, such as `a.b`"};

inline constexpr DiagnosticKind kUndeclaredVariable{"cel-undeclared-variable", Severity::kError,
                                                    "undeclared variable `{0}`{1}"};
inline constexpr DiagnosticKind kUndeclaredFunction{"cel-undeclared-function", Severity::kError,
                                                    "undeclared function `{0}`{1}"};
inline constexpr DiagnosticKind kCallStyle{"cel-call-style", Severity::kError,
                                           "`{0}` is called as `{1}`"};
inline constexpr DiagnosticKind kArity{"cel-arity", Severity::kError,
                                       "`{0}` does not take {1}; there is {2}"};
inline constexpr DiagnosticKind kNoOverload{"cel-no-overload", Severity::kError,
                                            "`{0}` does not take {1}; there is {2}"};
inline constexpr DiagnosticKind kNoOperator{"cel-no-operator", Severity::kError,
                                            "`{0}` does not apply to {1}"};
inline constexpr DiagnosticKind kNotBool{"cel-not-bool", Severity::kError,
                                         "{0} must be `bool`, this is `{1}`"};
inline constexpr DiagnosticKind kBranchTypes{
    "cel-branch-types", Severity::kError,
    "the branches of `? :` differ: `{0}` and `{1}`; `dyn(…)` around one allows that"};
inline constexpr DiagnosticKind kNoFields{"cel-no-fields", Severity::kError,
                                          "a value of type `{0}` has no fields"};
inline constexpr DiagnosticKind kNotIterable{"cel-not-iterable", Severity::kError,
                                             "`{0}` works on lists and maps, this is `{1}`"};
inline constexpr DiagnosticKind kNotOptional{"cel-not-optional", Severity::kError,
                                             "an optional is expected here, this is `{0}`"};
inline constexpr DiagnosticKind kNotMap{"cel-not-map", Severity::kError,
                                        "`{0}` makes entries out of a map, this is `{1}`"};
inline constexpr DiagnosticKind kMapKey{"cel-map-key", Severity::kError,
                                        "`{0}` cannot be the key of a map"};
inline constexpr DiagnosticKind kDuplicateKey{"cel-duplicate-key", Severity::kError,
                                              "the key {0} stands in this map twice"};
inline constexpr DiagnosticKind kInvalidLiteral{"cel-invalid-literal", Severity::kError, "{0}"};
inline constexpr DiagnosticKind kMixedLiteral{
    "cel-mixed-literal", Severity::kWarning,
    "API servers refuse {0} of different types (`{1}` and `{2}`): put `dyn(…)` around them"};
inline constexpr DiagnosticKind kDefinitionName{"cel-definition-name", Severity::kError,
                                                "`{0}` cannot name a {1}"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kInvalidUtf8,   &kTooLong,       &kTooDeep,        &kUnexpectedCharacter, &kUnclosedString,
    &kInvalidEscape, &kNumberRange,   &kExpected,       &kReservedWord,        &kMessageType,
    &kMacroVariable, &kSameVariables, &kHasArgument,    &kUndeclaredVariable,  &kUndeclaredFunction,
    &kCallStyle,     &kArity,         &kNoOverload,     &kNoOperator,          &kNotBool,
    &kBranchTypes,   &kNoFields,      &kNotIterable,    &kNotOptional,         &kNotMap,
    &kMapKey,        &kDuplicateKey,  &kInvalidLiteral, &kMixedLiteral,        &kDefinitionName,
};

}  // namespace restorable::cel
