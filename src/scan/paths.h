#pragma once

#include <string>
#include <string_view>

// Paths as text: nothing here resolves links.
namespace restorable::scan {

// `path` without `.`, empty and `x/..` parts; absolute if it was.
[[nodiscard]] std::string NormalPath(std::string_view path);

[[nodiscard]] std::string JoinPath(std::string_view directory, std::string_view name);

// The directory above a normal path, as open() takes it: of "a" it is ".", of "." "..", of "/" "/".
[[nodiscard]] std::string ParentPath(std::string_view path);

// Whether there is no directory above: "/", or as many ".." as lead there.
[[nodiscard]] bool IsTopDirectory(std::string_view path);

// Relative to the working directory where it lies in or below it, else as it is.
[[nodiscard]] std::string DisplayPath(std::string_view path);

[[nodiscard]] bool IsWorkingDirectory(std::string_view path);

}  // namespace restorable::scan
