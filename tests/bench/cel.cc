// What a rule costs: to compile once, and to evaluate on one object.

#include <benchmark/benchmark.h>

#include <string_view>
#include <vector>

#include "base/arena.h"
#include "cel/activation.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "value/value.h"

namespace restorable::cel {
namespace {

constexpr std::string_view kRule =
    "object.provisioner == 'disk.csi.azure.com' && has(object.parameters) && "
    "object.parameters.exists(k, k.lowerAscii() in ['skuname'] && "
    "object.parameters[k].lowerAscii() in params.unsupported)";

struct Fixture {
  Fixture() {
    for (const Library& library : AllLibraries()) environment.AddLibrary(library);
    object = environment.AddVariable("object", {});
    params = environment.AddVariable("params", {});
  }

  [[nodiscard]] Value Map(const std::vector<MapEntry>& entries) {
    return Value::Map(arena, arena.Copy(std::span<const MapEntry>(entries)));
  }
  [[nodiscard]] Value Text(std::string_view text) const { return Value::String(text); }

  // A storage class as people write it.
  [[nodiscard]] Value StorageClass() {
    return Map({{Text("apiVersion"), Text("storage.k8s.io/v1")},
                {Text("kind"), Text("StorageClass")},
                {Text("metadata"), Map({{Text("name"), Text("fast")}})},
                {Text("provisioner"), Text("disk.csi.azure.com")},
                {Text("parameters"), Map({{Text("cachingMode"), Text("None")},
                                          {Text("skuName"), Text("UltraSSD_LRS")}})},
                {Text("reclaimPolicy"), Text("Delete")}});
  }
  [[nodiscard]] Value Params() {
    static const Value kUnsupported[] = {Value::String("premiumv2_lrs"),
                                         Value::String("ultrassd_lrs")};
    return Map({{Text("unsupported"), Value::List(kUnsupported)}});
  }

  Environment environment;
  Arena arena;
  SlotId object;
  SlotId params;
};

void MakeEnvironment(benchmark::State& state) {
  for (auto _ : state) {
    const Fixture fixture;
    benchmark::DoNotOptimize(&fixture.environment);
  }
}
BENCHMARK(MakeEnvironment);

void CompileRule(benchmark::State& state) {
  const Fixture fixture;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Compile(fixture.environment, kRule, Limits{}).program);
  }
}
BENCHMARK(CompileRule);

void Evaluate(benchmark::State& state, std::string_view text) {
  Fixture fixture;
  const CompileResult compiled = Compile(fixture.environment, text, Limits{});
  if (!compiled.program) return state.SkipWithError("the expression does not compile");
  Activation activation(fixture.environment);
  activation.Set(fixture.object, fixture.StorageClass());
  activation.Set(fixture.params, fixture.Params());
  Arena arena;
  std::uint64_t cost = 0;
  for (auto _ : state) {
    arena.Reset();
    Budget budget{.limit = 1'000'000};
    const Value value = compiled.program->Evaluate(activation, arena, budget);
    if (value.IsError()) return state.SkipWithError("the evaluation failed");
    benchmark::DoNotOptimize(value);
    cost = budget.used;
  }
  state.counters["cost"] = static_cast<double>(cost);
}
BENCHMARK_CAPTURE(Evaluate, rule, kRule);
BENCHMARK_CAPTURE(Evaluate, guard, "object.provisioner == 'file.csi.azure.com' && has(object.x)");
BENCHMARK_CAPTURE(Evaluate, pattern,
                  "object.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')");
BENCHMARK_CAPTURE(Evaluate, quantity, "quantity('500Mi').isLessThan(quantity('1Gi'))");
BENCHMARK_CAPTURE(Evaluate, message,
                  "'StorageClass ' + object.metadata.name + ' has ' + object.parameters.skuName");

}  // namespace
}  // namespace restorable::cel
