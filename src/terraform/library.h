#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "terraform/configuration.h"
#include "terraform/files.h"

namespace restorable::terraform {

// Modules and files of values, each read once whoever asks for it. Values and names of what is
// evaluated point into their trees.
class Library {
 public:
  // `files` outlives the library.
  Library(const Files& files, const Limits& limits) : files_(files), limits_(limits) {}

  // nullptr if there is no such directory, or no configuration in it.
  [[nodiscard]] const Configuration* Find(std::string_view directory);
  // A file of the values of variables, or of locked versions; nullptr if it is not there.
  [[nodiscard]] const Configuration::File* FindValues(std::string_view path);
  // An expression that no file has. `text` outlives the library.
  [[nodiscard]] const Configuration::File& Parse(std::string_view text);

  // What was read of a file: of a module or of values; nullptr if nobody asked for it.
  [[nodiscard]] const Configuration::File* FindFile(std::string_view path) const;

  // Of the files that were read since the last call.
  [[nodiscard]] std::vector<Diagnostic> TakeDiagnostics() {
    return std::exchange(diagnostics_, {});
  }
  [[nodiscard]] const Files& files() const { return files_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }

 private:
  const Files& files_;
  const Limits& limits_;
  std::map<std::string, std::unique_ptr<Configuration>, std::less<>> configurations_;
  std::map<std::string, std::unique_ptr<Configuration::File>, std::less<>> values_;
  std::vector<std::unique_ptr<Configuration::File>> expressions_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace restorable::terraform
