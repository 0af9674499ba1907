#pragma once

#include <optional>
#include <string>
#include <string_view>

// Base64 in the standard alphabet (RFC 4648, section 4).
namespace restorable::cel {

[[nodiscard]] std::string EncodeBase64(std::string_view octets);

enum class Padding { kRequired, kOptional };

// Nothing when a character is not of the alphabet, the length is impossible or the padding wrong.
// Line breaks are skipped; the bits of the last character that belong to no octet are not looked
// at.
[[nodiscard]] std::optional<std::string> DecodeBase64(std::string_view text, Padding padding);

}  // namespace restorable::cel
