#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/offset_map.h"
#include "base/source.h"
#include "value/origin.h"
#include "value/value.h"

// YAML as Kubernetes reads it (sigs.k8s.io/yaml): libyaml's events, and scalars by YAML 1.1's rules
// as its Go port has them, passed through JSON.
namespace restorable::yaml {

struct Options {
  bool drop_null_entries = false;  // an entry whose value is null is as good as absent (Kubernetes)
  bool in_chart_templates = false;  // under a Helm chart's templates/: every {{ }} is an action
};

enum class DocumentState : std::uint8_t {
  kParsed,
  kTemplate,  // contains template actions: parsed with their text masked, see
              // below
  kBroken,    // a diagnostic says why; `root` is null
};

// In a kTemplate document a scalar or key that an action fills in is unknown (reason kTemplate), a
// map whose entries may come from an action is open, and a list whose items may ends with an
// unknown item.
struct Document {
  Range range;  // the comments and directives before its `---` included
  Value root;   // null for a `---` with nothing after it
  DocumentState state = DocumentState::kParsed;
  // Of a kTemplate document: what stands between if, range or with and its end, in order, outermost
  // ones only. A literal value in there need not be there once the template is rendered.
  std::vector<Range> conditional;
  // The whole document stands in such a place; `conditional` has only what depends on more.
  bool is_conditional = false;
};

struct Stream {
  std::vector<Document> documents;  // in the order of the text; segments of only comments are none
  std::vector<Diagnostic> diagnostics;
};

// Reads every document of a stream. A broken one costs itself only. Each value and key has its
// range, without tag and anchor, quotes included; a value that came through an alias or a merge has
// its alias in its origin and keeps the
// range at which it was written.
[[nodiscard]] Stream Parse(const SourceFile& file, Arena& arena, OriginTable& origins,
                           const Limits& limits, const Options& options = {});

// The way from the decoded text of the scalar at `range` (as Parse gave it) back to its bytes.
[[nodiscard]] OffsetMap ScalarOffsets(const SourceFile& file, Range range);

// The comments of a document that contain `marker`, each from its `#` to the end of its line; text
// that looks like one inside a scalar is not. Cheap when
// the marker is absent.
[[nodiscard]] std::vector<Range> FindComments(const SourceFile& file, const Document& document,
                                              std::string_view marker);

}  // namespace restorable::yaml
