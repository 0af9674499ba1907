#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace restorable::cel {

// An address of IPv4 or IPv6, in network order; of IPv4 the first four bytes.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes = {};
  int family = 4;  // 4 or 6

  [[nodiscard]] int bits() const { return family == 4 ? 32 : 128; }
  // "10.0.0.1", "2001:db8::1". Source: RFC 5952.
  [[nodiscard]] std::string ToString() const;

  [[nodiscard]] bool IsUnspecified() const;
  [[nodiscard]] bool IsLoopback() const;
  [[nodiscard]] bool IsMulticast() const;
  [[nodiscard]] bool IsLinkLocalMulticast() const;
  [[nodiscard]] bool IsLinkLocalUnicast() const;
  // Any unicast address beyond the link; private ones are among them.
  [[nodiscard]] bool IsGlobalUnicast() const;

  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

// Nothing for text that is no address, has leading zeros in dotted form or a zone, or is an IPv4
// address in the form "::ffff:10.0.0.1"; "::ffff:a00:1" gives the IPv4 address that it stands for.
[[nodiscard]] std::optional<IpAddress> ParseIpAddress(std::string_view text);

// An address with the length of a prefix of it.
struct Cidr {
  IpAddress address;
  int prefix_length = 0;

  [[nodiscard]] std::string ToString() const;
  // The same with all bits behind the prefix zero.
  [[nodiscard]] Cidr Masked() const;
  [[nodiscard]] bool Contains(const IpAddress& other) const;
  // Whether it contains each address of `other`.
  [[nodiscard]] bool Contains(const Cidr& other) const;

  friend bool operator==(const Cidr&, const Cidr&) = default;
};

// "10.0.0.0/8", "2001:db8::/32"; nothing for IPv4 addresses in the form of IPv6.
[[nodiscard]] std::optional<Cidr> ParseCidr(std::string_view text);

}  // namespace restorable::cel
