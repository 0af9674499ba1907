// What all built-in rules cost: to load, and on one object, with and without the deployment around
// it.

#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/source.h"
#include "kubernetes/read.h"
#include "policy/rule_set.h"
#include "policy/session.h"
#include "resource/deployment.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable {
namespace {

struct Example {
  std::string_view name;
  std::string_view text;
};

constexpr Example kExamples[] = {
    {"StatefulSet", R"(apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: orders-db
  namespace: shop
  labels: {app.kubernetes.io/name: orders-db, app.kubernetes.io/component: database}
spec:
  serviceName: orders-db
  replicas: 2
  selector:
    matchLabels: {app.kubernetes.io/name: orders-db}
  template:
    metadata:
      labels: {app.kubernetes.io/name: orders-db}
    spec:
      containers:
        - name: postgres
          image: postgres:17
          volumeMounts:
            - {name: data, mountPath: /var/lib/postgresql/data}
            - {name: archive, mountPath: /archive}
      volumes:
        - {name: tmp, emptyDir: {}}
        - {name: config, configMap: {name: orders-db}}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: fast
        resources: {requests: {storage: 256Gi}}
    - metadata: {name: archive}
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: managed-csi
        resources: {requests: {storage: 512Gi}}
)"},
    {"Deployment", R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: {app.kubernetes.io/name: web}
spec:
  replicas: 3
  selector:
    matchLabels: {app.kubernetes.io/name: web}
  template:
    metadata:
      labels: {app.kubernetes.io/name: web}
    spec:
      containers:
        - name: web
          image: registry.example/web:3.1.4
          ports: [{containerPort: 8080}]
          env:
            - {name: LOG_LEVEL, value: info}
            - {name: DB_HOST, value: orders-db}
      volumes:
        - {name: tmp, emptyDir: {}}
        - {name: uploads, persistentVolumeClaim: {claimName: uploads}}
)"},
    {"PersistentVolumeClaim", R"(apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: managed-csi-premium
  resources: {requests: {storage: 100Gi}}
)"},
    {"StorageClass", R"(apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: disk.csi.azure.com
parameters:
  skuName: Premium_LRS
reclaimPolicy: Retain
volumeBindingMode: WaitForFirstConsumer
)"},
    {"ConfigMap", R"(apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
data:
  LOG_FORMAT: json
  REGION: westeurope
)"},
};

const policy::RuleSet& Rules() {
  static const policy::RuleSet::LoadResult result = policy::RuleSet::Load({.compile_all = true});
  return *result.rules;
}

// The examples, read as if they were files of one directory.
class World {
 public:
  World() : session_(Context()), deployment_(path_of_) {
    for (const Example& example : kExamples) {
      const FileId id{static_cast<std::uint32_t>(files_.size())};
      files_.push_back(std::make_unique<SourceFile>(id, std::string(example.name) + ".yaml",
                                                    std::string(example.text)));
      const yaml::Stream stream =
          yaml::Parse(*files_.back(), arena_, origins_, {}, {.drop_null_entries = true});
      resources_.push_back(kubernetes::Read(stream.documents[0].root, {}, arena_).resources[0]);
      deployment_.Add(resources_.back());
    }
    deployment_.Seal();
  }

  [[nodiscard]] const Resource& resource(std::size_t i) const { return resources_[i]; }
  [[nodiscard]] const Deployment& deployment() const { return deployment_; }
  [[nodiscard]] policy::Session& session() { return session_; }

  void Forget() {
    benchmark::DoNotOptimize(session_.TakeFindings());
    benchmark::DoNotOptimize(session_.TakeDiagnostics());
  }

 private:
  [[nodiscard]] policy::Session::Context Context() const {
    return {.rules = &Rules(), .origins = &origins_, .path_of = path_of_, .limits = {}};
  }

  PathOf path_of_ = [this](FileId id) -> std::string_view {
    return files_[static_cast<std::size_t>(id)]->path();
  };
  Arena arena_;
  OriginTable origins_;
  std::vector<std::unique_ptr<SourceFile>> files_;
  policy::Session session_;
  std::vector<Resource> resources_;
  Deployment deployment_;
};

void ForEachExample(benchmark::internal::Benchmark* benchmark) {
  for (std::size_t i = 0; i < std::size(kExamples); ++i) {
    benchmark->Arg(static_cast<std::int64_t>(i));
  }
}

void AllRulesOnOneObject(benchmark::State& state) {
  World world;
  const auto example = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    if (world.session().EvaluateLocal(world.resource(example))) {
      world.session().EvaluateDeployment(world.resource(example), world.deployment());
    }
    world.Forget();
  }
  state.SetLabel(std::string(kExamples[example].name));
}
BENCHMARK(AllRulesOnOneObject)->Apply(ForEachExample);

void ReviewOneObject(benchmark::State& state) {
  World world;
  const auto example = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    world.session().EvaluateReview(world.resource(example), {},
                                   std::chrono::steady_clock::time_point::max());
    world.Forget();
  }
  state.SetLabel(std::string(kExamples[example].name));
}
BENCHMARK(ReviewOneObject)->Apply(ForEachExample);

// `compile_all` is what a long-running process does; a scan compiles what it comes across.
void LoadRules(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(policy::RuleSet::Load({.compile_all = state.range(0) != 0}));
  }
}
BENCHMARK(LoadRules)->ArgName("compile_all")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace restorable
