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

struct BuildResult {
  Value root;
  bool ok = false; // false: the last diagnostic says why
  std::vector<Diagnostic> diagnostics;
};

// What values of one file are made with.
struct BuildContext {
  const SourceFile &file;
  Arena &arena;
  OriginTable &origins;
  const Limits &limits;
  const Options &options;
};

// The value of the document at `range`. `mask`: read its text in place of the
// file's, and make unknown what its actions fill in; may be null.
[[nodiscard]] BuildResult Build(const BuildContext &context, Range range,
                                const MaskedText *mask);

} // namespace restorable::yaml
