#include "bicep/library.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "base/text.h"
#include "bicep/diagnostics.h"
#include "bicep/module_reference.h"
#include "bicep/parse.h"
#include "bicep/translator.h"

namespace restorable::bicep {
namespace {

constexpr std::string_view kConfigurationFile = "bicepconfig.json";
constexpr std::string_view kDefaultCache = ".bicep";

bool EndsWith(std::string_view path, std::string_view ending) {
  return path.size() >= ending.size() &&
         EqualsIgnoringAsciiCase(path.substr(path.size() - ending.size()), ending);
}

bool IsBicep(std::string_view path) {
  return EndsWith(path, ".bicep") || EndsWith(path, ".bicepparam");
}

// Without a slash at its end; empty for the working directory, and for what is above all others.
std::string_view DirectoryOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? std::string_view() : path.substr(0, slash);
}

std::string Join(std::string_view directory, std::string_view name) {
  return directory.empty() ? std::string(name) : std::string(directory) + "/" + std::string(name);
}

}  // namespace

Library::Library(const Files& files, const Limits& limits)
    : files_(files), limits_(limits), json_(files.read, limits) {}

const arm::Template* Library::GetJson(std::string_view path) { return json_.Get(path); }

const arm::Template* Library::Get(std::string_view path) {
  if (!IsBicep(path)) return GetJson(path);
  const auto [place, added] = units_.try_emplace(std::string(path));
  Unit& unit = place->second;
  // What is being read is not there yet.
  if (!added || reading_.size() >= limits_.module_depth) return unit.content.get();
  const SourceFile* const file = files_.read(path);
  if (file == nullptr) return nullptr;
  reading_.emplace_back(path);
  Read(*file, unit);
  reading_.pop_back();
  return unit.content.get();
}

const arm::Template* Library::GetValues(std::string_view path) {
  return IsBicep(path) ? Get(path) : json_.GetValues(path);
}

void Library::Read(const SourceFile& file, Unit& unit) {
  const Dialect dialect = DialectOf(file.path());
  ParseResult parsed = Parse(file, dialect, limits_);
  diagnostics_.insert(diagnostics_.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
  unit.tree = std::make_unique<Tree>(std::move(parsed.tree));
  auto content = std::make_unique<arm::Template>();
  // A syntax error leaves names undeclared that the text declares.
  Translator(file, *unit.tree, dialect, *this, /*complete=*/parsed.diagnostics.empty(), *content)
      .Run();
  unit.content = std::move(content);
}

const Configuration& Library::ConfigurationOf(std::string_view path) {
  const std::string_view directory = DirectoryOf(path);
  const auto known = configurations_.find(directory);
  if (known != configurations_.end()) return known->second;
  const SourceFile* const file = files_.read(Join(directory, kConfigurationFile));
  Configuration configuration;
  if (file != nullptr) {
    configuration = ReadConfiguration(*file, limits_, diagnostics_);
    // As seen from the working directory.
    if (!configuration.cache_root.empty()) {
      configuration.cache_root =
          arm::ResolveLink(file->path(), configuration.cache_root).value_or(std::string());
    }
  } else if (!directory.empty() && directory != "..") {
    configuration = ConfigurationOf(directory);
  }
  return configurations_.emplace(directory, std::move(configuration)).first->second;
}

std::optional<std::string> Library::Resolve(std::string_view from, std::string_view link) {
  const Configuration& configuration = ConfigurationOf(from);
  const ModuleReference reference = ReadReference(link, configuration);
  if (reference.kind == ModuleReference::Kind::kFile) {
    return arm::ResolveLink(from, reference.text);
  }
  const std::optional<std::string> cached = CachedPath(reference.text);
  if (!cached.has_value()) return std::nullopt;
  return Join(configuration.cache_root.empty() ? kDefaultCache : configuration.cache_root, *cached);
}

const arm::Template* Library::Load(const arm::Template& from, std::string_view link) {
  const std::optional<std::string> path = Resolve(from.path, link);
  if (!path.has_value()) return nullptr;
  const auto [known, added] = cyclic_.try_emplace({from.path, *path}, false);
  if (added && IsBicep(*path)) {
    std::vector<std::string> way{from.path};
    known->second = Reaches(*path, from.path, way);
    if (known->second) ReportCycle(from, link, way);
  }
  return known->second ? nullptr : Get(*path);
}

std::vector<std::string> Library::ModulesOf(const arm::Template& from) {
  std::vector<std::string> paths;
  for (const arm::Resource& resource : from.resources) {
    if (resource.module == nullptr || resource.module->link == arm::NodeId::kNone) continue;
    const auto* const link =
        std::get_if<arm::Literal>(&(*from.tree)[resource.module->link].expression);
    if (link == nullptr || !link->value.IsString()) continue;
    std::optional<std::string> path = Resolve(from.path, link->value.AsString());
    if (path.has_value()) paths.push_back(std::move(*path));
  }
  return paths;
}

// Whether modules lead from a file to the target; `way` is then the files between them.
bool Library::Reaches(const std::string& from, const std::string& target,
                      std::vector<std::string>& way) {
  // Each file with the one that led to it.
  std::map<std::string, std::string> seen{{from, std::string()}};
  std::vector<std::string> open{from};
  while (!open.empty()) {
    const std::string path = std::move(open.back());
    open.pop_back();
    if (path == target) {
      std::vector<std::string> back;
      for (std::string at = path; !at.empty(); at = seen[at]) back.push_back(at);
      way.insert(way.end(), back.rbegin(), back.rend());
      return true;
    }
    const arm::Template* const content = IsBicep(path) ? Get(path) : nullptr;
    if (content == nullptr) continue;
    for (std::string& next : ModulesOf(*content)) {
      if (seen.try_emplace(next, path).second) open.push_back(std::move(next));
    }
  }
  return false;
}

void Library::ReportCycle(const arm::Template& from, std::string_view link,
                          const std::vector<std::string>& way) {
  Range range = from.range;
  for (const arm::Resource& resource : from.resources) {
    if (resource.module == nullptr || resource.module->link == arm::NodeId::kNone) continue;
    const arm::Node& node = (*from.tree)[resource.module->link];
    const auto* const literal = std::get_if<arm::Literal>(&node.expression);
    if (literal == nullptr || !literal->value.IsString()) continue;
    if (literal->value.AsString() == link) range = node.range;
  }
  std::string steps;
  for (const std::string& path : way) steps += (steps.empty() ? "" : " → ") + path;
  Report({.kind = &kModuleCycle, .range = range, .args = {from.path, steps}, .notes = {}});
}

const Tree* Library::FindTree(std::string_view path) const {
  const auto found = units_.find(path);
  return found == units_.end() ? nullptr : found->second.tree.get();
}

std::vector<Diagnostic> Library::TakeDiagnostics() {
  std::vector<Diagnostic> all = std::exchange(diagnostics_, {});
  const std::vector<Diagnostic>& json = json_.diagnostics();
  all.insert(all.end(), json.begin() + static_cast<std::ptrdiff_t>(json_diagnostics_taken_),
             json.end());
  json_diagnostics_taken_ = json.size();
  return all;
}

}  // namespace restorable::bicep
