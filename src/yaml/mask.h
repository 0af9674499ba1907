#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/range.h"
#include "value/value.h"

namespace restorable::yaml {

// A template action: `{{ … }}`.
struct Action {
  enum class Role : std::uint8_t {
    kText,     // within a line: letters take its place
    kLines,    // alone on its lines, or the end of one and piped to nindent:
               // writes whole lines
    kNothing,  // alone on its lines and writes none: if, end, a comment, an
               // assignment
  };
  Range range;
  Role role = Role::kText;
  // Of kLines: the column that they are indented to. Without `has_indent` it is where the action
  // stands, and what it writes may be indented further.
  std::uint32_t column = 0;
  bool has_indent = false;
};

// A text whose actions are overwritten by blanks or letters, byte for byte, so that it can be read
// as YAML and every position stays true.
class Mask {
 public:
  // Never fails: what starts as an action and does not end is left alone.
  // `text` outlives the mask.
  Mask(FileId file, std::string_view text);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::span<const Action> actions() const { return actions_; }  // in order, disjoint

  // The first action that overlaps `range`; nullptr if none does.
  [[nodiscard]] const Action* FindOverlapping(Range range) const;
  // The first action that begins at `offset` or after it.
  [[nodiscard]] std::size_t FirstFrom(std::uint32_t offset) const;

  // The unknown that stands for what an action of this mask fills in. Lives as long as the arena.
  [[nodiscard]] Value FilledBy(const Action& action, Arena& arena) const;

  // Each `if`, `range` or `with` up to its `end`, those within others after them.
  [[nodiscard]] std::span<const Range> blocks() const { return blocks_; }

 private:
  void FindActions(FileId file);
  void FindBlocks();
  [[nodiscard]] std::size_t MaskLines(std::size_t first);
  void SetRole(Action& action, std::size_t line, bool is_alone, bool is_last);
  void Cover(Range range, char cover);
  [[nodiscard]] std::string_view TextOf(const Action& action) const;

  std::string_view source_;
  std::string text_;
  std::vector<Action> actions_;
  std::vector<Range> blocks_;
};

[[nodiscard]] inline bool HasActions(std::string_view text) {
  return text.find("{{") != std::string_view::npos;
}

}  // namespace restorable::yaml
