#pragma once

#include <cstdint>
#include <string_view>

// Blanks and line breaks as YAML 1.1 and libyaml know them. Not for other layers.
namespace restorable::yaml {

[[nodiscard]] constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// The length of the line break at `offset`, or 0: LF, CR, CRLF, U+0085, U+2028 and U+2029.
[[nodiscard]] constexpr std::uint32_t BreakLength(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return 0;
  switch (text[offset]) {
    case '\n':
      return 1;
    case '\r':
      return text.substr(offset).starts_with("\r\n") ? 2 : 1;
    case '\xC2':
      return text.substr(offset).starts_with("\xC2\x85") ? 2 : 0;
    case '\xE2': {
      const std::string_view rest = text.substr(offset);
      return rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9") ? 3 : 0;
    }
    default:
      return 0;
  }
}

// Whether a line begins at `offset`.
[[nodiscard]] constexpr bool StartsLine(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  return before.empty() || before.ends_with('\n') || before.ends_with('\r') ||
         before.ends_with("\xC2\x85") || before.ends_with("\xE2\x80\xA8") ||
         before.ends_with("\xE2\x80\xA9");
}

// Where the line that `offset` lies in ends, its break not included.
[[nodiscard]] constexpr std::size_t LineEnd(std::string_view text, std::size_t offset) {
  while (offset < text.size() && BreakLength(text, offset) == 0) ++offset;
  return offset;
}

}  // namespace restorable::yaml
