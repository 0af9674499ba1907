// Bytes as JSON: nothing crashes, every range lies in its parent's, and the strict reader accepts
// what nlohmann/json accepts.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "base/source.h"
#include "json/parse.h"

namespace {

using namespace restorable;

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckValue(Value value, Range within) {
  Require(within.Contains(value.range()));
  if (value.IsList()) {
    for (const Value& item : value.AsList()) CheckValue(item, value.range());
  }
  if (!value.IsMap()) return;
  for (const MapEntry& entry : value.AsMap()) {
    Require(value.range().Contains(entry.key.range()));
    CheckValue(entry.value, value.range());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Limits limits;
  limits.nesting = 30;
  json::Options options;
  options.comments = (data[0] & 1) != 0;
  options.multiline_strings = (data[0] & 2) != 0;
  options.drop_null_entries = (data[0] & 4) != 0;
  const SourceFile file(FileId{0}, "fuzz.json", std::string(data + 1, data + size));
  Arena arena;
  const json::ParseResult result = json::Parse(file, arena, limits, options);
  bool limited = false;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    Require(file.WholeRange().Contains(diagnostic.range));
    limited = limited || diagnostic.kind->id == "json-too-deep";
    static_cast<void>(Message(diagnostic));
  }
  if (result.ok) CheckValue(result.root, file.WholeRange());
  // For nlohmann/json a NUL ends the text.
  const bool is_comparable = !options.comments && !options.multiline_strings && !limited &&
                             file.text().find('\0') == std::string_view::npos;
  if (is_comparable) Require(result.ok == nlohmann::json::accept(file.text()));
  return 0;
}
