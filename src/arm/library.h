#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arm/read.h"
#include "arm/template.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"

namespace restorable::arm {

// Templates that lie in JSON files of their own, each read once.
class Library {
 public:
  // A file, which outlives the library; nullptr if it is not there or may not be read. Paths have
  // `/` and neither `.` nor `..` within them, but perhaps `..` at their front.
  using ReadFile = std::function<const SourceFile*(std::string_view path)>;

  Library(ReadFile read, const Limits& limits) : read_(std::move(read)), limits_(limits) {}

  // The template or file of parameter values at a path; nullptr if it cannot be read as one.
  [[nodiscard]] const Template* Get(std::string_view path);
  // Likewise, of a file that somebody says to be one of parameter values: it needs no `$schema`.
  [[nodiscard]] const Template* GetValues(std::string_view path);
  // What `link` leads to from a template, if it is a relative path.
  [[nodiscard]] const Template* Load(const Template& from, std::string_view link);

  // Of all that was read.
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  const Template* Get(std::string_view path, Document otherwise);

  ReadFile read_;
  const Limits& limits_;
  std::map<std::string, std::unique_ptr<Template>, std::less<>> templates_;  // by path
  std::vector<Diagnostic> diagnostics_;
};

// Whether a file beside a template holds values for its parameters, by the names that people give
// them: for azuredeploy.json azuredeploy.parameters.json, azuredeploy.parameters.dev.json and
// azuredeploy.dev.parameters.json.
[[nodiscard]] bool IsNamedParametersOf(std::string_view file, std::string_view template_file);

// `link` as seen from the directory of `path`, absolute if that is; nothing if the link is absolute
// itself or an address. Whether it may be read is for whoever reads it to say.
[[nodiscard]] std::optional<std::string> ResolveLink(std::string_view path, std::string_view link);

}  // namespace restorable::arm
