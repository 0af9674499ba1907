#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"

// libyaml behind an interface of our own: nothing else includes yaml.h.
namespace restorable::yaml {

enum class EventKind : std::uint8_t {
  kScalar,
  kAlias,
  kSequenceStart,
  kSequenceEnd,
  kMappingStart,
  kMappingEnd,
  kDocumentStart,
  kEnd,    // of the text
  kFailed, // see EventReader::failure()
};

enum class ScalarStyle : std::uint8_t {
  kPlain,
  kSingleQuoted,
  kDoubleQuoted,
  kLiteral,
  kFolded
};

// The views are good until the next event is read.
struct Event {
  EventKind kind = EventKind::kEnd;
  ScalarStyle style = ScalarStyle::kPlain;
  bool flow = false;       // of a collection: in brackets
  Range range;             // tag and anchor included
  std::string_view text;   // of a scalar, decoded
  std::string_view anchor; // of a node, or the name an alias has
  std::string_view tag;    // of a node, resolved; "!" for the bare one
};

// Reads the events of one document. `text` is what is parsed: the bytes of
// `range` in the file, or a copy of them of the same length in which template
// actions are masked.
class EventReader {
public:
  EventReader(std::string_view text, Range range);
  EventReader(const EventReader &) = delete;
  EventReader &operator=(const EventReader &) = delete;
  ~EventReader();

  [[nodiscard]] const Event &Next();

  // What went wrong, in the words of someone who wants to mend it.
  [[nodiscard]] Diagnostic failure() const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace restorable::yaml
