#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Positions in strings as CEL counts them: in code points.
namespace restorable::cel {

// The byte offset of the code point at `position` of valid UTF-8; the position past the last one is
// the end. Nothing when it is negative or farther.
[[nodiscard]] std::optional<std::size_t> ByteOffset(std::string_view text, std::int64_t position);

// Whether it is white space by Unicode's property of that name.
[[nodiscard]] bool IsWhiteSpace(char32_t code_point);

// Takes white space off both ends.
[[nodiscard]] std::string_view TrimWhiteSpace(std::string_view text);

// The text with U+FFFD for each byte that is part of no valid UTF-8.
[[nodiscard]] std::string ToValidUtf8(std::string_view text);

}  // namespace restorable::cel
