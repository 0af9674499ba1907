#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/source.h"
#include "value/value.h"

// Conformance vectors: expressions with their expected results, one file of JSON for each section
// of the specification's tests.
namespace restorable::cel {

struct Vector {
  std::string name;  // file/section/name
  Value body;        // the whole JSON object

  [[nodiscard]] std::string_view Text(std::string_view key) const;  // "" when absent
  [[nodiscard]] bool Flag(std::string_view key) const;
  [[nodiscard]] bool Needs(std::string_view tag) const;
};

struct VectorFile {
  std::unique_ptr<SourceFile> source;  // the vectors' strings point into it
  std::vector<Vector> vectors;
  std::string error;  // why it could not be read
};

// Values live in `arena`.
[[nodiscard]] VectorFile ReadVectors(const std::filesystem::path& path, Arena& arena);

// The value that a one-key object such as {"int": "5"} stands for.
[[nodiscard]] Value Decode(Value encoded, Arena& arena);

// Whether both are the same: of one kind each, maps in any order, NaN like NaN, -0.0 like 0.0.
[[nodiscard]] bool SameValue(Value a, Value b);

}  // namespace restorable::cel
