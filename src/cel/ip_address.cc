#include "cel/ip_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <iterator>
#include <system_error>

namespace restorable::cel {
namespace {

constexpr std::size_t kGroups = 8;  // of an IPv6 address, 16 bits each

using Groups = std::array<std::uint16_t, kGroups>;

// A number of one to `most_digits` digits that takes up the whole text.
std::optional<unsigned> ParseNumber(std::string_view text, int base, std::size_t most_digits) {
  if (text.empty() || text.size() > most_digits) return std::nullopt;
  unsigned number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::optional<IpAddress> ParseIpv4(std::string_view text) {
  IpAddress address{.family = 4};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t end = i < 3 ? text.find('.') : text.size();
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view part = text.substr(0, end);
    const std::optional<unsigned> number = ParseNumber(part, 10, 3);
    const bool leading_zero = part.size() > 1 && part.front() == '0';
    if (!number || *number > 255 || leading_zero) return std::nullopt;
    address.bytes[i] = static_cast<std::uint8_t>(*number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return address;
}

// Reads groups with colons between them, the last two perhaps as an IPv4 address, into `groups`
// from `count` on. False when they are malformed or too many.
bool ParseGroups(std::string_view text, Groups& groups, std::size_t& count) {
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    if (colon == std::string_view::npos && part.find('.') != std::string_view::npos) {
      const std::optional<IpAddress> tail = ParseIpv4(part);
      if (!tail || count + 2 > kGroups) return false;
      groups[count++] = static_cast<std::uint16_t>(tail->bytes[0] << 8 | tail->bytes[1]);
      groups[count++] = static_cast<std::uint16_t>(tail->bytes[2] << 8 | tail->bytes[3]);
      return true;
    }
    const std::optional<unsigned> number = ParseNumber(part, 16, 4);
    if (!number || count == kGroups) return false;
    groups[count++] = static_cast<std::uint16_t>(*number);
    if (colon == std::string_view::npos) return true;
    text.remove_prefix(colon + 1);
    if (text.empty()) return false;
  }
  return true;
}

std::optional<Groups> ParseIpv6(std::string_view text) {
  Groups head = {};
  std::size_t head_count = 0;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    if (!ParseGroups(text, head, head_count) || head_count != kGroups) return std::nullopt;
    return head;
  }
  const std::string_view before = text.substr(0, gap);
  Groups tail = {};
  std::size_t tail_count = 0;
  if (before.find('.') != std::string_view::npos || !ParseGroups(before, head, head_count) ||
      !ParseGroups(text.substr(gap + 2), tail, tail_count)) {
    return std::nullopt;
  }
  if (head_count + tail_count >= kGroups) return std::nullopt;
  std::copy_n(tail.begin(), tail_count, head.end() - static_cast<std::ptrdiff_t>(tail_count));
  return head;
}

bool IsIpv4Mapped(const Groups& groups) {
  return std::all_of(groups.begin(), groups.begin() + 5, [](auto group) { return group == 0; }) &&
         groups[5] == 0xFFFF;
}

IpAddress OfGroups(const Groups& groups) {
  IpAddress address{.family = 6};
  for (std::size_t i = 0; i < kGroups; ++i) {
    address.bytes[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
    address.bytes[2 * i + 1] = static_cast<std::uint8_t>(groups[i] & 0xFF);
  }
  return address;
}

struct Run {
  std::size_t begin = 0;
  std::size_t count = 0;
};

// The first of the longest runs of zeros.
Run LongestZeros(const Groups& groups) {
  Run longest;
  Run current;
  for (std::size_t i = 0; i < kGroups; ++i) {
    current = groups[i] == 0 ? Run{current.begin, current.count + 1} : Run{i + 1, 0};
    if (current.count > longest.count) longest = current;
  }
  return longest;
}

}  // namespace

std::string IpAddress::ToString() const {
  if (family == 4) return fmt::format("{}.{}.{}.{}", bytes[0], bytes[1], bytes[2], bytes[3]);
  Groups groups;
  for (std::size_t i = 0; i < kGroups; ++i) {
    groups[i] = static_cast<std::uint16_t>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
  }
  const Run zeros = LongestZeros(groups);
  const bool shorten = zeros.count >= 2;
  std::string text;
  for (std::size_t i = 0; i < kGroups; ++i) {
    if (shorten && i == zeros.begin) {
      text += "::";
      i += zeros.count - 1;
      continue;
    }
    if (!text.empty() && !text.ends_with(':')) text += ':';
    fmt::format_to(std::back_inserter(text), "{:x}", groups[i]);
  }
  return text;
}

bool IpAddress::IsUnspecified() const {
  return std::ranges::all_of(bytes, [](auto byte) { return byte == 0; });
}

bool IpAddress::IsLoopback() const {
  if (family == 4) return bytes[0] == 127;
  return bytes[15] == 1 &&
         std::all_of(bytes.begin(), bytes.begin() + 15, [](auto byte) { return byte == 0; });
}

bool IpAddress::IsMulticast() const {
  return family == 4 ? (bytes[0] & 0xF0) == 0xE0 : bytes[0] == 0xFF;
}

bool IpAddress::IsLinkLocalMulticast() const {
  if (family == 4) return bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0;
  return bytes[0] == 0xFF && (bytes[1] & 0x0F) == 2;
}

bool IpAddress::IsLinkLocalUnicast() const {
  if (family == 4) return bytes[0] == 169 && bytes[1] == 254;
  return bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80;
}

bool IpAddress::IsGlobalUnicast() const {
  const bool broadcast = family == 4 && std::all_of(bytes.begin(), bytes.begin() + 4,
                                                    [](auto byte) { return byte == 255; });
  return !broadcast && !IsUnspecified() && !IsLoopback() && !IsMulticast() && !IsLinkLocalUnicast();
}

std::optional<IpAddress> ParseIpAddress(std::string_view text) {
  if (text.find(':') == std::string_view::npos) return ParseIpv4(text);
  const std::optional<Groups> groups = ParseIpv6(text);
  if (!groups) return std::nullopt;
  const IpAddress address = OfGroups(*groups);
  if (!IsIpv4Mapped(*groups)) return address;
  if (text.find('.') != std::string_view::npos) return std::nullopt;
  IpAddress mapped{.family = 4};
  std::copy_n(address.bytes.begin() + 12, 4, mapped.bytes.begin());
  return mapped;
}

std::string Cidr::ToString() const {
  return fmt::format("{}/{}", address.ToString(), prefix_length);
}

Cidr Cidr::Masked() const {
  Cidr masked = *this;
  for (int i = 0; i < 16; ++i) {
    const int kept = std::clamp(prefix_length - 8 * i, 0, 8);
    masked.address.bytes[static_cast<std::size_t>(i)] &=
        static_cast<std::uint8_t>(0xFF00 >> kept & 0xFF);
  }
  return masked;
}

bool Cidr::Contains(const IpAddress& other) const { return Contains(Cidr{other, other.bits()}); }

bool Cidr::Contains(const Cidr& other) const {
  return address.family == other.address.family && prefix_length <= other.prefix_length &&
         Masked() == Cidr{other.address, prefix_length}.Masked();
}

std::optional<Cidr> ParseCidr(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view digits = text.substr(slash + 1);
  const std::optional<unsigned> length = ParseNumber(digits, 10, 3);
  if (!length || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  const std::string_view address_text = text.substr(0, slash);
  const std::optional<IpAddress> address = ParseIpAddress(address_text);
  if (!address || *length > static_cast<unsigned>(address->bits())) return std::nullopt;
  // A prefix of a mapped address would count bits of the longer form.
  if (address->family == 4 && address_text.find(':') != std::string_view::npos) return std::nullopt;
  return Cidr{*address, static_cast<int>(*length)};
}

}  // namespace restorable::cel
