#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/result.h"

namespace restorable {

// The bytes of a file as the UTF-8 text that a SourceFile owns. UTF-16 is known by its byte order
// mark and converted; everything else is handed on as it is, a UTF-8 mark included, and each
// reader says where it is not UTF-8 and what else of the file it could read.
// Errors: text-bad-utf16 when a surrogate has no partner or half a character is left over.
[[nodiscard]] Result<std::string> DecodeText(std::string bytes);

// The length of the UTF-8 byte order mark that the text starts with: 3 or 0.
[[nodiscard]] std::size_t ByteOrderMarkLength(std::string_view text);

// A text in which each byte that is not valid UTF-8 is a question mark, so that its offsets stay.
struct RepairedText {
  std::string_view text;           // the one given, or a copy in the arena
  std::vector<std::uint32_t> bad;  // the bytes that were replaced
};
[[nodiscard]] RepairedText RepairUtf8(std::string_view text, Arena& arena);

}  // namespace restorable
