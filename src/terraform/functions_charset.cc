#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "base/base64.h"
#include "base/text.h"
#include "terraform/functions.h"
#include "terraform/hash.h"

// Text in other encodings: Unicode's own and the Latin ones. All others are not supported: what
// the system has for them is not written for input that nobody vouches for.
namespace restorable::terraform {
namespace {

enum class Charset : std::uint8_t {
  kUtf8,
  kUtf16,
  kUtf16Big,
  kUtf16Little,
  kAscii,
  kLatin,
  kWindows
};

struct CharsetName {
  std::string_view name;  // in lower case
  Charset charset;
};
constexpr CharsetName kCharsets[] = {
    {"utf-8", Charset::kUtf8},           {"csutf8", Charset::kUtf8},
    {"utf-16", Charset::kUtf16},         {"csutf16", Charset::kUtf16},
    {"utf-16be", Charset::kUtf16Big},    {"csutf16be", Charset::kUtf16Big},
    {"utf-16le", Charset::kUtf16Little}, {"csutf16le", Charset::kUtf16Little},
    {"us-ascii", Charset::kAscii},       {"ascii", Charset::kAscii},
    {"iso-ir-6", Charset::kAscii},       {"ansi_x3.4-1968", Charset::kAscii},
    {"iso646-us", Charset::kAscii},      {"csascii", Charset::kAscii},
    {"iso-8859-1", Charset::kLatin},     {"iso_8859-1", Charset::kLatin},
    {"latin1", Charset::kLatin},         {"l1", Charset::kLatin},
    {"ibm819", Charset::kLatin},         {"cp819", Charset::kLatin},
    {"windows-1252", Charset::kWindows}, {"cswindows1252", Charset::kWindows},
};

// What Windows code page 1252 has at 0x80 to 0x9F, where Latin-1 has control characters.
constexpr char32_t kReplaced = 0xFFFD;
constexpr char32_t kWindowsHigh[32] = {
    0x20AC,    kReplaced, 0x201A, 0x0192, 0x201E, 0x2026,    0x2020, 0x2021,
    0x02C6,    0x2030,    0x0160, 0x2039, 0x0152, kReplaced, 0x017D, kReplaced,
    kReplaced, 0x2018,    0x2019, 0x201C, 0x201D, 0x2022,    0x2013, 0x2014,
    0x02DC,    0x2122,    0x0161, 0x203A, 0x0153, kReplaced, 0x017E, 0x0178};

std::optional<Charset> FindCharset(std::string_view name) {
  const std::string lower = AsciiLower(name);
  const auto* const row = std::ranges::find(kCharsets, lower, &CharsetName::name);
  if (row == std::end(kCharsets)) return std::nullopt;
  return row->charset;
}

void AppendUnit(std::string& out, std::uint32_t unit, bool big) {
  const auto high = static_cast<char>(unit >> 8);
  const auto low = static_cast<char>(unit & 0xFF);
  out += big ? high : low;
  out += big ? low : high;
}

// False if the charset has no such character.
bool AppendEncoded(std::string& out, char32_t c, Charset charset) {
  switch (charset) {
    case Charset::kUtf8:
      AppendUtf8(out, c);
      return true;
    case Charset::kUtf16:
    case Charset::kUtf16Big:
    case Charset::kUtf16Little: {
      const bool big = charset != Charset::kUtf16Little;
      if (c < 0x10000) {
        AppendUnit(out, c, big);
      } else {
        AppendUnit(out, 0xD800 + ((c - 0x10000) >> 10), big);
        AppendUnit(out, 0xDC00 + ((c - 0x10000) & 0x3FF), big);
      }
      return true;
    }
    case Charset::kAscii:
      if (c < 0x80) out += static_cast<char>(c);
      return c < 0x80;
    case Charset::kLatin:
      if (c < 0x100) out += static_cast<char>(c);
      return c < 0x100;
    case Charset::kWindows:
      break;
  }
  const char32_t* const high = std::ranges::find(kWindowsHigh, c);
  if (high != std::end(kWindowsHigh) && c != kReplaced) {
    out += static_cast<char>(0x80 + (high - std::begin(kWindowsHigh)));
    return true;
  }
  if (c >= 0x100 || (c >= 0x80 && c < 0xA0)) return false;
  out += static_cast<char>(c);
  return true;
}

// UTF-16 in pairs of bytes; what is not well formed becomes U+FFFD.
std::string DecodeUtf16(std::string_view octets, bool big) {
  std::string out;
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(octets[at]);
    const auto second = static_cast<unsigned char>(octets[at + 1]);
    return big ? first << 8 | second : second << 8 | first;
  };
  std::size_t at = 0;
  for (; at + 1 < octets.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xD800 && c < 0xE000) {
      const bool pair =
          c < 0xDC00 && at + 3 < octets.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000;
      if (pair) {
        c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
        at += 2;
      } else {
        c = kReplaced;
      }
    }
    AppendUtf8(out, c);
  }
  if (at < octets.size()) AppendUtf8(out, kReplaced);
  return out;
}

std::string Decode(std::string_view octets, Charset charset) {
  if (charset == Charset::kUtf16) {
    const bool little = octets.starts_with("\xFF\xFE");
    if (little || octets.starts_with("\xFE\xFF")) octets.remove_prefix(2);
    return DecodeUtf16(octets, !little);
  }
  if (charset == Charset::kUtf16Big || charset == Charset::kUtf16Little) {
    return DecodeUtf16(octets, charset == Charset::kUtf16Big);
  }
  std::string out;
  for (const char byte : octets) {
    const auto octet = static_cast<unsigned char>(byte);
    const bool high = charset == Charset::kWindows && octet >= 0x80 && octet < 0xA0;
    const bool foreign = charset == Charset::kAscii && octet >= 0x80;
    AppendUtf8(out, foreign ? kReplaced : high ? kWindowsHigh[octet - 0x80] : octet);
  }
  return out;
}

}  // namespace

Value TextEncodeBase64(Call& call) {
  const std::optional<Charset> charset = FindCharset(call.String(1));
  if (!charset.has_value()) return call.Unknown(UnknownReason::kUnsupported);
  std::string out;
  if (*charset == Charset::kUtf16) out = "\xFE\xFF";
  const std::string_view text = call.String(0);
  for (std::size_t at = 0; at < text.size();) {
    if (!AppendEncoded(out, DecodeUtf8(text, at), *charset)) {
      return call.Fail("the text has characters that `" + std::string(call.String(1)) +
                       "` does not have");
    }
  }
  return call.Return(std::string_view(EncodeBase64(out)));
}

Value TextDecodeBase64(Call& call) {
  const auto decoded = DecodeBase64(call.String(0), Base64Padding::kRequired);
  if (!decoded) return call.Fail("the text is not base64");
  const std::string_view octets = *decoded;
  const std::optional<Charset> charset = FindCharset(call.String(1));
  if (!charset.has_value()) return call.Unknown(UnknownReason::kUnsupported);
  if (*charset == Charset::kUtf8) {
    if (!FindInvalidUtf8(octets).has_value()) return call.Return(octets);
    return call.Fail("the decoded bytes are not UTF-8");
  }
  const std::string text = Decode(octets, *charset);
  std::string replaced;
  AppendUtf8(replaced, kReplaced);
  if (text.find(replaced) != std::string::npos) {
    return call.Fail("the decoded bytes are not `" + std::string(call.String(1)) + "`");
  }
  return call.Return(std::string_view(text));
}

}  // namespace restorable::terraform
