#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace restorable::terraform {

// How evaluation reads: the caller decides what may be read at all. Paths are relative to the
// caller's working directory, with `/` and without `.` and `..` within them.
struct Files {
  // The names of the files directly in a directory, sorted; nothing if there is no such directory
  // or it may not be read.
  std::function<std::optional<std::vector<std::string>>(std::string_view directory)> list;
  // A file, which outlives the evaluation; nullptr if it is not there or may not be read.
  std::function<const SourceFile*(std::string_view path)> read;
};

// `relative` as seen from `directory`, without `.` and `..`; nothing if it is absolute or leads
// out of the working directory.
[[nodiscard]] std::optional<std::string> JoinPath(std::string_view directory,
                                                  std::string_view relative);

}  // namespace restorable::terraform
