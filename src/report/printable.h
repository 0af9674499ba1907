#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace restorable::report {

// One code point, or one byte that belongs to none, as a terminal may show it.
struct Glyph {
  std::string text;
  std::size_t columns =
      1;  // cells of a terminal: 2 for East Asian wide ones, 0 for combining marks
};

// Reads what stands at `offset` and moves `offset` past it. Controls, line separators,
// bidirectional and invisible characters are spelled out (`<U+202E>`), as are bytes that are not
// UTF-8 (`<xFF>`).
[[nodiscard]] Glyph NextGlyph(std::string_view text, std::size_t& offset);

// Text from outside on one line, unable to move the cursor or to reorder what stands around it.
[[nodiscard]] std::string Printable(std::string_view text);

// The cells of a terminal that printable text takes.
[[nodiscard]] std::size_t Columns(std::string_view text);

}  // namespace restorable::report
