#include "base/base64.h"

#include <cstdint>

namespace restorable {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr int Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

}  // namespace

std::string EncodeBase64(std::string_view octets) {
  std::string text;
  text.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    const std::string_view group = octets.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8 | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= group.size() ? kAlphabet[bits >> (18 - 6 * k) & 0x3F] : '=';
    }
  }
  return text;
}

std::optional<std::string> DecodeBase64(std::string_view text, Base64Padding padding) {
  std::string octets;
  octets.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t bits = 0;
  std::size_t digits = 0;  // of the group of four
  std::size_t pads = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') {
      ++pads;
      continue;
    }
    const int digit = Digit(c);
    if (digit < 0 || pads > 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if (++digits == 4) {
      octets += static_cast<char>(bits >> 16 & 0xFF);
      octets += static_cast<char>(bits >> 8 & 0xFF);
      octets += static_cast<char>(bits & 0xFF);
      digits = 0;
    }
  }
  if (digits == 1) return std::nullopt;
  const std::size_t wanted = digits == 0 ? 0 : 4 - digits;
  if (pads != wanted && (pads != 0 || padding == Base64Padding::kRequired)) return std::nullopt;
  if (digits >= 2) octets += static_cast<char>(bits >> (6 * digits - 8) & 0xFF);
  if (digits == 3) octets += static_cast<char>(bits >> 2 & 0xFF);
  return octets;
}

}  // namespace restorable
