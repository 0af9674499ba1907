#include <arpa/inet.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "terraform/functions.h"

namespace restorable::terraform {
namespace {

__extension__ using Address = unsigned __int128;

// An address block: 32 or 128 bits, the first `prefix` of which are fixed.
struct Block {
  int bits = 32;
  int prefix = 0;
  Address address = 0;
};

// Decimal numbers of an IPv4 address may start with zeros, which mean nothing.
std::string WithoutZeros(std::string_view address) {
  if (address.find(':') != std::string_view::npos) return std::string(address);
  std::string out;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const bool first = out.empty() || out.back() == '.';
    const bool more = i + 1 < address.size() && address[i + 1] != '.';
    if (address[i] != '0' || !first || !more) out += address[i];
  }
  return out;
}

std::optional<Block> ReadBlock(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string address = WithoutZeros(text.substr(0, slash));
  const std::string_view length = text.substr(slash + 1);
  if (length.empty() || length.size() > 3 ||
      length.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::array<unsigned char, 16> bytes{};
  Block block;
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
    block.bits = 32;
  } else if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) {
    block.bits = 128;
  } else {
    return std::nullopt;
  }
  for (int i = 0; i < block.bits / 8; ++i) {
    block.address = block.address << 8 | bytes[static_cast<std::size_t>(i)];
  }
  block.prefix = std::stoi(std::string(length));
  if (block.prefix > block.bits) return std::nullopt;
  const int host_bits = block.bits - block.prefix;
  block.address = host_bits == 128 ? 0 : block.address >> host_bits << host_bits;
  return block;
}

std::string AddressText(const Block& block) {
  std::array<unsigned char, 16> bytes{};
  const int count = block.bits / 8;
  for (int i = 0; i < count; ++i) {
    bytes[static_cast<std::size_t>(i)] =
        static_cast<unsigned char>(block.address >> (8 * (count - 1 - i)));
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(block.bits == 32 ? AF_INET : AF_INET6, bytes.data(), text.data(), text.size());
  return text.data();
}

std::string BlockText(const Block& block) {
  return AddressText(block) + "/" + std::to_string(block.prefix);
}

// An IPv4 address as IPv6 has them. Terraform counts in it as if it were 32 bits and 128 at once.
bool IsMapped(const Block& block) {
  constexpr Address kMapped = 0xFFFF;
  return block.bits == 128 && block.address >> 32 == kMapped;
}

Value NoBlock(Call& call) {
  return call.Fail("`" + std::string(call.String(0)) + "` is not an address block");
}

// The block with `bits` more bits fixed, to `number`; nothing if they do not fit.
std::optional<Block> Subnet(Block block, std::int64_t bits, std::int64_t number) {
  if (bits < 0 || number < 0 || block.prefix + bits > block.bits) return std::nullopt;
  if (bits < 63 && number >= std::int64_t{1} << bits) return std::nullopt;
  block.prefix += static_cast<int>(bits);
  const int shift = block.bits - block.prefix;
  if (shift < 128) block.address |= static_cast<Address>(number) << shift;
  return block;
}

}  // namespace

// A negative number counts from the end of the block.
Value CidrHost(Call& call) {
  const std::optional<Block> block = ReadBlock(call.String(0));
  if (!block.has_value()) return NoBlock(call);
  if (IsMapped(*block)) return call.Unknown(UnknownReason::kUnsupported);
  const int host_bits = block->bits - block->prefix;
  const std::int64_t number = call[1].AsInt();
  const std::int64_t magnitude = number < 0 ? -(number + 1) : number;
  if (host_bits < 63 && magnitude >= std::int64_t{1} << host_bits) {
    return call.Fail("the block has no host " + std::to_string(number));
  }
  Block host = *block;
  const auto offset = static_cast<Address>(magnitude);
  const Address last =
      host_bits == 128 ? ~static_cast<Address>(0) : (static_cast<Address>(1) << host_bits) - 1;
  host.address |= number < 0 ? last - offset : offset;
  return call.Return(AddressText(host));
}

Value CidrNetmask(Call& call) {
  std::optional<Block> block = ReadBlock(call.String(0));
  if (!block.has_value()) return NoBlock(call);
  if (block->bits != 32) return call.Fail("there are netmasks for IPv4 alone");
  block->address = block->prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - block->prefix);
  return call.Return(AddressText(*block));
}

Value CidrSubnet(Call& call) {
  const std::optional<Block> block = ReadBlock(call.String(0));
  if (!block.has_value()) return NoBlock(call);
  if (IsMapped(*block)) return call.Unknown(UnknownReason::kUnsupported);
  const auto subnet = Subnet(*block, call[1].AsInt(), call[2].AsInt());
  if (!subnet.has_value()) return call.Fail("the block has no such subnet");
  return call.Return(BlockText(*subnet));
}

// Blocks behind one another, each aligned to its own size.
Value CidrSubnets(Call& call) {
  const std::optional<Block> block = ReadBlock(call.String(0));
  if (!block.has_value()) return NoBlock(call);
  if (IsMapped(*block)) return call.Unknown(UnknownReason::kUnsupported);
  constexpr std::int64_t kMostBits = 32;  // Terraform's own bound, of this function alone
  std::vector<Value> subnets;
  Address next = block->address;
  const int host_bits = block->bits - block->prefix;
  for (const Value& bits : call.arguments().subspan(1)) {
    const bool fits = bits.AsInt() >= 1 && bits.AsInt() <= kMostBits;
    auto subnet = !fits ? std::nullopt : Subnet(*block, bits.AsInt(), 0);
    if (!subnet.has_value()) return call.Fail("the block has no such subnets");
    const Address size = static_cast<Address>(1) << (subnet->bits - subnet->prefix);
    const Address begin = (next + size - 1) / size * size;
    const bool beyond =
        host_bits < 128 && begin - block->address >= (static_cast<Address>(1) << host_bits);
    if (beyond) return call.Fail("the block has not enough space for these subnets");
    subnet->address = begin;
    next = begin + size;
    subnets.push_back(call.Return(BlockText(*subnet)));
  }
  return call.Return(call.context.List(subnets, Shape::kUniform));
}

// Whether a block holds an address or all of another block (OpenTofu's).
Value CidrContains(Call& call) {
  const std::optional<Block> block = ReadBlock(call.String(0));
  if (!block.has_value()) return NoBlock(call);
  const bool whole = call.String(1).find('/') != std::string_view::npos;
  std::optional<Block> inner = ReadBlock(call.String(1));
  if (!whole) {
    inner = ReadBlock(std::string(call.String(1)) + "/" + std::to_string(block->bits));
    if (!inner.has_value()) inner = ReadBlock(std::string(call.String(1)) + "/32");
  }
  if (!inner.has_value()) {
    return call.Fail("`" + std::string(call.String(1)) + "` is no address and no address block");
  }
  if (inner->bits != block->bits) return call.Fail("the two are of different address families");
  if (inner->prefix < block->prefix) return call.Return(false);
  inner->prefix = block->prefix;
  return call.Return(ReadBlock(BlockText(*inner))->address == block->address);
}

}  // namespace restorable::terraform
