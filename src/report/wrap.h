#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace restorable::report {

// Prose in lines of at most `width` columns, broken at spaces; every line but the first begins with
// `indent` spaces, and the first is taken to begin behind as many. An empty line in `text` stays
// one; any other run of white space is one space. No line end at the end.
[[nodiscard]] std::string Wrap(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace restorable::report
