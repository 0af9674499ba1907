#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace restorable::cel {

// A format that text can be checked against by name: "dns1123Label", "uuid".
struct NamedFormat {
  std::string_view name;
  // What is wrong with `text`, a sentence each; empty when nothing is.
  std::vector<std::string> (*validate)(std::string_view text);
};

// By name. The rules of names are those of Kubernetes' API conventions, dates are RFC 3339's.
[[nodiscard]] std::span<const NamedFormat> NamedFormats();
// nullptr when there is no such format.
[[nodiscard]] const NamedFormat* FindFormat(std::string_view name);

}  // namespace restorable::cel
