#pragma once

#include <cstdint>
#include <string_view>

namespace restorable::yaml {

enum class EventKind : std::uint8_t {
  kScalar,
  kAlias,
  kListBegin,
  kListEnd,
  kMapBegin,
  kMapEnd,
  kEnd,    // of the document
  kError,  // see EventReader::error; the last event
};

enum class ScalarStyle : std::uint8_t { kPlain, kSingleQuoted, kDoubleQuoted, kLiteral, kFolded };

struct Event {
  EventKind kind = EventKind::kError;
  ScalarStyle style = ScalarStyle::kPlain;
  bool is_flow = false;  // of a list or map: [ ] or { }
  // Bytes of the file, the node's anchor and tag included. A block scalar ends where the next line
  // with content begins; a list or map has its begin and
  // its end in two events, and the end of a block one is the begin of the next token.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  // Decoded text of a scalar or name of an alias; these three live until the next event.
  std::string_view text;
  std::string_view anchor;
  std::string_view tag;
};

// Why libyaml gave up. The texts are its own, for ever; the offsets are bytes of the file.
struct SyntaxError {
  std::string_view problem;
  std::string_view context;  // empty: none
  std::uint32_t problem_offset = 0;
  std::uint32_t context_offset = 0;
  std::uint32_t bad_value = 0;  // the byte or character of an encoding error
  bool is_encoding = false;
};

}  // namespace restorable::yaml
