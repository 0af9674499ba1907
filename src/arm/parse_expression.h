#pragma once

#include <string_view>
#include <vector>

#include "arm/template.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "value/value.h"

namespace restorable::arm {

// What the text of an expression is read into.
struct ExpressionTarget {
  Tree& tree;
  std::vector<Diagnostic>& diagnostics;
  const Limits& limits;
  // Of the function whose body is read: there `parameters('x')` is a local. Else nullptr.
  const std::vector<Name>* function_parameters = nullptr;
};

// Whether ARM evaluates a string: it starts with one `[` and ends with `]`.
[[nodiscard]] bool IsExpression(std::string_view text);

// Reads a JSON string as ARM does: an expression, or a literal (of which `[[` at the front stands
// for `[`). `text` is a string with its range, quotes included; `written` is what stands in that
// range, so that every node finds its place behind JSON's escapes; empty if that is not known, and
// then all nodes have the range of the whole. After an error the rest of the
// expression is Missing.
[[nodiscard]] NodeId ParseString(Value text, std::string_view written,
                                 const ExpressionTarget& target);

}  // namespace restorable::arm
