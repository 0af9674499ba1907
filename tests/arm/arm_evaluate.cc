// arm_evaluate [--quiet] FILE...: what each template, in Bicep or JSON, deploys, one instance a
// paragraph, and the diagnostics. With --quiet only counts and times.

#include <chrono>
#include <cstdio>
#include <deque>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "arm/deploy.h"
#include "base/source.h"
#include "bicep/library.h"
#include "value/json.h"

namespace {

using namespace restorable;
using Clock = std::chrono::steady_clock;

double MillisecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// The files of the run, read when they are asked for.
class Files {
 public:
  const SourceFile* Read(std::string_view path) {
    const auto [place, added] = files_.try_emplace(std::string(path));
    if (!added) return place->second.get();
    std::ifstream in{std::string(path), std::ios::binary};
    if (!in) return nullptr;
    std::ostringstream text;
    text << in.rdbuf();
    const auto id = static_cast<FileId>(files_.size());
    place->second = std::make_unique<SourceFile>(id, std::string(path), text.str());
    by_id_[id] = place->second.get();
    return place->second.get();
  }
  std::string Place(Range range) const {
    const auto found = by_id_.find(range.file);
    if (found == by_id_.end()) return "-";
    const Position at = found->second->PositionAt(range.begin);
    return found->second->path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
  }

 private:
  std::map<std::string, std::unique_ptr<SourceFile>, std::less<>> files_;
  std::map<FileId, const SourceFile*> by_id_;
};

void PrintDiagnostics(const Files& files, const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    std::cout << files.Place(diagnostic.range) << ": " << Name(diagnostic.kind->severity) << ": "
              << Message(diagnostic) << " [" << diagnostic.kind->id << "]\n";
  }
}

void PrintInstances(const Files& files, const arm::Deployed& deployed) {
  for (const arm::Instance& instance : deployed.instances) {
    const bool call = instance.kind == arm::Instance::Kind::kModuleCall;
    constexpr std::string_view kCertainties[] = {"", " (conditional)", " (any number)"};
    std::cout << "== " << instance.address << (call ? " calls " : " is ") << instance.type
              << kCertainties[static_cast<std::size_t>(instance.certainty)] << " at "
              << files.Place(instance.name_range) << "\n"
              << ToJson(instance.body, JsonStyle::kIndented) << "\n";
  }
  for (const auto& [name, value] : deployed.outputs) {
    std::cout << "output " << name << " = " << ToJson(value) << "\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> paths(argv + 1, argv + argc);
  const bool quiet = !paths.empty() && paths[0] == "--quiet";
  if (quiet) paths.erase(paths.begin());
  const Limits limits;
  double read_ms = 0;
  double deploy_ms = 0;
  std::size_t bytes = 0;
  std::size_t instances = 0;
  std::size_t templates = 0;
  for (const std::string& path : paths) {
    Files files;
    const bicep::Files reader{.read = [&](std::string_view wanted) { return files.Read(wanted); },
                              .list = nullptr};
    bicep::Library library(reader, limits);
    const SourceFile* const file = files.Read(path);
    if (file == nullptr) continue;
    const auto read_begin = Clock::now();
    const arm::Template* const root = library.Get(path);
    read_ms += MillisecondsSince(read_begin);
    bytes += file->text().size();
    if (root == nullptr) {
      PrintDiagnostics(files, library.TakeDiagnostics());
      std::cout << path << ": no template\n";
      continue;
    }
    ++templates;
    Arena arena;
    OriginTable origins;
    const auto deploy_begin = Clock::now();
    const arm::Deployed deployed = arm::Deploy(
        {.root = root},
        [&](const arm::Template& from, std::string_view link) { return library.Load(from, link); },
        arena, origins, limits);
    const double took = MillisecondsSince(deploy_begin);
    deploy_ms += took;
    instances += deployed.instances.size();
    if (took > 1000) std::cout << path << ": slow, " << took << " ms\n";
    PrintDiagnostics(files, library.TakeDiagnostics());
    PrintDiagnostics(files, deployed.diagnostics);
    if (!quiet) PrintInstances(files, deployed);
  }
  const double megabytes = static_cast<double>(bytes) / 1e6;
  std::fprintf(
      stderr, "%zu templates, %.1f MB, read %.0f ms (%.0f MB/s), deployed %.0f ms, %zu instances\n",
      templates, megabytes, read_ms, megabytes / read_ms * 1000, deploy_ms, instances);
  return 0;
}
