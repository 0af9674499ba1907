#include "sample_report.h"

#include <utility>

namespace restorable::report {
namespace {

constexpr DiagnosticKind kBroken{"yaml-syntax", Severity::kError, "cannot read this document: {0}"};
constexpr DiagnosticKind kNowhere{"scan-not-found", Severity::kError, "cannot find `{0}`: {1}"};
constexpr DiagnosticKind kUnused{"policy-unused-suppression", Severity::kWarning,
                                 "nothing here violates `{0}`"};

constexpr std::string_view kClaim =
    R"(apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  namespace: shop
spec:
  storageClassName: database
)";

constexpr std::string_view kClass =
    R"(apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: database}
x-sku: &sku UltraSSD_LRS
provisioner: disk.csi.azure.com
parameters:
  skuName: *sku
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: größe}  # restorable:ignore AKB101 -- scratch space only until=2026-12-31
provisioner: disk.csi.azure.com
parameters: {skuName: PremiumV2_LRS}
)";

constexpr std::string_view kBrokenText = "kind: [Pod\nmetadata: {name: a}\n";

}  // namespace

FileId SampleReport::AddFile(std::string path, std::string text) {
  const auto id = static_cast<FileId>(report.sources.size());
  report.sources[id] = std::make_unique<SourceFile>(id, std::move(path), std::move(text));
  return id;
}

Range SampleReport::RangeOf(FileId file, std::string_view text) const {
  const std::size_t begin = report.Find(file)->text().find(text);
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + text.size())};
}

policy::Finding& SampleReport::AddFinding(const policy::Rule& rule, std::string message,
                                          Range range) {
  policy::Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.message = std::move(message);
  finding.resource_type = "storage.k8s.io/v1/StorageClass";
  finding.resource_address = "StorageClass/database";
  finding.range = range;
  finding.fingerprint = rule.id + "-" + std::to_string(report.findings.size());
  return report.findings.emplace_back(std::move(finding));
}

const policy::Rule& SampleReport::AddRule(std::string id, std::string name, Severity severity) {
  policy::Rule& rule = *rules.emplace_back(std::make_unique<policy::Rule>());
  rule.id = std::move(id);
  rule.name = std::move(name);
  rule.severity = severity;
  rule.title = "Disk SKU that Azure Backup for AKS cannot protect";
  rule.category = "storage";
  rule.docs = "https://learn.microsoft.com/azure/backup/aks-support-matrix";
  rule.description = "Volumes on these disks are skipped: their data is in no recovery point.";
  rule.remediation =
      "Use Premium_LRS, StandardSSD_LRS or Standard_LRS. The SKU of a class cannot be changed in "
      "place: create a new class and move the data.";
  return rule;
}

View SampleView() {
  View view{.undetermined = true, .suppressed = true, .verbose = true};
  view.roots = {.working_directory = "/src/shop/infra", .repository = "/src/shop"};
  return view;
}

SampleReport EverydayReport() {
  SampleReport sample;
  const FileId broken = sample.AddFile("broken.yaml", std::string(kBrokenText));
  const FileId claim = sample.AddFile("claims/the data.yaml", std::string(kClaim));
  const FileId classes = sample.AddFile("classes.yaml", std::string(kClass));
  const auto& sku = sample.AddRule("AKB101", "unsupported-disk-sku", Severity::kError);
  const auto& wait = sample.AddRule("AKB102", "late-binding", Severity::kWarning);

  auto& open =
      sample.AddFinding(wait, "the class of `data` binds late", sample.RangeOf(claim, "database"));
  open.verdict = policy::Verdict::kUndetermined;
  open.waiting_for = {"StorageClass database", "var.mode"};
  open.resource_type = "v1/PersistentVolumeClaim";
  open.resource_address = "PersistentVolumeClaim/shop/data";

  auto& alias = sample.AddFinding(sku, "StorageClass database provisions UltraSSD_LRS disks",
                                  sample.RangeOf(classes, "UltraSSD_LRS"));
  alias.origin = {{sample.RangeOf(classes, "*sku"), "used here"},
                  {sample.RangeOf(claim, "database"), "PersistentVolumeClaim data uses the class"},
                  {{}, "built into AKS"}};
  alias.environments = {"dev", "prod"};

  auto& silent = sample.AddFinding(sku, "StorageClass größe provisions PremiumV2_LRS disks",
                                   sample.RangeOf(classes, "PremiumV2_LRS"));
  silent.suppressed = {.reason = "scratch space only",
                       .until = "2026-12-31",
                       .range = sample.RangeOf(classes, "# restorable:ignore")};
  auto& warning = sample.AddFinding(wait, "the whole class is about to go",
                                    sample.RangeOf(classes, kClass.substr(0, 180)));
  warning.severity = Severity::kInfo;

  scan::Report& report = sample.report;
  report.diagnostics.push_back({.kind = &kBroken,
                                .range = sample.RangeOf(broken, "metadata"),
                                .args = {"expected `,` or `]`"},
                                .notes = {{sample.RangeOf(broken, "["), "opened here"}}});
  report.diagnostics.push_back({.kind = &kNowhere, .args = {"gone.yaml", "no such file"}});
  report.diagnostics.push_back(
      {.kind = &kUnused, .range = sample.RangeOf(classes, "AKB101"), .args = {"AKB101"}});
  report.skipped = {{"chart/values.yaml", "values of a Helm chart"},
                    {"classes.yaml", "not a Kubernetes object"}};
  report.summary = {.files = 3,
                    .documents = 5,
                    .resources = 3,
                    .violations = 2,
                    .undetermined = 1,
                    .suppressed = 1,
                    .errors = 2,
                    .skipped_documents = {{"not a Kubernetes object", 1}}};
  return sample;
}

SampleReport HostileReport() {
  // An escape sequence, a new line that begins with a command of a CI system, text that runs
  // backwards, a link, a table cell, an end of whatever encloses it, bytes that are no text.
  const std::string hostile =
      "\x1b[2J\x1b[31mfine\r\n::error file=x::forged\n##vso[task.complete "
      "result=Succeeded;]##[error]\n ::warning::x "
      "\xE2\x80\xAE"
      "desrever\xE2\x80\xAC | [all good](https://evil.example) @owner #12 "
      "`</failure>]]>\" ' &amp; <b> %0A%AZP25 {0} \xC2\x9B"
      "1m \xFF www.evil.example";
  SampleReport sample;
  const FileId file = sample.AddFile("::warning::a\n,c:d;e]%20/\xE2\x80\xAE\xFF \"<x>.yaml",
                                     "kind:\t\x1b[31m"
                                     "\xE2\x80\xAE"
                                     "Pod  \xFF # 世界 tail\nb: c\n");
  const auto& rule = sample.AddRule("X1", "hostile", Severity::kError);
  policy::Finding& finding = sample.AddFinding(rule, hostile, sample.RangeOf(file, "# 世界"));
  finding.resource_address = hostile;
  finding.origin = {{sample.RangeOf(file, "b"), hostile}};
  finding.waiting_for = {hostile};
  finding.environments = {hostile};
  policy::Finding& silent = sample.AddFinding(rule, hostile, sample.RangeOf(file, "Pod"));
  silent.suppressed = {.reason = hostile, .until = hostile};
  sample.report.diagnostics.push_back(
      {.kind = &kNowhere, .range = sample.RangeOf(file, "kind"), .args = {hostile, hostile}});
  sample.report.skipped = {{hostile, hostile}};
  sample.report.summary = {
      .files = 1, .documents = 1, .resources = 1, .violations = 1, .suppressed = 1, .errors = 1};
  return sample;
}

}  // namespace restorable::report
