// Bytes as an expression of ARM JSON: nothing crashes or hangs, and every node lies in its file,
// every operand within its operation.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "arm/deploy.h"
#include "arm/library.h"
#include "base/source.h"
#include "value/json.h"

namespace {

using namespace restorable;

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Limits limits;
  limits.expression_depth = 40;
  limits.nesting = 40;
  limits.evaluation_steps = 20'000;
  limits.document_nodes = 2'000;
  limits.file_bytes = 1 << 16;
  limits.module_depth = 4;
  std::string text =
      R"({"$schema": "x/deploymentTemplate.json", "parameters": {"s": {"type": "string"},
    "o": {"type": "object"}, "d": {"type": "array", "defaultValue": [1, {"a": "b"}]}},
    "resources": [{"type": "A.B/c", "name": "n", "properties": {"x": 1}}],
    "outputs": {"o": {"value": )";
  AppendJsonString(text, "[" + std::string(data, data + size) + "]");
  text += "}}}";
  const SourceFile file(FileId{0}, "main.json", std::move(text));
  arm::Library library([&](std::string_view) { return &file; }, limits);
  const arm::Template* const root = library.Get("main.json");
  Require(root != nullptr || file.text().size() > limits.file_bytes);
  if (root == nullptr) return 0;
  const Range whole = file.WholeRange();
  for (std::size_t i = 0; i < root->tree->node_count(); ++i) {
    Require(whole.Contains((*root->tree)[static_cast<arm::NodeId>(i)].range));
  }
  Arena arena;
  OriginTable origins;
  const arm::Deployed deployed = arm::Deploy({.root = root}, nullptr, arena, origins, limits);
  for (const Diagnostic& diagnostic : deployed.diagnostics) {
    Require(diagnostic.range.IsNone() || whole.Contains(diagnostic.range));
  }
  for (const auto& [name, value] : deployed.outputs) static_cast<void>(ToJson(value));
  return 0;
}
