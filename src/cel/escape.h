#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace restorable::cel {

// What stands between the quotes of a string or bytes literal, decoded.
struct Unescaped {
  std::string text;
  // The escape that is none, with what is wrong about it; nothing when all is well.
  struct Fault {
    std::size_t offset = 0;
    std::size_t size = 0;
    std::string_view reason;  // "" or "; surrogates …", a literal
  };
  std::optional<Fault> fault;
};

enum class LiteralKind { kString, kBytes };

// In a string \x, \ooo, \u and \U name a code point; in bytes \x and \ooo name an octet.
[[nodiscard]] Unescaped Unescape(std::string_view body, LiteralKind kind);

}  // namespace restorable::cel
