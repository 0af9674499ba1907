#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "bicep/tree.h"

// The syntax of Bicep. The parser reads to the end of the text whatever it finds: the tree holds
// all that could be read, and the diagnostics, in the order of the text, say what could not.
namespace restorable::bicep {

enum class Dialect : std::uint8_t {
  kTemplate,    // .bicep
  kParameters,  // .bicepparam
};

[[nodiscard]] Dialect DialectOf(std::string_view path);

struct ParseResult {
  Tree tree;
  std::vector<Diagnostic> diagnostics;
};

[[nodiscard]] ParseResult Parse(const SourceFile& file, Dialect dialect, const Limits& limits);

}  // namespace restorable::bicep
