#include "scan/render.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "scan/diagnostics.h"
#include "scan/paths.h"
#include "scan/process.h"
#include "scan/read.h"
#include "yaml/parse.h"

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
      if (const std::string line = FirstLine(result.errors); !line.empty()) return line;
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

// The directories that a kustomization builds upon, as far as they are local.
std::vector<std::string> Bases(const std::string& directory, const Limits& limits) {
  std::vector<std::string> bases;
  for (const char* const name : {"kustomization.yaml", "kustomization.yml", "Kustomization"}) {
    InputFile input;
    input.path = input.system_path = JoinPath(directory, name);
    Result<std::string> text = ReadInput(input, limits);
    if (!text) continue;
    const SourceFile file(FileId{0}, input.path, std::move(*text));
    Arena arena;
    OriginTable origins;
    const yaml::Stream stream = yaml::Parse(file, arena, origins, limits);
    if (stream.documents.empty()) continue;
    for (const char* const key : {"resources", "bases", "components"}) {
      const Value* const list = stream.documents.front().root.Find(key);
      if (list == nullptr || !list->IsList()) continue;
      for (const Value& item : list->AsList()) {
        if (item.IsString()) bases.push_back(NormalPath(JoinPath(directory, item.AsString())));
      }
    }
  }
  return bases;
}

}  // namespace

RenderResult Render(const Discovery& discovery, const Limits& limits) {
  RenderResult result;
  RenderRun run(limits, result);
  for (const std::string& chart : discovery.charts) run.Helm(chart);
  std::set<std::string> built_upon;
  for (const std::string& directory : discovery.kustomizations) {
    for (std::string& base : Bases(directory, limits)) built_upon.insert(std::move(base));
  }
  for (const std::string& directory : discovery.kustomizations) {
    if (!built_upon.contains(directory)) run.Kustomize(directory);
  }
  return result;
}

}  // namespace restorable::scan
