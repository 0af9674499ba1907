// Bytes as a file of rules: nothing crashes, what is wrong is reported within the file, and the
// rules that load judge objects.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "base/source.h"
#include "kubernetes/read.h"
#include "policy/rule_set.h"
#include "policy/session.h"
#include "resource/deployment.h"
#include "yaml/parse.h"

namespace {

using namespace restorable;

constexpr std::string_view kObjects = R"(
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast, labels: {velero.io/x: y}}
provisioner: disk.csi.azure.com
parameters: {skuName: UltraSSD_LRS}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 3
  template: {spec: {containers: [{name: a, image: b}], volumes: []}}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {storageClassName: fast, resources: {requests: {storage: 8Gi}}}
---
apiVersion: example.com/v1
kind: Thing
metadata: {name: t}
spec: {class: fast, m: 1, items: [1, a, null, {b: c}]}
)";

void Require(bool condition) {
  if (!condition) std::abort();
}

Limits SmallLimits() {
  Limits limits;
  limits.nesting = 30;
  limits.flow_nesting = 20;
  limits.alias_nodes = 1000;
  limits.document_nodes = 10'000;
  limits.documents = 20;
  limits.cel_cost = 10'000;
  limits.rule_cost = 100'000;
  return limits;
}

void RequireWithin(const policy::RuleSet& rules, const Diagnostic& diagnostic) {
  const SourceFile* const file = rules.Source(diagnostic.range.file);
  if (file != nullptr) Require(file->WholeRange().Contains(diagnostic.range));
  static_cast<void>(Message(diagnostic));
}

void Judge(const policy::RuleSet& rules, const Limits& limits) {
  const SourceFile file(FileId{0}, "objects.yaml", std::string(kObjects));
  const PathOf path_of = [&](FileId) -> std::string_view { return file.path(); };
  Arena arena;
  OriginTable origins;
  const yaml::Stream stream = yaml::Parse(file, arena, origins, limits, {});
  policy::Session session(
      {.rules = &rules, .origins = &origins, .path_of = path_of, .limits = limits});
  Deployment deployment(path_of);
  for (const yaml::Document& document : stream.documents) {
    for (const Resource& resource : kubernetes::Read(document, arena).resources) {
      if (session.EvaluateLocal(resource)) deployment.Add(resource);
    }
  }
  deployment.Seal();
  for (const Resource& resource : deployment.resources()) {
    session.EvaluateDeployment(resource, deployment);
  }
  for (const policy::Finding& finding : session.TakeFindings()) Require(finding.rule != nullptr);
  for (const Diagnostic& diagnostic : session.TakeDiagnostics()) {
    static_cast<void>(Message(diagnostic));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Result<std::string> text = DecodeText(std::string(data, data + size));
  if (!text) return 0;
  policy::RuleSet::Options options;
  options.built_in = false;
  options.limits = SmallLimits();
  options.texts = {{"fuzz.yaml", std::move(*text)}};
  const policy::RuleSet::LoadResult loaded = policy::RuleSet::Load(options);
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    RequireWithin(*loaded.rules, diagnostic);
  }
  Judge(*loaded.rules, options.limits);
  return 0;
}
