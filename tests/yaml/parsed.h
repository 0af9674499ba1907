#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/arena.h"
#include "base/source.h"
#include "value/json.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable::yaml {

// A text and what came of it, kept alive together.
struct Parsed {
  explicit Parsed(std::string text, const Options& options = {}, const Limits& limits = {})
      : file(FileId{0}, "test.yaml", std::move(text)),
        stream(Parse(file, arena, origins, limits, options)) {}

  [[nodiscard]] const Document& document(std::size_t i = 0) const { return stream.documents.at(i); }
  [[nodiscard]] Value root(std::size_t i = 0) const { return document(i).root; }
  [[nodiscard]] std::string Json(std::size_t i = 0) const { return ToJson(root(i)); }
  [[nodiscard]] std::string_view Text(Range range) const { return file.Text(range); }

  // "line:column id message" of the first diagnostic; "" without one.
  [[nodiscard]] std::string Diagnostic() const {
    if (stream.diagnostics.empty()) return "";
    const restorable::Diagnostic& first = stream.diagnostics.front();
    const Position at = file.PositionAt(first.range.begin);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
           std::string(first.kind->id) + " " + Message(first);
  }

  SourceFile file;
  Arena arena;
  OriginTable origins;
  Stream stream;
};

}  // namespace restorable::yaml
