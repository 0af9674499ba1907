#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/comments.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "resource/resource.h"
#include "value/origin.h"

// Languages whose files say only together, and when they are evaluated, what is deployed.
namespace restorable::code {

// What the evaluation of code is given. Files outlive what is made of them.
struct Input {
  // Of the language, and of those in JSON that are its own: as reports print them, sorted.
  std::span<const std::string> paths;
  // Any file of the tree; nullptr if it is not there or may not be read.
  std::function<const SourceFile*(std::string_view path)> read;
  // The names of the files directly in a directory, sorted; nothing if there is none.
  std::function<std::optional<std::vector<std::string>>(std::string_view directory)> list;
  std::string_view comment_marker;  // of the comments to look for
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
};

struct LanguageRow {
  std::string_view name;
  std::span<const std::string_view> endings;  // of its files' names, in lower case
  bool takes_templates;                       // files in JSON that are templates of ARM
  Result (*evaluate)(const Input& input);
};

[[nodiscard]] std::span<const LanguageRow> Languages();
// By the ending of a path, in any case; nullptr for all other files.
[[nodiscard]] const LanguageRow* FindLanguage(std::string_view path);

}  // namespace restorable::code
