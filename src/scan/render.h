#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "scan/discover.h"

namespace restorable::scan {

enum class Renderer : std::uint8_t { kHelm, kKustomize };

// What a chart or a kustomization becomes.
struct Rendering {
  Renderer renderer = Renderer::kHelm;
  std::string directory;  // of the chart or the kustomization, as open() takes it
  std::string text;       // a YAML stream
};

struct RenderResult {
  std::vector<Rendering> renderings;
  std::vector<Diagnostic> diagnostics;  // a renderer that is missing or failed
};

// Runs `helm template` on each chart and `kustomize build` (or `kubectl kustomize`) on each
// kustomization that no other one of the scan builds upon.
[[nodiscard]] RenderResult Render(const Discovery& discovery, const Limits& limits);

}  // namespace restorable::scan
