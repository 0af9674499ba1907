#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "base/comments.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "bicep/deployments.h"
#include "json/parse.h"
#include "resource/resource.h"
#include "terraform/deploy.h"
#include "value/origin.h"

// Languages whose files say only together, and when they are evaluated, what is deployed.
namespace restorable::code {

// Values from outside of the tree, weakest first.
struct Values {
  // Of Terraform's variables.
  std::vector<std::pair<std::string, std::string>> environment;  // TF_VAR_name, without the prefix
  std::vector<terraform::Assignment> given;
  // Of parameters of Bicep and of templates in JSON.
  std::vector<bicep::Assignment> parameters;
};

// What the evaluation of code is given. Files outlive what is made of them.
struct Input {
  // Of the language, and of those in JSON that are its own: as reports print them, sorted.
  std::span<const std::string> paths;
  // Any file of the tree; nullptr if it is not there or may not be read.
  std::function<const SourceFile*(std::string_view path)> read;
  // The names of the files directly in a directory, sorted; nothing if there is none.
  std::function<std::optional<std::vector<std::string>>(std::string_view directory)> list;
  std::string_view comment_marker;  // of the comments to look for
  const Values& values;
  Arena& arena;
  OriginTable& origins;
  const Limits& limits;
};

// The resources that are created together.
struct Deployed {
  std::string root;         // the file or directory that is deployed
  std::string environment;  // the file that its parameters have their values from; empty: none
  std::vector<Resource> resources;
};

struct Result {
  std::vector<Deployed> deployments;
  std::vector<Diagnostic> diagnostics;
  std::vector<MarkedComment> comments;
  std::set<std::size_t> used_parameters;  // of the values for them, those that something declares
  std::shared_ptr<const void> trees;      // what the resources point into, beside files and arena
};

struct LanguageRow {
  std::string_view name;
  std::span<const std::string_view> endings;  // of its files' names, in lower case
  bool (*owns)(Value document);               // whether a file in JSON is of the language
  // What stands in the names of files in JSON that hold values for others; empty if there are none.
  std::string_view values_infix;
  Result (*evaluate)(const Input& input);
};

[[nodiscard]] std::span<const LanguageRow> Languages();
// By the ending of a path, in any case; nullptr for all other files.
[[nodiscard]] const LanguageRow* FindLanguage(std::string_view path);
// By what a file in JSON says. `parsed` is what JSON as such makes of it; Azure's tools take more.
[[nodiscard]] const LanguageRow* FindLanguage(const SourceFile& file,
                                              const json::ParseResult& parsed, Arena& arena,
                                              const Limits& limits);

}  // namespace restorable::code
