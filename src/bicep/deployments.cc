#include "bicep/deployments.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "arm/library.h"
#include "base/text.h"

namespace restorable::bicep {
namespace {

std::string_view DirectoryOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return path.substr(0, slash == path.npos ? 0 : slash + 1);
}

bool IsCompiled(std::string_view path, std::span<const std::string> paths) {
  if (!EndsIgnoringAsciiCase(path, ".json")) return false;
  const std::string source = std::string(path.substr(0, path.rfind('.'))) + ".bicep";
  return std::ranges::binary_search(paths, source);
}

bool Declares(const arm::Template& root, std::string_view name) {
  return std::ranges::any_of(root.parameters, [&](const arm::Parameter& parameter) {
    return EqualsIgnoringAsciiCase(parameter.name.text, name);
  });
}

bool DeclaresAll(const arm::Template& root, const std::vector<arm::Argument>& arguments) {
  return std::ranges::all_of(
      arguments, [&](const arm::Argument& argument) { return Declares(root, argument.name.text); });
}

// Whether a file lies beside a template and is named after it.
bool IsNamedAfter(std::string_view path, std::string_view template_path) {
  const std::string_view directory = DirectoryOf(template_path);
  return DirectoryOf(path) == directory &&
         arm::IsNamedParametersOf(path.substr(directory.size()),
                                  template_path.substr(directory.size()));
}

class Finder {
 public:
  Finder(Library& library, std::span<const std::string> paths, std::span<const Assignment> given)
      : library_(library), paths_(paths), given_(given) {}

  std::vector<Deployment> Run() {
    ReadGiven();
    for (const std::string& path : paths_) {
      if (EndsIgnoringAsciiCase(path, ".bicepparam")) {
        AddValues(path);
      } else if (!IsCompiled(path, paths_)) {
        AddTemplate(path);
      }
    }
    for (auto& [path, found] : templates_) {
      AddNamedValues(found);
      AddDeployments(found);
    }
    return std::move(deployments_);
  }

 private:
  struct Found {
    const arm::Template* root = nullptr;
    std::vector<const arm::Template*> values;
    bool named = false;  // by a file that was given
  };

  // The template that a `.bicepparam` says it is for.
  const arm::Template* TemplateOf(const arm::Template& values) {
    return values.using_template.empty() ? nullptr : library_.Load(values, values.using_template);
  }

  void ReadGiven() {
    for (const Assignment& assignment : given_) {
      files_.push_back(assignment.name.empty() ? library_.GetValues(assignment.path) : nullptr);
      if (files_.back() == nullptr) continue;
      const arm::Template* const root = TemplateOf(*files_.back());
      if (root != nullptr && std::ranges::binary_search(paths_, root->path))
        Add(*root).named = true;
    }
  }

  Found& Add(const arm::Template& root) {
    Found& found = templates_[root.path];
    found.root = &root;
    return found;
  }

  void AddValues(const std::string& path) {
    const arm::Template* const values = library_.Get(path);
    const arm::Template* const root = values == nullptr ? nullptr : TemplateOf(*values);
    if (root != nullptr) Add(*root).values.push_back(values);
  }

  void AddTemplate(const std::string& path) {
    const arm::Template* const root = library_.Get(path);
    if (root == nullptr || !root->arguments.empty()) return;
    Add(*root);
    for (std::string& module : library_.ModulesOf(*root)) {
      if (module != path) modules_.insert(std::move(module));
    }
  }

  void AddNamedValues(Found& found) {
    const std::string_view directory = DirectoryOf(found.root->path);
    for (auto file = std::ranges::lower_bound(paths_, directory);
         file != paths_.end() && file->starts_with(directory); ++file) {
      if (!EndsIgnoringAsciiCase(*file, ".json") || !IsNamedAfter(*file, found.root->path))
        continue;
      const arm::Template* const values = library_.Get(*file);
      if (values != nullptr && !values->arguments.empty()) found.values.push_back(values);
    }
  }

  bool IsFor(const arm::Template& values, const arm::Template& root) {
    if (!values.using_template.empty()) {
      const arm::Template* const named = TemplateOf(values);
      return named != nullptr && named->path == root.path;
    }
    if (values.arguments.empty()) return false;
    return IsNamedAfter(values.path, root.path) || DeclaresAll(root, values.arguments);
  }

  void AddDeployments(const Found& found) {
    if (found.values.empty() && !found.named && modules_.contains(found.root->path)) return;
    Deployment deployment{.root = found.root};
    bool has_file = false;
    for (std::size_t i = 0; i < given_.size(); ++i) {
      const bool fits = given_[i].name.empty()
                            ? files_[i] != nullptr && IsFor(*files_[i], *found.root)
                            : Declares(*found.root, given_[i].name);
      if (!fits) continue;
      deployment.given.push_back(i);
      has_file = has_file || given_[i].name.empty();
    }
    if (has_file || found.values.empty()) return deployments_.push_back(deployment);
    for (const arm::Template* const file : found.values) {
      deployment.arguments = file;
      deployments_.push_back(deployment);
    }
  }

  Library& library_;
  std::span<const std::string> paths_;
  std::span<const Assignment> given_;
  std::vector<const arm::Template*> files_;              // of those given; nullptr: it is none
  std::map<std::string, Found, std::less<>> templates_;  // by path
  std::set<std::string, std::less<>> modules_;
  std::vector<Deployment> deployments_;
};

}  // namespace

std::vector<Deployment> FindDeployments(Library& library, std::span<const std::string> paths,
                                        std::span<const Assignment> given) {
  return Finder(library, paths, given).Run();
}

}  // namespace restorable::bicep
