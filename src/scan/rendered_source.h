#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/source.h"

// The way from a line that helm wrote back to the template that made it. Helm says before each
// document which template it comes from; the line within it is found by what is written on it.
namespace restorable::scan {

// The template that the document around `offset` of `rendered` comes from, as helm names it
// ("chart/templates/class.yaml"); empty when it does not say.
[[nodiscard]] std::string_view TemplateName(std::string_view rendered, std::uint32_t offset);

// The line of `source` that became the line at `offset` of `rendered`: the only one with the same
// text, else the only one with the same key, else nothing. Indentation and list dashes are ignored.
[[nodiscard]] std::optional<Range> FindRenderedLine(const SourceFile& rendered,
                                                    std::uint32_t offset, const SourceFile& source);

}  // namespace restorable::scan
