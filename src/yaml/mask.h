#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"

namespace restorable::yaml {

// A template action `{{ … }}` and what masking made of it.
struct Action {
  enum class Role : std::uint8_t {
    kValue,   // within a line: filler letters stand for it
    kLines,   // alone on its lines, and writes something there
    kControl, // alone on its lines, and writes nothing: if, end, a comment, an
              // assignment
  };
  Range range;
  Role role = Role::kValue;
  std::optional<std::uint32_t>
      indent; // of kLines that pipe to indent or nindent
};

// A text whose template actions are overwritten with blanks or letters, byte
// for byte, so that it can be read as YAML and every position stays true.
struct MaskedText {
  std::string text;
  std::vector<Action> actions;    // in order, none overlapping
  std::vector<Range> conditional; // from each if, range and with to its end
};

[[nodiscard]] bool HasActions(std::string_view text);
[[nodiscard]] MaskedText Mask(FileId file, std::string_view text);

// The first action that overlaps `range`, if any.
[[nodiscard]] const Action *FindAction(const std::vector<Action> &actions,
                                       Range range);

} // namespace restorable::yaml
