#pragma once

#include <string>
#include <vector>

#include "base/limits.h"

namespace restorable::scan {

// What a kustomization refers to, as far as it is local: paths as open() takes them.
struct Kustomization {
  std::vector<std::string> bases;    // directories and files that it builds upon
  std::vector<std::string> patches;  // files with parts of objects, which are none by themselves
};

// Reads the kustomization of a directory. What cannot be read is left out: the scan of the file
// itself reports it.
[[nodiscard]] Kustomization ReadKustomization(const std::string& directory, const Limits& limits);

}  // namespace restorable::scan
