#include "bicep/deployments.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "arm/library.h"
#include "base/text.h"

namespace restorable::bicep {
namespace {

bool EndsWith(std::string_view path, std::string_view ending) {
  return path.size() >= ending.size() &&
         EqualsIgnoringAsciiCase(path.substr(path.size() - ending.size()), ending);
}

std::string_view DirectoryOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return path.substr(0, slash == path.npos ? 0 : slash + 1);
}

bool IsCompiled(std::string_view path, std::span<const std::string> paths) {
  if (!EndsWith(path, ".json")) return false;
  const std::string source = std::string(path.substr(0, path.rfind('.'))) + ".bicep";
  return std::ranges::binary_search(paths, source);
}

// The files of values in the directory of a template that are named after it.
std::vector<const arm::Template*> NamedValues(Library& library, std::string_view path,
                                              std::span<const std::string> paths) {
  const std::string_view directory = DirectoryOf(path);
  std::vector<const arm::Template*> found;
  for (auto file = std::ranges::lower_bound(paths, directory); file != paths.end(); ++file) {
    if (!file->starts_with(directory)) break;
    const std::string_view name = std::string_view(*file).substr(directory.size());
    if (!EndsWith(name, ".json") ||
        !arm::IsNamedParametersOf(name, path.substr(directory.size()))) {
      continue;
    }
    const arm::Template* const values = library.Get(*file);
    if (values != nullptr && !values->arguments.empty()) found.push_back(values);
  }
  return found;
}

}  // namespace

std::vector<Deployment> FindDeployments(Library& library, std::span<const std::string> paths) {
  std::map<std::string, std::vector<const arm::Template*>, std::less<>> values;  // by template
  std::set<std::string, std::less<>> modules;
  std::map<std::string, const arm::Template*, std::less<>> templates;
  for (const std::string& path : paths) {
    if (EndsWith(path, ".bicepparam")) {
      const arm::Template* const file = library.Get(path);
      if (file == nullptr || file->using_template.empty()) continue;
      const arm::Template* const root = library.Load(*file, file->using_template);
      if (root == nullptr) continue;
      values[root->path].push_back(file);
      templates.emplace(root->path, root);
    } else if (!IsCompiled(path, paths)) {
      const arm::Template* const root = library.Get(path);
      if (root == nullptr || !root->arguments.empty()) continue;
      templates.emplace(path, root);
      for (std::string& module : library.ModulesOf(*root)) {
        if (module != path) modules.insert(std::move(module));
      }
    }
  }
  std::vector<Deployment> deployments;
  for (const auto& [path, root] : templates) {
    std::vector<const arm::Template*>& files = values[path];
    for (const arm::Template* const file : NamedValues(library, path, paths)) {
      files.push_back(file);
    }
    for (const arm::Template* const file : files) deployments.push_back({root, file});
    if (files.empty() && !modules.contains(path)) deployments.push_back({root, nullptr});
  }
  return deployments;
}

}  // namespace restorable::bicep
