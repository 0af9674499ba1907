#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "code/language.h"
#include "scan/discover.h"
#include "scan/worker.h"

namespace restorable::scan {

// What all code under the paths of a scan deploys.
struct CodeScan {
  std::unique_ptr<Arena> arena = std::make_unique<Arena>();  // of the resources
  std::vector<code::Deployed> deployments;
  std::vector<Diagnostic> diagnostics;
  std::vector<MarkedComment> comments;
  std::vector<std::shared_ptr<const void>> trees;  // what the resources point into
};

// Evaluates the code of each deployment of which a file is reported on. `results` has what was read
// of each file, and takes the sources of those that are read for it; such as nobody found before
// (texts that code loads, modules in the compiler's cache) come behind the others in both lists.
[[nodiscard]] CodeScan ScanCode(Discovery& discovery, std::vector<FileResult>& results,
                                const code::Values& values, OriginTable& origins,
                                const Limits& limits);

}  // namespace restorable::scan
