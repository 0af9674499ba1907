#pragma once

#include "base/diagnostic.h"

namespace restorable::cluster {

inline constexpr DiagnosticKind kNoServer{
    "cluster-no-server", Severity::kError,
    "this is no pod of a cluster; --server says where the API server is"};
inline constexpr DiagnosticKind kBadServer{
    "cluster-bad-server", Severity::kError,
    "`{0}` is no address of an API server, such as https://10.0.0.1:6443"};
inline constexpr DiagnosticKind kPlainServer{
    "cluster-plain-server", Severity::kError,
    "`{0}` is neither https nor on this machine: a token must not cross a network in plain text"};
inline constexpr DiagnosticKind kNoToken{"cluster-no-token", Severity::kError,
                                         "cannot read the token in `{0}`: {1}"};
inline constexpr DiagnosticKind kUnreachable{"cluster-unreachable", Severity::kError,
                                             "`{0}` gets no answer: {1}"};
inline constexpr DiagnosticKind kRefused{"cluster-refused", Severity::kError,
                                         "`{0}` is answered with {1}: {2}"};
inline constexpr DiagnosticKind kForbidden{
    "cluster-forbidden", Severity::kError,
    "not audited: `{0}`; a role must allow to `{1}` it in the API group `{2}`: {3}"};
inline constexpr DiagnosticKind kTooLarge{
    "cluster-response-too-large", Severity::kError,
    "`{0}` is answered with more than {1} bytes, which is the limit"};
inline constexpr DiagnosticKind kNotJson{"cluster-not-json", Severity::kError,
                                         "the answer to `{0}` cannot be read: {1}"};
inline constexpr DiagnosticKind kUnstableList{
    "cluster-unstable-list", Severity::kError,
    "`{0}` expires faster than it can be read: {1} attempts"};
inline constexpr DiagnosticKind kUndiscovered{
    "cluster-undiscovered", Severity::kWarning,
    "the API group `{0}` says nothing of its kinds, so that none of them is audited: {1}"};

inline constexpr const DiagnosticKind* kKinds[] = {
    &kNoServer,  &kBadServer, &kPlainServer, &kNoToken,      &kUnreachable,  &kRefused,
    &kForbidden, &kTooLarge,  &kNotJson,     &kUnstableList, &kUndiscovered,
};

}  // namespace restorable::cluster
