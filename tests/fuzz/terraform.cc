// Bytes as every file that a module asks for (its own, those of modules it calls, templates,
// values, the lock file), evaluated under small limits: nothing crashes or hangs, and every range
// lies in a file. What starts with a brace is read as JSON.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/source.h"
#include "terraform/deploy.h"
#include "value/json.h"

namespace {

using namespace restorable;

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Limits limits;
  limits.expression_depth = 60;
  limits.nesting = 40;
  limits.evaluation_steps = 20'000;
  limits.document_nodes = 5'000;
  limits.file_bytes = 1 << 16;
  limits.module_depth = 4;
  const bool json = size != 0 && data[0] == '{';
  const std::string name = json ? "main.tf.json" : "main.tf";
  const SourceFile file(FileId{0}, name, std::string(data, data + size));
  const terraform::Files files{
      .list = [&](std::string_view directory) -> std::optional<std::vector<std::string>> {
        if (!directory.empty() && directory != "m") return std::nullopt;
        return std::vector<std::string>{name, "terraform.tfvars"};
      },
      .read = [&](std::string_view) { return &file; }};
  Arena arena;
  OriginTable origins;
  terraform::Library library(files, limits);
  const terraform::Deployed deployed = terraform::Deploy({}, library, arena, origins);
  for (const Diagnostic& diagnostic : deployed.diagnostics) {
    const bool nowhere = diagnostic.range.IsNone();
    Require(nowhere || file.WholeRange().Contains(diagnostic.range));
  }
  for (const terraform::Instance& instance : deployed.instances) {
    Require(file.WholeRange().Contains(instance.range));
    static_cast<void>(ToJson(instance.body));
  }
  return 0;
}
