#pragma once

#include <string>
#include <string_view>

namespace restorable::report {

// A path with `/` as the path of a URI: every byte percent-encoded that is not a letter, a digit or
// one of `-._~/`.
[[nodiscard]] std::string UriPath(std::string_view path);

// "file:///…" for an absolute path.
[[nodiscard]] std::string FileUri(std::string_view path);

}  // namespace restorable::report
