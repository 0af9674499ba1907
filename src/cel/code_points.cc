#include "cel/code_points.h"

#include <algorithm>

#include "base/text.h"

namespace restorable::cel {
namespace {

constexpr bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::optional<std::size_t> ByteOffset(std::string_view text, std::int64_t position) {
  if (position < 0) return std::nullopt;
  std::size_t offset = 0;
  for (; position > 0; --position) {
    if (offset == text.size()) return std::nullopt;
    ++offset;
    while (offset < text.size() && IsContinuation(text[offset])) ++offset;
  }
  return offset;
}

bool IsWhiteSpace(char32_t c) {
  if (c <= 0x20) return c == 0x20 || (c >= 0x09 && c <= 0x0D);
  if (c >= 0x2000 && c <= 0x200A) return true;
  switch (c) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
      return true;
    default:
      return false;
  }
}

std::string_view TrimWhiteSpace(std::string_view text) {
  while (!text.empty()) {
    std::size_t next = 0;
    if (!IsWhiteSpace(DecodeUtf8(text, next))) break;
    text.remove_prefix(next);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && IsContinuation(text[last])) --last;
    std::size_t next = last;
    if (!IsWhiteSpace(DecodeUtf8(text, next))) break;
    text = text.substr(0, last);
  }
  return text;
}

std::string ToValidUtf8(std::string_view text) {
  if (!FindInvalidUtf8(text)) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = Utf8Length(text, i);
    out.append(length == 0 ? "\uFFFD" : text.substr(i, length));
    i += std::max<std::size_t>(length, 1);
  }
  return out;
}

}  // namespace restorable::cel
