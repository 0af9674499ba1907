#pragma once

#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "value/value.h"

namespace restorable::json {

struct Options {
  bool comments = false;           // // and /* */, as Azure's tools accept in templates
  bool multiline_strings = false;  // raw line breaks in strings, likewise
  bool trailing_commas = false;    // behind the last item or entry, likewise
  bool drop_null_entries = false;  // an entry whose value is null is as good as absent (Kubernetes)
  // What stands at `metadata.managedFields` is passed over and becomes null: a server's own notes,
  // often larger than the object. Only its brackets and strings are looked at.
  bool skip_managed_fields = false;
};

struct ParseResult {
  // Null after an error. Strings without escapes point into the source, all else into the arena.
  Value root;
  bool ok = false;
  std::vector<Diagnostic> diagnostics;  // duplicate keys (last one wins) may stand beside ok
};

// Reads one JSON text (RFC 8259): every value and key gets its range. Iterative, so the depth is
// bounded by the limits and not by the stack. Integers become int, else uint, else double.
[[nodiscard]] ParseResult Parse(const SourceFile& file, Arena& arena, const Limits& limits,
                                const Options& options = {});

}  // namespace restorable::json
