#include "base/encoding.h"

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/diagnostics.h"
#include "base/text.h"

namespace restorable {
namespace {

constexpr bool IsHighSurrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
constexpr bool IsLowSurrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

Result<std::string> DecodeUtf16(std::string_view bytes, bool big_endian) {
  const auto fail = [](std::size_t at) {
    return Failure({&kBadUtf16, {}, {std::to_string(at)}, {}});
  };
  const auto unit_at = [&](std::size_t i) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return big_endian ? static_cast<char32_t>(first << 8 | second)
                      : static_cast<char32_t>(second << 8 | first);
  };
  if (bytes.size() % 2 != 0) return fail(bytes.size() - 1);
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 2; i < bytes.size(); i += 2) {
    char32_t code_point = unit_at(i);
    if (IsHighSurrogate(code_point) && i + 2 < bytes.size() && IsLowSurrogate(unit_at(i + 2))) {
      code_point = 0x10000 + ((code_point - 0xD800) << 10) + (unit_at(i + 2) - 0xDC00);
      i += 2;
    } else if (IsHighSurrogate(code_point) || IsLowSurrogate(code_point)) {
      return fail(i);
    }
    AppendUtf8(text, code_point);
  }
  return text;
}

}  // namespace

Result<std::string> DecodeText(std::string bytes) {
  const std::string_view view = bytes;
  if (view.starts_with("\xFF\xFE")) return DecodeUtf16(view, false);
  if (view.starts_with("\xFE\xFF")) return DecodeUtf16(view, true);
  return bytes;
}

std::size_t ByteOrderMarkLength(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? kMark.size() : 0;
}

RepairedText RepairUtf8(std::string_view text, Arena& arena) {
  RepairedText repaired{.text = text, .bad = {}};
  std::optional<std::size_t> bad = FindInvalidUtf8(text);
  if (!bad.has_value()) return repaired;
  std::string copy(text);
  std::size_t from = 0;
  while (bad.has_value()) {
    from += *bad;
    copy[from] = '?';
    repaired.bad.push_back(static_cast<std::uint32_t>(from));
    bad = FindInvalidUtf8(text.substr(++from));
  }
  repaired.text = arena.Copy(copy);
  return repaired;
}

}  // namespace restorable
