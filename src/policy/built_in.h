#pragma once

#include <string_view>

namespace restorable::policy {

// The files of rules/ as one JSON text, made by restorable_embed when the program is built:
//   {"documents": [each as its file has it, without tests],
//    "kinds": {"AKB101": [the kinds its checks look up]}, "loweringKinds": [likewise]}
[[nodiscard]] std::string_view BuiltInRules();

// An example of each rule, likewise: {"AKB101": {"text": a manifest, "lines": [5]}}.
[[nodiscard]] std::string_view BuiltInExamples();

}  // namespace restorable::policy
