#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "policy/finding.h"
#include "value/value.h"

namespace restorable::policy {

// A finding that a test expects; what is not set may be anything.
struct Expectation {
  std::string_view file;  // empty: the only one
  std::optional<std::uint32_t> line;
  std::optional<std::uint32_t> column;
  Verdict verdict = Verdict::kViolated;
  std::string_view message;  // a part of it
};

// A test of a rule, as its file has it. Files are what their names say: Bicep, Terraform, a
// template of ARM or a plan in JSON, else manifests. Views live as long as the value it was read
// from.
struct RuleTestCase {
  std::string_view name;
  Range range;
  std::vector<std::pair<std::string_view, std::string_view>> files;  // name and text, by name
  bool admission = false;
  std::string_view old_object;  // of an admission: YAML; empty on CREATE
  Value request;                // of an admission: what it says beyond the ordinary; null or a map
  Value params;                 // null or a map
  std::string_view matrix;
  std::optional<bool> enabled;
  std::vector<Expectation> expected;
};

// Nothing, with diagnostics, if it is malformed.
[[nodiscard]] std::optional<RuleTestCase> ReadRuleTest(Value value,
                                                       std::vector<Diagnostic>& diagnostics);

// "line 6, column 12: violated: …"
[[nodiscard]] std::string ToText(const Expectation& expectation);

}  // namespace restorable::policy
