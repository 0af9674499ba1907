#pragma once

#include <string>
#include <string_view>

namespace restorable::report {

// Text for an XML attribute or element. What XML cannot carry or a reader should not trust is
// spelled out as in Printable; line ends of `lines` stay where they are.
[[nodiscard]] std::string XmlText(std::string_view text);
[[nodiscard]] std::string XmlLines(std::string_view lines);

}  // namespace restorable::report
