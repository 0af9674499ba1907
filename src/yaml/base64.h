#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace restorable::yaml {

// Standard base64 with padding (RFC 4648, section 4); line breaks in it do not count.
[[nodiscard]] std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace restorable::yaml
