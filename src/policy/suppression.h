#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/range.h"
#include "base/source.h"
#include "policy/rule_set.h"
#include "yaml/parse.h"

namespace restorable::policy {

// What makes a comment a suppression, whatever the language:
//   restorable:ignore AKB101, static-volume-without-storage-class
//   until=2026-12-31 -- reason
inline constexpr std::string_view kSuppressionMarker = "restorable:ignore";

struct SuppressionComment {
  std::vector<const Rule*> rules;
  std::string reason;
  std::string until;  // "2026-12-31", or empty
  Range range;        // of the comment
  Range scope;        // findings that begin in it are meant
};

// Reads the text of one comment; its scope is the caller's to fill in. Nothing,
// with a diagnostic, if it names no rule or gives no reason.
[[nodiscard]] std::optional<SuppressionComment> ReadSuppression(
    std::string_view comment, Range range, const RuleSet& rules,
    std::vector<Diagnostic>& diagnostics);

// The suppressions of one YAML document. A comment behind something covers the
// entry or item that begins on its line, with all that is nested in it; one on
// a line of its own the next entry or item; one before all else the whole
// document.
[[nodiscard]] std::vector<SuppressionComment> FindSuppressions(
    const SourceFile& file, const yaml::Document& document, const RuleSet& rules,
    std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::policy
