#include "cel/ip_address.h"
#include "cel/libraries.h"

namespace restorable::cel {
namespace {

constexpr OpaqueType kIp = {
    "net.IP",
    [](const void* a, const void* b) {
      return *static_cast<const IpAddress*>(a) == *static_cast<const IpAddress*>(b);
    },
    [](const void* data) { return static_cast<const IpAddress*>(data)->ToString(); },
};

constexpr OpaqueType kCidr = {
    "net.CIDR",
    [](const void* a, const void* b) {
      return *static_cast<const Cidr*>(a) == *static_cast<const Cidr*>(b);
    },
    [](const void* data) { return static_cast<const Cidr*>(data)->ToString(); },
};

const IpAddress& Ip(CallContext& call, std::size_t i) { return OpaqueData<IpAddress>(call[i]); }
const Cidr& Range(CallContext& call, std::size_t i) { return OpaqueData<Cidr>(call[i]); }

Value NoIp(CallContext& call, std::size_t i) {
  return call.Error(Quoted(call.String(i)) + " is not an IP address");
}
Value NoCidr(CallContext& call, std::size_t i) {
  return call.Error(Quoted(call.String(i)) + " is not an address range in CIDR form");
}

Value MakeIp(CallContext& call) {
  const auto address = ParseIpAddress(call.String(0));
  return address ? MakeOpaque(call.arena(), kIp, *address) : NoIp(call, 0);
}
Value IsIp(CallContext& call) { return Value::Bool(ParseIpAddress(call.String(0)).has_value()); }
Value IsCanonical(CallContext& call) {
  const auto address = ParseIpAddress(call.String(0));
  if (!address) return NoIp(call, 0);
  return Value::Bool(address->ToString() == call.String(0));
}
Value IpToString(CallContext& call) { return call.Return(Ip(call, 0).ToString()); }
Value Family(CallContext& call) { return Value::Int(Ip(call, 0).family); }

template <bool (IpAddress::*Predicate)() const>
Value Is(CallContext& call) {
  return Value::Bool((Ip(call, 0).*Predicate)());
}

Value MakeCidr(CallContext& call) {
  const auto range = ParseCidr(call.String(0));
  return range ? MakeOpaque(call.arena(), kCidr, *range) : NoCidr(call, 0);
}
Value IsCidr(CallContext& call) { return Value::Bool(ParseCidr(call.String(0)).has_value()); }
Value CidrToString(CallContext& call) { return call.Return(Range(call, 0).ToString()); }

Value ContainsIp(CallContext& call) { return Value::Bool(Range(call, 0).Contains(Ip(call, 1))); }
Value ContainsIpText(CallContext& call) {
  const auto address = ParseIpAddress(call.String(1));
  return address ? Value::Bool(Range(call, 0).Contains(*address)) : NoIp(call, 1);
}
Value ContainsCidr(CallContext& call) {
  return Value::Bool(Range(call, 0).Contains(Range(call, 1)));
}
Value ContainsCidrText(CallContext& call) {
  const auto range = ParseCidr(call.String(1));
  return range ? Value::Bool(Range(call, 0).Contains(*range)) : NoCidr(call, 1);
}
Value CidrIp(CallContext& call) { return MakeOpaque(call.arena(), kIp, Range(call, 0).address); }
Value Masked(CallContext& call) { return MakeOpaque(call.arena(), kCidr, Range(call, 0).Masked()); }
Value PrefixLength(CallContext& call) { return Value::Int(Range(call, 0).prefix_length); }

constexpr Builtin kRows[] = {
    {"ip(string) -> net.IP", MakeIp, Cost::kTraverse},
    {"isIP(string) -> bool", IsIp, Cost::kTraverse},
    {"ip.isCanonical(string) -> bool", IsCanonical, Cost::kTraverse},
    {"string(net.IP) -> string", IpToString},
    {"net.IP.family() -> int", Family},
    {"net.IP.isUnspecified() -> bool", Is<&IpAddress::IsUnspecified>},
    {"net.IP.isLoopback() -> bool", Is<&IpAddress::IsLoopback>},
    {"net.IP.isLinkLocalMulticast() -> bool", Is<&IpAddress::IsLinkLocalMulticast>},
    {"net.IP.isLinkLocalUnicast() -> bool", Is<&IpAddress::IsLinkLocalUnicast>},
    {"net.IP.isGlobalUnicast() -> bool", Is<&IpAddress::IsGlobalUnicast>},
    {"cidr(string) -> net.CIDR", MakeCidr, Cost::kTraverse},
    {"isCIDR(string) -> bool", IsCidr, Cost::kTraverse},
    {"string(net.CIDR) -> string", CidrToString},
    {"net.CIDR.containsIP(net.IP) -> bool", ContainsIp},
    {"net.CIDR.containsIP(string) -> bool", ContainsIpText},
    {"net.CIDR.containsCIDR(net.CIDR) -> bool", ContainsCidr},
    {"net.CIDR.containsCIDR(string) -> bool", ContainsCidrText},
    {"net.CIDR.ip() -> net.IP", CidrIp},
    {"net.CIDR.masked() -> net.CIDR", Masked},
    {"net.CIDR.prefixLength() -> int", PrefixLength},
};

}  // namespace

std::span<const Builtin> NetworkFunctions() { return kRows; }

}  // namespace restorable::cel
