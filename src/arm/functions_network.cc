#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "arm/functions.h"

namespace restorable::arm {
namespace {

__extension__ using Address = unsigned __int128;

// An address block: 32 or 128 bits, the first `prefix` of which are fixed.
struct Block {
  int bits = 32;
  int prefix = 0;
  Address address = 0;

  [[nodiscard]] int host_bits() const { return bits - prefix; }
  [[nodiscard]] Address host_mask() const {
    if (host_bits() == 128) return ~static_cast<Address>(0);
    return (static_cast<Address>(1) << host_bits()) - 1;
  }
  [[nodiscard]] Address last() const { return address | host_mask(); }
};

std::optional<Block> ReadBlock(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string address(text.substr(0, slash));
  const std::string_view length = text.substr(slash + 1);
  Block block;
  const auto [end, error] =
      std::from_chars(length.data(), length.data() + length.size(), block.prefix);
  if (error != std::errc() || end != length.data() + length.size()) return std::nullopt;
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
    block.bits = 32;
  } else if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) {
    block.bits = 128;
  } else {
    return std::nullopt;
  }
  if (block.prefix < 0 || block.prefix > block.bits) return std::nullopt;
  for (std::size_t i = 0; i < static_cast<std::size_t>(block.bits / 8); ++i) {
    block.address = block.address << 8 | bytes[i];
  }
  block.address &= ~block.host_mask();
  return block;
}

std::string AddressText(Address address, int bits) {
  std::array<unsigned char, 16> bytes{};
  const int count = bits / 8;
  for (int i = 0; i < count; ++i) {
    bytes[static_cast<std::size_t>(i)] =
        static_cast<unsigned char>(address >> (8 * (count - 1 - i)));
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(bits == 32 ? AF_INET : AF_INET6, bytes.data(), text.data(), text.size());
  return text.data();
}

Value NoBlock(Invocation& call) {
  return call.Fail("`" + std::string(call.String(0)) + "` is no address block");
}

}  // namespace

Value ParseCidr(Invocation& call) {
  const std::optional<Block> block = ReadBlock(call.String(0));
  if (!block.has_value()) return NoBlock(call);
  const auto text = [&](Address address) { return call.Return(AddressText(address, block->bits)); };
  std::vector<MapEntry> entries = {{Value::String("network"), text(block->address)}};
  if (block->bits == 32) {
    const Address mask = ~block->host_mask() & 0xFFFFFFFF;
    entries.push_back({Value::String("netmask"), text(mask)});
    entries.push_back({Value::String("broadcast"), text(block->last())});
  }
  // The first and last addresses of hosts: not those of the network and of the broadcast.
  const bool reserved = block->bits == 32 && block->host_bits() > 1;
  const Address ends = reserved ? 1 : 0;
  entries.push_back({Value::String("firstUsable"), text(block->address + ends)});
  entries.push_back({Value::String("lastUsable"), text(block->last() - ends)});
  entries.push_back({Value::String("cidr"), call.Return(std::int64_t{block->prefix})});
  return call.Return(call.context.Map(entries));
}

// The subnet with a number among those of a prefix length.
Value CidrSubnet(Invocation& call) {
  const std::optional<Block> block = ReadBlock(call.String(0));
  if (!block.has_value()) return NoBlock(call);
  const std::int64_t prefix = call.Int(1);
  const std::int64_t number = call.Int(2);
  if (prefix < block->prefix || prefix > block->bits || number < 0) {
    return call.Fail("the block has no such subnet");
  }
  const auto more_bits = prefix - block->prefix;
  if (more_bits < 63 && number >= std::int64_t{1} << more_bits) {
    return call.Fail("the block has no such subnet");
  }
  const auto shift = block->bits - prefix;
  const Address offset = shift >= 128 ? 0 : static_cast<Address>(number) << shift;
  return call.Return(AddressText(block->address | offset, block->bits) + "/" +
                     std::to_string(prefix));
}

// The host with a number, from 0 behind the address of the network.
Value CidrHost(Invocation& call) {
  const std::optional<Block> block = ReadBlock(call.String(0));
  if (!block.has_value()) return NoBlock(call);
  const std::int64_t number = call.Int(1);
  if (number < 0 || static_cast<Address>(number) + 1 > block->host_mask()) {
    return call.Fail("the block has no such host");
  }
  return call.Return(AddressText(block->address + static_cast<Address>(number) + 1, block->bits));
}

}  // namespace restorable::arm
