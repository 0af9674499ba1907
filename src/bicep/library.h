#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arm/library.h"
#include "arm/template.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "bicep/configuration.h"
#include "bicep/files.h"
#include "bicep/tree.h"

namespace restorable::bicep {

// Templates and files of parameter values, written in Bicep or in ARM JSON, each read once with
// what it imports. Not thread-safe.
class Library {
 public:
  // Both outlive the library.
  Library(const Files& files, const Limits& limits);

  // What stands at a path: `.bicep`, `.bicepparam` or JSON. nullptr if it cannot be read as one.
  [[nodiscard]] const arm::Template* Get(std::string_view path);
  // A file that somebody says to be one of parameter values: in JSON it needs no `$schema`.
  [[nodiscard]] const arm::Template* GetValues(std::string_view path);
  // What `link` leads to from a template: a file within the working directory, or a module that
  // Bicep's compiler has fetched into its cache. nullptr where there is none, and where a module
  // would contain itself.
  [[nodiscard]] const arm::Template* Load(const arm::Template& from, std::string_view link);
  // The path that `link` leads to, whether or not something is there.
  [[nodiscard]] std::optional<std::string> Resolve(std::string_view from, std::string_view link);
  // The files that a template names as its modules, as far as the text tells.
  [[nodiscard]] std::vector<std::string> ModulesOf(const arm::Template& from);

  // The syntax of a Bicep file that was read; nullptr for all others.
  [[nodiscard]] const Tree* FindTree(std::string_view path) const;
  // Of all that was read, each once.
  [[nodiscard]] std::vector<Diagnostic> TakeDiagnostics();

  // For what translates a file.
  [[nodiscard]] const Configuration& ConfigurationOf(std::string_view path);
  // The files that are being read, the outermost first.
  [[nodiscard]] const std::vector<std::string>& reading() const { return reading_; }
  [[nodiscard]] const Files& files() const { return files_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }
  void Report(Diagnostic diagnostic) { diagnostics_.push_back(std::move(diagnostic)); }

 private:
  struct Unit {
    std::unique_ptr<Tree> tree;
    std::unique_ptr<arm::Template> content;
  };

  void Read(const SourceFile& file, Unit& unit);
  [[nodiscard]] const arm::Template* GetJson(std::string_view path);
  [[nodiscard]] bool Reaches(const std::string& from, const std::string& target,
                             std::vector<std::string>& way);
  void ReportCycle(const arm::Template& from, std::string_view link,
                   const std::vector<std::string>& way);

  const Files& files_;
  const Limits& limits_;
  arm::Library json_;
  std::map<std::string, Unit, std::less<>> units_;                    // by path
  std::map<std::string, Configuration, std::less<>> configurations_;  // by directory
  // Whether a module may be loaded from a file, by both paths.
  std::map<std::pair<std::string, std::string>, bool> cyclic_;
  std::vector<std::string> reading_;
  std::vector<Diagnostic> diagnostics_;
  std::size_t json_diagnostics_taken_ = 0;
};

}  // namespace restorable::bicep
