// What a tree costs beside the events it is made of. Both read the same text in turns within one
// run: only their ratio says something on a machine that does other things as well.

#include <benchmark/benchmark.h>
#include <yaml.h>

#include <chrono>
#include <string>

#include "yaml/parse.h"
#include "yaml/split.h"

namespace restorable::yaml {
namespace {

// Deployments like those in the wild, one document each; `name` may be beyond ASCII.
std::string Manifests(int count, std::string_view name) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const std::string id = std::string(name) + "-" + std::to_string(i);
    text +=
        "---\n# " + id + "\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: " + id +
        "\n  namespace: shop\n  labels:\n    app.kubernetes.io/name: " + id +
        "\n    app.kubernetes.io/part-of: \"shop\"\nspec:\n  replicas: 3\n  serviceName: " + id +
        "\n  selector:\n    matchLabels: {app.kubernetes.io/name: " + id +
        "}\n  template:\n    spec:\n      containers:\n        - name: main\n"
        "          image: registry.example/shop/main:1.25.3\n          args:\n"
        "            - --listen=:8080\n            - '--log-level=info'\n"
        "          ports:\n            - containerPort: 8080\n              name: http\n"
        "          resources:\n            requests: {cpu: 100m, memory: 128Mi}\n"
        "            limits: {cpu: \"1\", memory: 1Gi}\n          volumeMounts:\n"
        "            - mountPath: /var/lib/data\n              name: data\n"
        "          command:\n            - sh\n            - -c\n            - |\n"
        "              set -e\n              exec /bin/server --data /var/lib/data\n"
        "  volumeClaimTemplates:\n    - metadata:\n        name: data\n      spec:\n"
        "        accessModes: [ReadWriteOnce]\n        storageClassName: managed-csi-premium\n"
        "        resources:\n          requests:\n            storage: 10Gi\n";
  }
  return text;
}

std::size_t CountEvents(const std::string& text) {
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  std::size_t count = 0;
  bool more = true;
  while (more) {
    yaml_event_t event;
    more = yaml_parser_parse(&parser, &event) != 0 && event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    ++count;
  }
  yaml_parser_delete(&parser);
  return count;
}

template <typename Body>
double SecondsOf(Body body) {
  const auto begin = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void TreeBesideEvents(benchmark::State& state, int count, std::string_view name) {
  const SourceFile file(FileId{0}, "bench.yaml", Manifests(count, name));
  const std::string text(file.text());
  Arena arena;
  double tree = 0;
  double events = 0;
  for (auto _ : state) {
    events += SecondsOf([&] { benchmark::DoNotOptimize(CountEvents(text)); });
    tree += SecondsOf([&] {
      arena.Reset();
      OriginTable origins;
      benchmark::DoNotOptimize(Parse(file, arena, origins, Limits()));
    });
  }
  state.counters["tree/events"] = tree / events;
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK_CAPTURE(TreeBesideEvents, one_document, 1, "server");
BENCHMARK_CAPTURE(TreeBesideEvents, many_documents, 200, "server");
BENCHMARK_CAPTURE(TreeBesideEvents, beyond_ascii, 200, "größe");

void SplitBesideEvents(benchmark::State& state) {
  const SourceFile file(FileId{0}, "bench.yaml", Manifests(200, "server"));
  const std::string text(file.text());
  double split = 0;
  double events = 0;
  for (auto _ : state) {
    events += SecondsOf([&] { benchmark::DoNotOptimize(CountEvents(text)); });
    split += SecondsOf([&] {
      std::vector<Diagnostic> diagnostics;
      benchmark::DoNotOptimize(Split(file, Limits().documents, diagnostics));
    });
  }
  state.counters["split/events"] = split / events;
}
BENCHMARK(SplitBesideEvents);

}  // namespace
}  // namespace restorable::yaml
