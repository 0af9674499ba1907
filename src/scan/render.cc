#include "scan/render.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "scan/diagnostics.h"
#include "scan/kustomization.h"
#include "scan/paths.h"
#include "scan/process.h"

namespace restorable::scan {
namespace {

using Outcome = ProcessResult::Outcome;

constexpr std::chrono::seconds kTimeout{60};
constexpr std::string_view kReleaseName = "release";

std::string FirstLine(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \r\n\t");
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin);
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

std::string Reason(const ProcessResult& result) {
  switch (result.outcome) {
    case Outcome::kTimedOut:
      return "it took longer than " + std::to_string(kTimeout.count()) + " s";
    case Outcome::kTooMuchOutput:
      return "it wrote more than the limit for one file";
    case Outcome::kExited:
      if (std::string line = FirstLine(result.errors); !line.empty()) return line;
      return "exit status " + std::to_string(result.exit_status);
    case Outcome::kMissing:
    case Outcome::kFailed:
      break;
  }
  return "it could not be started";
}

class RenderRun {
 public:
  RenderRun(const Limits& limits, RenderResult& result) : limits_(limits), result_(result) {}

  void Helm(const std::string& chart) {
    Add(Renderer::kHelm, chart, {{"helm", "template", std::string(kReleaseName), chart}});
  }

  void Kustomize(const std::string& directory) {
    Add(Renderer::kKustomize, directory,
        {{"kustomize", "build", directory}, {"kubectl", "kustomize", directory}});
  }

 private:
  // The first of `commands` that is installed decides.
  void Add(Renderer renderer, const std::string& directory,
           const std::vector<std::vector<std::string>>& commands) {
    for (const std::vector<std::string>& command : commands) {
      ProcessResult result = RunProcess(command, kTimeout, limits_.file_bytes);
      if (result.outcome == Outcome::kMissing) continue;
      if (result.outcome == Outcome::kExited && result.exit_status == 0) {
        result_.renderings.push_back({renderer, directory, std::move(result.output)});
        return;
      }
      Report(kRenderFailed,
             {command[0] + " " + command[1], DisplayPath(directory), Reason(result)});
      return;
    }
    Report(kRendererMissing, {commands.front().front(), DisplayPath(directory)});
  }

  void Report(const DiagnosticKind& kind, std::vector<std::string> args) {
    result_.diagnostics.push_back({&kind, {}, std::move(args), {}});
  }

  const Limits& limits_;
  RenderResult& result_;
};

}  // namespace

RenderResult Render(const Discovery& discovery, const Limits& limits) {
  RenderResult result;
  RenderRun run(limits, result);
  for (const std::string& chart : discovery.charts) run.Helm(chart);
  std::set<std::string> built_upon;
  for (const std::string& directory : discovery.kustomizations) {
    Kustomization kustomization = ReadKustomization(directory, limits);
    for (std::string& base : kustomization.bases) built_upon.insert(std::move(base));
  }
  for (const std::string& directory : discovery.kustomizations) {
    if (!built_upon.contains(directory)) run.Kustomize(directory);
  }
  return result;
}

}  // namespace restorable::scan
