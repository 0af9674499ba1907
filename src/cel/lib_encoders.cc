#include "base/base64.h"
#include "cel/libraries.h"

namespace restorable::cel {
namespace {

Value Encode(CallContext& call) { return call.Return(EncodeBase64(call[0].AsBytes())); }

Value Decode(CallContext& call) {
  const auto octets = DecodeBase64(call.String(0), Base64Padding::kOptional);
  if (!octets) return call.Error("the string is not base64");
  return Value::Bytes(call.arena().Copy(std::string_view(*octets)));
}

constexpr Builtin kRows[] = {
    {"base64.encode(bytes) -> string", Encode, Cost::kTraverse},
    {"base64.decode(string) -> bytes", Decode, Cost::kTraverse},
};

}  // namespace

std::span<const Builtin> EncoderFunctions() { return kRows; }

}  // namespace restorable::cel
