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

// Reads what stands at `offset` and moves `offset` past it. Spelled out are controls, line
// separators, bidirectional and invisible characters (`<U+202E>`), bytes that are not UTF-8
// (`<xFF>`), and the first character of what CI runners obey wherever it stands ("##[", "##vso[").
[[nodiscard]] Glyph NextGlyph(std::string_view text, std::size_t& offset);

// Text from outside on one line, unable to move the cursor or to reorder what stands around it.
[[nodiscard]] std::string Printable(std::string_view text);

// Printable text that begins a line, so that no CI runner takes it for a command ("::error::").
[[nodiscard]] std::string AtLineStart(std::string printable);

// The cells of a terminal that printable text takes.
[[nodiscard]] std::size_t Columns(std::string_view text);

}  // namespace restorable::report
