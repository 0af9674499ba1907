#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "hcl/source.h"
#include "hcl/tree.h"

// HCL's native syntax. Every parser reads to the end of the text whatever it finds: the tree holds
// all that could be read, and the diagnostics, in the order of the text, say what could not.
namespace restorable::hcl {

struct ParseResult {
  Tree tree;
  std::vector<Diagnostic> diagnostics;
};

// A file of arguments and blocks: tree.root().
[[nodiscard]] ParseResult Parse(const SourceFile& file, const Limits& limits);

// One expression: tree.expression().
[[nodiscard]] ParseResult ParseExpression(const Source& source, const Limits& limits);

// Text with `${ }` and `%{ }` in it and no quotes around: tree.expression().
[[nodiscard]] ParseResult ParseTemplate(const Source& source, const Limits& limits);

}  // namespace restorable::hcl
