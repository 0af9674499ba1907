#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/range.h"
#include "value/value.h"

// A rule as its file says it: what reports, `explain` and exports read. What evaluation needs of it
// is compiled from this, at first use.
namespace restorable::policy {

// A CEL expression. All views here are of text that the RuleSet owns.
struct Expression {
  std::string_view text;
  Range range;  // of the scalar in the rule file; none for built-in rules
};

// Objects by group, version and kind; "*" is any, no versions are all.
struct Selector {
  std::vector<std::string_view> groups;
  std::vector<std::string_view> versions;
  std::vector<std::string_view> kinds;
};

// What a check or a lowering is about. References to a library's matches are resolved.
struct Match {
  std::vector<Selector> kubernetes;
  std::vector<std::string_view> azure;      // ARM types
  std::vector<std::string_view> terraform;  // resource types
  std::vector<std::string_view> modules;    // where they come from
};

struct NamedExpression {
  std::string_view name;
  Expression expression;
};

struct NoteExpression {
  Expression at;
  Expression text;
};

struct Check {
  Match match;
  Range range;
  std::optional<Expression> for_each;
  std::vector<Expression> when;
  std::vector<NamedExpression> variables;
  Expression assertion;
  std::optional<Expression> at;
  std::optional<Expression> message;
  std::vector<NoteExpression> notes;
};

struct Rule {
  std::string id;    // "AKB101"
  std::string name;  // "unsupported-disk-sku"
  std::string title;
  Severity severity = Severity::kError;  // as the rule says
  std::string category;                  // "storage"
  std::string docs;                      // an address, or empty
  std::string description;
  std::string remediation;
  std::vector<std::string> matrix;  // profiles of the support matrix it holds in; none: all
  bool admission = true;            // evaluated in admission mode
  Value params;                     // a map: the defaults, with what the configuration overrides
  std::vector<Expression> when;     // guards of all checks
  std::vector<Check> checks;
  Range range;  // of its id in the rule file; none for built-in rules
  bool built_in = false;

  // After profile, preset and configuration.
  bool enabled = true;
  Severity effective_severity = Severity::kError;
};

}  // namespace restorable::policy
