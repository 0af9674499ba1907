// Bytes as the JSON of a plan: nothing crashes, and every range of what is read lies in it.

#include "terraform/plan.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/source.h"
#include "json/parse.h"
#include "value/json.h"

namespace {

using namespace restorable;

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Limits limits;
  limits.nesting = 40;
  limits.document_nodes = 5'000;
  const SourceFile file(FileId{0}, "plan.json", std::string(data, data + size));
  Arena arena;
  const json::ParseResult parsed = json::Parse(file, arena, limits);
  if (!parsed.ok) return 0;
  const terraform::Deployed deployed = terraform::ReadPlan(parsed.root, arena, limits);
  for (const Diagnostic& diagnostic : deployed.diagnostics) {
    Require(file.WholeRange().Contains(diagnostic.range));
  }
  for (const terraform::Instance& instance : deployed.instances) {
    Require(file.WholeRange().Contains(instance.range));
    Require(file.WholeRange().Contains(instance.name_range));
    static_cast<void>(ToJson(instance.body));
    if (instance.before) static_cast<void>(ToJson(*instance.before));
  }
  return 0;
}
