#pragma once

#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "value/origin.h"
#include "value/value.h"
#include "yaml/mask.h"
#include "yaml/parse.h"

namespace restorable::yaml {

// What the values of one file are made with.
struct BuildContext {
  const SourceFile& file;
  Arena& arena;
  OriginTable& origins;
  const Limits& limits;
  const Options& options;
};

struct BuildResult {
  Value root;
  bool ok = false;        // false: the last diagnostic says why
  bool is_empty = false;  // there is nothing in the document
  std::vector<Diagnostic> diagnostics;
};

// The value of the document at `range`. With a mask its text is read in place of the file's, and
// what its actions fill in is unknown.
[[nodiscard]] BuildResult Build(const BuildContext& context, Range range, const Mask* mask);

}  // namespace restorable::yaml
