#pragma once

#include <nlohmann/json.hpp>
#include <string>

// For the .cc files that write JSON; no public header includes it.
namespace restorable::report {

using Json = nlohmann::ordered_json;

// Indented, in ASCII: nothing in it can disturb a terminal. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] inline std::string JsonText(const Json& json) {
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

}  // namespace restorable::report
