#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"

namespace restorable::policy {

// The files at `paths`, and those of directories among them that end with .yaml or .yml, sorted by
// path, each once. They are numbered from `first` on.
[[nodiscard]] std::vector<std::unique_ptr<SourceFile>> ReadRuleFiles(
    const std::vector<std::string>& paths, FileId first, const Limits& limits,
    std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::policy
