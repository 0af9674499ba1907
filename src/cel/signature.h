#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/type.h"

namespace restorable::cel {

// A Builtin's signature, taken apart; builtin.h has the form.
struct Signature {
  std::string name;  // qualified, without a receiver
  bool member = false;
  bool variadic = false;         // the last parameter may come once or more
  std::vector<Type> parameters;  // a member's receiver is the first
  Type result;
};

// Nothing if it is malformed: a mistake in a table.
[[nodiscard]] std::optional<Signature> ParseSignature(std::string_view text);

// Reads a type off the front of `text`.
[[nodiscard]] std::optional<Type> TakeType(std::string_view& text);

}  // namespace restorable::cel
