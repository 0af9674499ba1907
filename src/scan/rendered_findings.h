#pragma once

#include <cstddef>
#include <vector>

#include "base/limits.h"
#include "scan/discover.h"
#include "scan/render.h"
#include "scan/scan.h"

namespace restorable::scan {

// The input that stands for a rendering, in the deployment of what it was made from.
[[nodiscard]] InputFile FileOf(const Rendering& rendering, const Discovery& discovery);

// Moves each finding in a rendering to the line of the source that wrote it, as far as it can be
// told, else to the template or the kustomization as a whole; the rendered line becomes a note. A
// finding that the sources have as well is dropped. The renderings are the inputs from number
// `first` on.
void MapToSources(const Discovery& discovery, const std::vector<Rendering>& renderings,
                  std::size_t first, const Limits& limits, Report& report);

}  // namespace restorable::scan
