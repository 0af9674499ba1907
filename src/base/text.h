#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// Text in UTF-8. Unicode matters here only as code points: what reports count columns in and what
// CEL counts strings in.
namespace restorable {

// The number of code points in valid UTF-8; every byte that starts none is not counted.
[[nodiscard]] std::size_t CodePointCount(std::string_view text);

[[nodiscard]] bool IsAscii(std::string_view text);

// The length of the valid sequence that starts at `offset`, or 0 if there is none.
[[nodiscard]] std::size_t Utf8Length(std::string_view text, std::size_t offset);

// The offset of the first byte that is not valid UTF-8 (overlong forms, surrogates and values over
// 10FFFF are not), or nothing.
[[nodiscard]] std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

// Reads the code point at `offset` of valid UTF-8 and moves `offset` past it.
[[nodiscard]] char32_t DecodeUtf8(std::string_view text, std::size_t& offset);

// The longest beginning of valid UTF-8 with at most `most` bytes that cuts no code point in two.
[[nodiscard]] std::string_view TruncateUtf8(std::string_view text, std::size_t most);

void AppendUtf8(std::string& out, char32_t code_point);

[[nodiscard]] std::string AsciiLower(std::string_view text);
[[nodiscard]] bool EqualsIgnoringAsciiCase(std::string_view a, std::string_view b);
[[nodiscard]] bool EndsIgnoringAsciiCase(std::string_view text, std::string_view ending);

// The number of insertions, deletions, replacements and swaps of neighbours that turn one into the
// other, or `limit` + 1 when it is more than `limit`.
[[nodiscard]] std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t limit);

// The candidate nearest to `name`, if one is near enough to be what the author meant.
[[nodiscard]] std::optional<std::string_view> NearestName(
    std::string_view name, std::span<const std::string_view> candidates);

}  // namespace restorable
