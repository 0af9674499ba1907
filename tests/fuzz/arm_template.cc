// Bytes as a template that links to itself, evaluated under small limits: nothing crashes or hangs,
// and every range lies in a file.

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
  const SourceFile file(FileId{0}, "main.json", std::string(data, data + size));
  const SourceFile schema(
      FileId{1}, "child.json",
      R"({"$schema": "x/deploymentTemplate.json", "parameters": {"p": {"type": "string"}},
          "resources": [{"type": "A.B/c", "name": "[parameters('p')]"}]})");
  arm::Library library(
      [&](std::string_view path) { return path == "child.json" ? &schema : &file; }, limits);
  const arm::Template* const root = library.Get("main.json");
  if (root == nullptr) return 0;
  const auto load = [&](const arm::Template& from, std::string_view link) {
    return library.Load(from, link);
  };
  Arena arena;
  OriginTable origins;
  const arm::Deployed deployed = arm::Deploy(
      {.root = root, .arguments = root, .given = {{.file = root}, {.name = "p", .source = &file}}},
      load, arena, origins, limits);
  const auto lies_in_a_file = [&](Range range) {
    return range.IsNone() || file.WholeRange().Contains(range) ||
           schema.WholeRange().Contains(range);
  };
  for (const Diagnostic& diagnostic : deployed.diagnostics) {
    Require(lies_in_a_file(diagnostic.range));
  }
  for (const arm::Instance& instance : deployed.instances) {
    Require(lies_in_a_file(instance.range));
    static_cast<void>(ToJson(instance.body));
  }
  return 0;
}
