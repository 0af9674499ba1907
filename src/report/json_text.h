#pragma once

#include <nlohmann/json.hpp>
#include <string>

// For the .cc files that write JSON; no public header includes it.
namespace restorable::report {

using Json = nlohmann::ordered_json;

// Indented, in ASCII and without what a CI runner would obey: nothing in it can disturb a terminal
// or a log. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] inline std::string JsonText(const Json& json) {
  std::string text = json.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
  // Only strings have number signs.
  for (std::size_t at = 0; (at = text.find("##", at)) != std::string::npos;) {
    text.replace(at, 1, "\\u0023");
  }
  return text;
}

}  // namespace restorable::report
