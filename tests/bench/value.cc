// What a node costs: bytes of arena and nanoseconds to make, to find and to read.

#include "value/value.h"

#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <vector>

#include "base/arena.h"

namespace restorable {
namespace {

std::vector<std::string> Names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("storageClassName" + std::to_string(i));
  return names;
}

void MakeMap(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::vector<std::string> names = Names(count);
  std::vector<MapEntry> scratch;
  Arena arena;
  std::size_t bytes = 0;
  for (auto _ : state) {
    arena.Reset();
    scratch.clear();
    for (const std::string& name : names) {
      scratch.push_back({Value::String(name).At({FileId{0}, 1, 2}), Value::Int(1)});
    }
    benchmark::DoNotOptimize(Value::Map(arena, arena.Copy(std::span<const MapEntry>(scratch))));
    bytes = sizeof(MapEntry) * count;
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["bytes_per_entry"] = static_cast<double>(bytes) / static_cast<double>(count);
}
BENCHMARK(MakeMap)->Arg(4)->Arg(8)->Arg(64);

void FindKey(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::vector<std::string> names = Names(count);
  std::vector<MapEntry> entries;
  for (const std::string& name : names) entries.push_back({Value::String(name), Value::Int(1)});
  Arena arena;
  const Value map = Value::Map(arena, entries);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(map.Find(names[i]));
    i = i + 1 == count ? 0 : i + 1;
  }
}
BENCHMARK(FindKey)->Arg(4)->Arg(8)->Arg(64)->Arg(4096);

void MergeUnknowns(benchmark::State& state) {
  Arena arena;
  const Value a = Value::Unknown(arena, {UnknownReason::kNoDefault, "var.a", {}});
  const Value b = Value::Unknown(arena, {UnknownReason::kNoDefault, "var.b", {}});
  Arena scratch;
  for (auto _ : state) {
    scratch.Reset();
    benchmark::DoNotOptimize(Value::Unknown(scratch, a, b));
  }
}
BENCHMARK(MergeUnknowns);

}  // namespace
}  // namespace restorable
