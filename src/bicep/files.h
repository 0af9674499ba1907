#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace restorable::bicep {

// How other files are read: the caller decides what may be read at all. Paths have `/` and neither
// `.` nor `..` within them, but perhaps `..` at their front.
struct Files {
  // A file, which outlives all that is made of it; nullptr if it is not there or may not be read.
  std::function<const SourceFile*(std::string_view path)> read;
  // The names of the files directly in a directory, sorted; nothing if there is no such directory
  // or it may not be read. May be empty itself: then no directory can be read.
  std::function<std::optional<std::vector<std::string>>(std::string_view directory)> list;
};

}  // namespace restorable::bicep
