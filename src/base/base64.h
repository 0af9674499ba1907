#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Base64 in the standard alphabet (RFC 4648, section 4).
namespace restorable {

[[nodiscard]] std::string EncodeBase64(std::string_view octets);

enum class Base64Padding : std::uint8_t { kRequired, kOptional };

// Nothing when a character is not of the alphabet, the length is impossible or the padding wrong.
// Line breaks are skipped; the bits of the last character that belong to no octet are not looked
// at.
[[nodiscard]] std::optional<std::string> DecodeBase64(std::string_view text, Base64Padding padding);

}  // namespace restorable
