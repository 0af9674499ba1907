#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/offset_map.h"
#include "base/source.h"
#include "value/origin.h"
#include "value/value.h"

// YAML as Kubernetes reads it (sigs.k8s.io/yaml): libyaml's events, and scalars
// by YAML 1.1's rules as its Go port has them, passed through JSON.
namespace restorable::yaml {

struct Options {
  bool drop_null_entries =
      false; // an entry whose value is null is as good as absent (Kubernetes)
  bool in_chart_templates =
      false; // under a Helm chart's templates/: every {{ }} is an action
};

enum class DocumentState : std::uint8_t {
  kParsed,
  kTemplate, // contains template actions: parsed with their text masked, see
             // below
  kBroken,   // a diagnostic says why; `root` is null
};

// In a kTemplate document a scalar or key that an action fills in is unknown
// (reason kTemplate), a map whose entries may come from an action is open, and
// whatever stands between if/range/with and end is listed in `conditional`.
struct Document {
  Range range;
  Value root;
  DocumentState state = DocumentState::kParsed;
  std::vector<Range> conditional;
};

struct Stream {
  std::vector<Document>
      documents; // in the order of the text; segments of only comments are none
  std::vector<Diagnostic> diagnostics;
};

// Reads every document of a stream. A broken one costs itself only. Each value
// and key has its range; a value that came through an alias or a merge has the
// alias in its origin.
[[nodiscard]] Stream Parse(const SourceFile &file, Arena &arena,
                           OriginTable &origins, const Limits &limits,
                           const Options &options = {});

// The way from the decoded text of the scalar at `range` (as Parse gave it)
// back to its bytes.
[[nodiscard]] OffsetMap ScalarOffsets(const SourceFile &file, Range range);

// The comments of a document that contain `marker`, each from its `#` to the
// end of its line; text that looks like one inside a scalar is not. Cheap when
// the marker is absent.
[[nodiscard]] std::vector<Range> FindComments(const SourceFile &file,
                                              const Document &document,
                                              std::string_view marker);

} // namespace restorable::yaml
