#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

struct yaml_parser_s;
struct yaml_event_s;

// libyaml behind an interface of ours: no other file sees its header. Of the other layers only
// terraform reads it, whose yamldecode() has rules of its own for scalars.
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

class EventReader {
 public:
  // Reads the one document in [begin, end) of `text`, which must outlive the reader.
  EventReader(std::string_view text, std::uint32_t begin, std::uint32_t end);
  ~EventReader();
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  [[nodiscard]] const Event& Next();
  [[nodiscard]] const SyntaxError& error() const { return error_; }

 private:
  void Translate();
  void Fail();
  void ExpectEndOfText();
  [[nodiscard]] bool Pull();
  [[nodiscard]] std::uint32_t OffsetOf(std::size_t index);

  std::string_view text_;  // of the caller
  std::uint32_t begin_;
  std::uint32_t end_;
  bool is_ascii_;
  // Where a code point of the document is: libyaml counts in those. Moves both ways.
  std::size_t cursor_index_ = 0;
  std::uint32_t cursor_offset_;
  std::unique_ptr<yaml_parser_s, void (*)(yaml_parser_s*)> parser_;
  std::unique_ptr<yaml_event_s, void (*)(yaml_event_s*)> raw_;
  Event event_;
  SyntaxError error_;
};

}  // namespace restorable::yaml
