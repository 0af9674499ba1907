#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "yaml/event.h"

struct yaml_parser_s;
struct yaml_event_s;

// libyaml behind an interface of ours: no other file sees its header. Not for other layers.
namespace restorable::yaml {

class LibyamlReader {
 public:
  // Reads the one document in [begin, end) of `text`, which must outlive the reader.
  LibyamlReader(std::string_view text, std::uint32_t begin, std::uint32_t end);
  ~LibyamlReader();
  LibyamlReader(const LibyamlReader&) = delete;
  LibyamlReader& operator=(const LibyamlReader&) = delete;

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
