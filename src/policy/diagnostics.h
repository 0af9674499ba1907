#pragma once

#include "base/diagnostic.h"

namespace restorable::policy {

// Files of rules and of configuration.
inline constexpr DiagnosticKind kUnreadable{"policy-unreadable", Severity::kError,
                                            "cannot read {0}: {1}"};
inline constexpr DiagnosticKind kWrongType{"policy-wrong-type", Severity::kError,
                                           "{0} must be {1}, this is {2}"};
inline constexpr DiagnosticKind kUnknownField{"policy-unknown-field", Severity::kError,
                                              "{0} has no field `{1}`{2}"};
inline constexpr DiagnosticKind kMissingField{"policy-missing-field", Severity::kError,
                                              "{0} needs a field `{1}`"};
inline constexpr DiagnosticKind kBadChoice{"policy-bad-choice", Severity::kError,
                                           "`{0}` is no {1}; there is {2}"};
inline constexpr DiagnosticKind kBadDate{"policy-bad-date", Severity::kError,
                                         "`{0}` is no date; write it as 2026-12-31"};

// Rules.
inline constexpr DiagnosticKind kBadRuleId{
    "policy-bad-rule-id", Severity::kError,
    "`{0}` is no id of a rule: that is two or more capitals and a number, such as `ORG101`"};
inline constexpr DiagnosticKind kBadName{
    "policy-bad-name", Severity::kError,
    "`{0}` is no name: that is words in lower case with dashes between them"};
inline constexpr DiagnosticKind kDuplicateRule{"policy-duplicate-rule", Severity::kError,
                                               "there is a rule `{0}` already"};
inline constexpr DiagnosticKind kDuplicateName{"policy-duplicate-name", Severity::kError,
                                               "there is a {0} `{1}` already"};
inline constexpr DiagnosticKind kUnknownMatch{"policy-unknown-match", Severity::kError,
                                              "no library has a match `{0}`{1}"};
inline constexpr DiagnosticKind kCyclicMatch{"policy-cyclic-match", Severity::kError,
                                             "the match `{0}` contains itself"};
inline constexpr DiagnosticKind kMatchTooDeep{"policy-match-too-deep", Severity::kError,
                                              "matches are named within each other more than {0} "
                                              "deep"};
inline constexpr DiagnosticKind kEmptyMatch{"policy-empty-match", Severity::kError,
                                            "the match selects nothing"};
inline constexpr DiagnosticKind kNoChecks{"policy-no-checks", Severity::kError,
                                          "the rule has no checks"};
inline constexpr DiagnosticKind kCycle{"policy-cycle", Severity::kError,
                                       "`{0}` depends on itself: {1}"};
inline constexpr DiagnosticKind kWrongResult{"policy-wrong-result", Severity::kError,
                                             "`{0}` must give `{1}`, this gives `{2}`{3}"};
inline constexpr DiagnosticKind kUnusedVariable{"policy-unused-variable", Severity::kWarning,
                                                "nothing uses the variable `{0}`"};
inline constexpr DiagnosticKind kUnusedParam{"policy-unused-param", Severity::kWarning,
                                             "nothing uses the parameter `{0}`"};
inline constexpr DiagnosticKind kUntested{"policy-untested", Severity::kError,
                                          "rule `{0}` has no test that {1}"};
inline constexpr DiagnosticKind kRuleFailed{"policy-rule-failed", Severity::kError,
                                            "rule {0} cannot judge {1}: {2}"};
inline constexpr DiagnosticKind kLoweringFailed{"policy-lowering-failed", Severity::kError,
                                                "{0} cannot be read as `{1}`: {2}"};

// Configuration.
inline constexpr DiagnosticKind kUnknownRule{"policy-unknown-rule", Severity::kError,
                                             "there is no rule `{0}`{1}"};
inline constexpr DiagnosticKind kUnknownParam{"policy-unknown-param", Severity::kError,
                                              "rule {0} has no parameter `{1}`{2}"};

// Suppressions.
inline constexpr DiagnosticKind kSuppressionSyntax{
    "policy-suppression-syntax", Severity::kError,
    "a suppression reads `restorable:ignore AKB101 -- reason`: {0}"};
inline constexpr DiagnosticKind kSuppressionRule{"policy-suppression-rule", Severity::kError,
                                                 "the suppression names `{0}`, no rule{1}"};
inline constexpr DiagnosticKind kUnusedSuppression{"policy-unused-suppression", Severity::kWarning,
                                                   "the suppression of {0} hides nothing"};
inline constexpr DiagnosticKind kExpiredSuppression{
    "policy-expired-suppression", Severity::kWarning,
    "the suppression of {0} ended on {1}; facts are of {2}"};
inline constexpr DiagnosticKind kForbiddenSuppression{
    "policy-forbidden-suppression", Severity::kError,
    "the configuration forbids suppressions; this one does not hold"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kUnreadable,
    &kWrongType,
    &kUnknownField,
    &kMissingField,
    &kCyclicMatch,
    &kMatchTooDeep,
    &kEmptyMatch,
    &kNoChecks,
    &kCycle,
    &kWrongResult,
    &kUnusedVariable,
    &kUnusedParam,
    &kUntested,
    &kRuleFailed,
    &kLoweringFailed,
    &kUnknownRule,
    &kUnknownParam,
    &kSuppressionSyntax,
    &kSuppressionRule,
    &kUnusedSuppression,
    &kExpiredSuppression,
    &kForbiddenSuppression,
};

}  // namespace restorable::policy
