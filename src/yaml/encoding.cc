#include "yaml/encoding.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "yaml/diagnostics.h"

namespace restorable::yaml {
namespace {

Diagnostic InvalidAt(const DiagnosticKind &kind, FileId file,
                     std::size_t offset) {
  const auto at = static_cast<std::uint32_t>(offset);
  return {&kind, {file, at, at + 1}, {std::to_string(offset)}, {}};
}

Result<std::string> DecodeUtf16(FileId file, std::string_view bytes,
                                bool big_endian) {
  std::string text;
  const auto unit_at = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second
                                            : second << 8 | first);
  };
  std::size_t i = 2;
  for (; i + 1 < bytes.size(); i += 2) {
    char32_t code_point = unit_at(i);
    if (code_point >= 0xD800 && code_point < 0xDC00 && i + 3 < bytes.size()) {
      const char32_t low = unit_at(i + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    if (code_point >= 0xD800 && code_point < 0xE000) {
      return Failure(InvalidAt(kInvalidUtf16, file, i));
    }
    AppendUtf8(text, code_point);
  }
  if (i != bytes.size())
    return Failure(InvalidAt(kInvalidUtf16, file, i));
  return text;
}

} // namespace

Result<std::string> DecodeText(FileId file, std::string bytes) {
  if (bytes.starts_with("\xFE\xFF"))
    return DecodeUtf16(file, bytes, true);
  if (bytes.starts_with("\xFF\xFE"))
    return DecodeUtf16(file, bytes, false);
  if (const auto bad = FindInvalidUtf8(bytes)) {
    return Failure(InvalidAt(kInvalidUtf8, file, *bad));
  }
  return bytes;
}

} // namespace restorable::yaml
