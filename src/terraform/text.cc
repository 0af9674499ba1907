#include "terraform/text.h"

#include <cstddef>

#include "base/text.h"

namespace restorable::terraform {
namespace {

constexpr char32_t kJoiner = 0x200D;

bool Within(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

// Belongs to the character before it.
bool IsMark(char32_t c) {
  return Within(c, 0x300, 0x36F) || Within(c, 0x483, 0x489) || Within(c, 0x591, 0x5BD) ||
         Within(c, 0x610, 0x61A) || Within(c, 0x64B, 0x65F) || Within(c, 0x93A, 0x93C) ||
         Within(c, 0x93E, 0x94F) || Within(c, 0x1AB0, 0x1AFF) || Within(c, 0x1DC0, 0x1DFF) ||
         c == 0x200C || c == kJoiner || Within(c, 0x20D0, 0x20FF) || Within(c, 0xFE00, 0xFE0F) ||
         Within(c, 0xFE20, 0xFE2F) || Within(c, 0x1F3FB, 0x1F3FF) || Within(c, 0xE0020, 0xE007F) ||
         Within(c, 0xE0100, 0xE01EF);
}

bool IsFlagLetter(char32_t c) { return Within(c, 0x1F1E6, 0x1F1FF); }

char32_t Upper(char32_t c) {
  if (Within(c, 'a', 'z') || (Within(c, 0xE0, 0xFE) && c != 0xF7)) return c - 32;
  if (c == 0xFF) return 0x178;
  const bool odd_pairs = Within(c, 0x139, 0x148) || Within(c, 0x179, 0x17E);
  if (odd_pairs) return c % 2 == 0 ? c - 1 : c;
  if (Within(c, 0x100, 0x137) || Within(c, 0x14A, 0x177))
    return c % 2 == 1 && c != 0x131 ? c - 1 : c;
  if (Within(c, 0x3B1, 0x3C9) && c != 0x3C2) return c - 32;
  if (Within(c, 0x430, 0x44F)) return c - 32;
  return Within(c, 0x450, 0x45F) ? c - 80 : c;
}

char32_t Lower(char32_t c) {
  if (Within(c, 'A', 'Z') || (Within(c, 0xC0, 0xDE) && c != 0xD7)) return c + 32;
  if (c == 0x178) return 0xFF;
  const bool odd_pairs = Within(c, 0x139, 0x148) || Within(c, 0x179, 0x17E);
  if (odd_pairs) return c % 2 == 1 ? c + 1 : c;
  if (Within(c, 0x100, 0x137) || Within(c, 0x14A, 0x177))
    return c % 2 == 0 && c != 0x130 ? c + 1 : c;
  if (Within(c, 0x391, 0x3A9)) return c + 32;
  if (Within(c, 0x410, 0x42F)) return c + 32;
  return Within(c, 0x400, 0x40F) ? c + 80 : c;
}

std::string MapText(std::string_view text, char32_t (*map)(char32_t)) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) AppendUtf8(out, map(DecodeUtf8(text, at)));
  return out;
}

}  // namespace

std::vector<std::string_view> Characters(std::string_view text) {
  std::vector<std::string_view> characters;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    char32_t last = DecodeUtf8(text, at);
    bool flag = IsFlagLetter(last);
    while (at < text.size()) {
      std::size_t next = at;
      const char32_t c = DecodeUtf8(text, next);
      const bool line_end = last == '\r' && c == '\n';
      const bool second_flag = flag && IsFlagLetter(c);
      const bool joined = last == kJoiner && c >= 0x2190;
      if (!line_end && !second_flag && !joined && !IsMark(c)) break;
      if (second_flag) flag = false;
      last = c;
      at = next;
    }
    characters.push_back(text.substr(begin, at - begin));
  }
  return characters;
}

std::string ToUpper(std::string_view text) { return MapText(text, Upper); }
std::string ToLower(std::string_view text) { return MapText(text, Lower); }

bool IsSpace(char32_t c) {
  return c == ' ' || Within(c, '\t', '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         Within(c, 0x2000, 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

}  // namespace restorable::terraform
