#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace restorable::terraform {

// Digests as bytes. For what configurations compute (names, change triggers), not for secrets.
[[nodiscard]] std::string Md5Of(std::string_view text);     // RFC 1321
[[nodiscard]] std::string Sha1Of(std::string_view text);    // FIPS 180-4
[[nodiscard]] std::string Sha256Of(std::string_view text);  // FIPS 180-4
[[nodiscard]] std::string Sha512Of(std::string_view text);  // FIPS 180-4

[[nodiscard]] std::string Hex(std::string_view octets);

}  // namespace restorable::terraform
