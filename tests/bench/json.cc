// Our tree beside that of nlohmann/json, in turns within one run, on a text like an admission
// review and one like an ARM template.

#include <benchmark/benchmark.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "json/parse.h"

namespace restorable::json {
namespace {

std::string Objects(int count) {
  std::string text = "{\"kind\": \"List\", \"items\": [";
  for (int i = 0; i < count; ++i) {
    if (i > 0) text += ",";
    text += R"(
  {
    "type": "Microsoft.Compute/disks",
    "apiVersion": "2023-04-02",
    "name": "[concat(parameters('prefix'), '-data-)" +
            std::to_string(i) + R"(')]",
    "location": "[resourceGroup().location]",
    "sku": {"name": "Premium_LRS", "tier": "Premium"},
    "tags": {"owner": "team \"storage\"", "cost": "12\u20ac"},
    "properties": {"diskSizeGB": 128, "burstingEnabled": false, "zones": [1, 2, 3], "ratio": 1.5,
      "creationData": {"createOption": "Empty", "sourceUri": null}}
  })";
  }
  return text + "]}";
}

template <typename Body>
double SecondsOf(Body body) {
  const auto begin = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void TreeBesideNlohmann(benchmark::State& state) {
  const SourceFile file(FileId{0}, "bench.json", Objects(static_cast<int>(state.range(0))));
  Arena arena;
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    theirs += SecondsOf([&] { benchmark::DoNotOptimize(nlohmann::json::parse(file.text())); });
    ours += SecondsOf([&] {
      arena.Reset();
      benchmark::DoNotOptimize(Parse(file, arena, Limits()));
    });
  }
  state.counters["nlohmann/ours"] = theirs / ours;
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * file.text().size()));
}
BENCHMARK(TreeBesideNlohmann)->Arg(10)->Arg(1000);

}  // namespace
}  // namespace restorable::json
