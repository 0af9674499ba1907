#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "arm/template.h"
#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "json/parse.h"
#include "value/value.h"

// ARM JSON as a template.
namespace restorable::arm {

enum class Document : std::uint8_t {
  kOther,
  kTemplate,    // `$schema` is one of those of deployment templates, in any scope and version
  kParameters,  // … of files of parameter values
};

// JSON as Azure's tools take it.
inline constexpr json::Options kJson{
    .comments = true, .multiline_strings = true, .trailing_commas = true};

// What a JSON text is by its `$schema`.
[[nodiscard]] Document Recognize(Value root);

struct ReadResult {
  std::unique_ptr<Template> content;  // nullptr: no JSON, or no object
  Document document = Document::kOther;
  std::vector<Diagnostic> diagnostics;
};

// Reads a template or a file of parameter values, `otherwise` being what it is without a `$schema`
// that tells; the file outlives what is made of it. Comments and line breaks in strings are taken
// as Azure's tools take them. What is not as it should be is left out with a diagnostic, and the
// rest is read.
[[nodiscard]] ReadResult Read(const SourceFile& file, const Limits& limits,
                              Document otherwise = Document::kOther);

// Reads a template that an expression has given; nullptr if that is none, or not known to be one.
// `path` is where it stands, for links. What is made of it lives as long as the arena.
[[nodiscard]] std::unique_ptr<Template> ReadComputed(Value root, std::string_view path,
                                                     const Limits& limits, Arena& arena,
                                                     std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::arm
