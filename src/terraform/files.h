#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace restorable::terraform {

// How evaluation reads: the caller decides what may be read at all. Paths are absolute or relative
// to the caller's working directory, with `/`, without `.`, and with `..` at most in front.
struct Files {
  // The names of the files directly in a directory, sorted; nothing if there is no such directory
  // or it may not be read.
  std::function<std::optional<std::vector<std::string>>(std::string_view directory)> list;
  // A file, which outlives the evaluation; nullptr if it is not there or may not be read.
  std::function<const SourceFile*(std::string_view path)> read;
};

// `relative` as seen from `directory`; nothing if it is absolute or leads above `/`.
[[nodiscard]] std::optional<std::string> JoinPath(std::string_view directory,
                                                  std::string_view relative);

// Whether the source of a module is a directory beside the caller: it starts with `./` or `../`.
[[nodiscard]] bool IsLocalSource(std::string_view source);

}  // namespace restorable::terraform
