#include "report/printable.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "base/text.h"

namespace restorable::report {
namespace {

struct CodePoints {
  char32_t first;
  char32_t last;
};

// What moves the cursor, ends a line, turns the direction of text around or cannot be seen.
constexpr CodePoints kUnsafe[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164}, {0xD800, 0xDFFF}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

// East Asian Width W and F, and the emoji blocks, from Unicode's EastAsianWidth.txt.
constexpr CodePoints kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x25FD, 0x25FE},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26A1, 0x26A1},
    {0x26BD, 0x26BE},   {0x2705, 0x2705},   {0x270A, 0x270B},   {0x274C, 0x274C},
    {0x2753, 0x2757},   {0x2795, 0x2797},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},
    {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x16FE0, 0x18AFF}, {0x1B000, 0x1B2FF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A},
    {0x1F200, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7EB}, {0x1F90C, 0x1F9FF},
    {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};

// Marks that stand on the letter before them, for the scripts in common use.
constexpr CodePoints kCombining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2},
    {0x05C4, 0x05C5}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC},
    {0x06DF, 0x06E4}, {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D},
    {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x20D0, 0x20FF}, {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE20, 0xFE2F},
};

bool IsIn(std::span<const CodePoints> sorted, char32_t code_point) {
  const auto after = std::ranges::upper_bound(sorted, code_point, {}, &CodePoints::first);
  return after != sorted.begin() && code_point <= std::prev(after)->last;
}

Glyph Spelled(std::string text) {
  const std::size_t columns = text.size();
  return {std::move(text), columns};
}

Glyph Spelled(char32_t code_point) {
  return Spelled(fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(code_point)));
}

bool BeginsCommand(std::string_view text) {
  constexpr std::string_view kAzure = "##vso[";
  return text.starts_with("##[") || EqualsIgnoringAsciiCase(text.substr(0, kAzure.size()), kAzure);
}

}  // namespace

Glyph NextGlyph(std::string_view text, std::size_t& offset) {
  const std::size_t length = Utf8Length(text, offset);
  if (length == 0) {
    return Spelled(fmt::format("<x{:02X}>", static_cast<unsigned char>(text[offset++])));
  }
  const std::string_view rest = text.substr(offset);
  const std::string_view bytes = rest.substr(0, length);
  const char32_t code_point = DecodeUtf8(text, offset);
  if (code_point == '#' && BeginsCommand(rest)) return Spelled(code_point);
  if (code_point >= 0x20 && code_point < 0x7F) return {std::string(bytes), 1};
  if (IsIn(kUnsafe, code_point)) {
    return Spelled(code_point);
  }
  if (IsIn(kWide, code_point)) return {std::string(bytes), 2};
  return {std::string(bytes), IsIn(kCombining, code_point) ? std::size_t{0} : 1};
}

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const char c = text[offset];
    if (c >= 0x20 && c < 0x7F && c != '#') {
      out += c;
      ++offset;
    } else {
      out += NextGlyph(text, offset).text;
    }
  }
  return out;
}

std::string AtLineStart(std::string printable) {
  if (printable.starts_with("::")) printable.replace(0, 1, Spelled(U':').text);
  return printable;
}

std::size_t Columns(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t offset = 0; offset < text.size();) columns += NextGlyph(text, offset).columns;
  return columns;
}

}  // namespace restorable::report
