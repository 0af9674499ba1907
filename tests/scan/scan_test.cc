#include "scan/scan.h"

#include <algorithm>
#include <cstdio>

#include "diagnostic_ids.h"
#include "policy/rule_set.h"
#include "temporary_tree.h"

namespace restorable::scan {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr std::string_view kUltraClass =
    "apiVersion: storage.k8s.io/v1\n"
    "kind: StorageClass\n"
    "metadata: {name: fast}\n"
    "provisioner: disk.csi.azure.com\n"
    "parameters: {skuName: UltraSSD_LRS}\n";

constexpr std::string_view kClaim =
    "apiVersion: v1\n"
    "kind: PersistentVolumeClaim\n"
    "metadata: {name: data, namespace: shop}\n"
    "spec: {storageClassName: fast}\n";

const policy::RuleSet& BuiltInRules() {
  static const policy::RuleSet::LoadResult loaded = policy::RuleSet::Load({});
  return *loaded.rules;
}

class ScanTest : public testing::Test {
 protected:
  Report Run(std::initializer_list<std::string_view> names = {""}) {
    options_.paths.clear();
    for (const std::string_view name : names) options_.paths.push_back(tree_.path(name));
    return Scan(options_, BuiltInRules());
  }

  // "AKB101 claim.yaml:4 violated", the path without the tree's own.
  std::vector<std::string> Findings(const Report& report) {
    std::vector<std::string> lines;
    for (const policy::Finding& finding : report.findings) {
      const SourceFile* const file = report.Find(finding.range.file);
      std::string line = finding.rule->id + " ";
      line += file->path().substr(tree_.path().size() + 1) + ":";
      line += std::to_string(file->PositionAt(finding.range.begin).line) + " ";
      line += Name(finding.verdict);
      if (finding.suppressed) line += " suppressed";
      lines.push_back(line);
    }
    return lines;
  }

  TemporaryTree tree_;
  Options options_;
};

TEST_F(ScanTest, SeesAClassInAnotherFile) {
  tree_.Write("class.yaml", kUltraClass);
  tree_.Write("claim.yaml", kClaim);
  const Report report = Run();
  EXPECT_THAT(Findings(report),
              ElementsAre("AKB101 claim.yaml:4 violated", "AKB101 class.yaml:5 violated"));
  EXPECT_EQ(report.summary.files, 2U);
  EXPECT_EQ(report.summary.documents, 2U);
  EXPECT_EQ(report.summary.resources, 2U);
  EXPECT_EQ(report.summary.violations, 2U);
}

TEST_F(ScanTest, ReportsOnTheFileItIsGivenAndReadsTheRestForIt) {
  tree_.Write(".restorable.yaml", "");
  tree_.Write("storage/class.yaml", kUltraClass);
  tree_.Write("apps/claim.yaml", kClaim);
  const Report report = Run({"apps/claim.yaml"});
  EXPECT_THAT(Findings(report), ElementsAre("AKB101 apps/claim.yaml:4 violated"));
  EXPECT_EQ(report.summary.files, 1U);
}

TEST_F(ScanTest, LeavesAClassThatIsNowhereUndetermined) {
  tree_.Write("claim.yaml", kClaim);
  const Report report = Run();
  ASSERT_FALSE(report.findings.empty());
  for (const policy::Finding& finding : report.findings) {
    EXPECT_EQ(finding.verdict, policy::Verdict::kUndetermined);
    EXPECT_THAT(finding.waiting_for, Contains(testing::HasSubstr("StorageClass fast")));
  }
  EXPECT_EQ(report.summary.violations, 0U);
}

TEST_F(ScanTest, KeepsChartsApart) {
  tree_.Write("one/Chart.yaml", "apiVersion: v2\nname: one\n");
  tree_.Write("one/templates/class.yaml", kUltraClass);
  tree_.Write("two/Chart.yaml", "apiVersion: v2\nname: two\n");
  tree_.Write("two/templates/claim.yaml", kClaim);
  EXPECT_THAT(Findings(Run()), Contains("AKB101 two/templates/claim.yaml:4 undetermined"));
}

// What a patch leaves out stands in the object that it is for.
TEST_F(ScanTest, TakesPatchesOfKustomizeForWhatTheyAre) {
  tree_.Write("base/claim.yaml", kClaim);
  tree_.Write("base/class.yaml",
              "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\n"
              "provisioner: disk.csi.azure.com\n");
  tree_.Write("base/kustomization.yaml", "resources: [claim.yaml, class.yaml]\n");
  tree_.Write("prod/ultra.yaml", kUltraClass);
  tree_.Write("prod/more.yaml", kUltraClass);
  tree_.Write(
      "prod/kustomization.yaml",
      "resources: [../base]\npatches:\n  - path: ultra.yaml\n  - patch: |\n      - {op: test}\n"
      "patchesStrategicMerge: [more.yaml]\n");
  EXPECT_THAT(Findings(Run()), ElementsAre("AKB101 prod/more.yaml:5 undetermined",
                                           "AKB101 prod/ultra.yaml:5 undetermined"));
}

TEST_F(ScanTest, GoesOnAfterABrokenDocument) {
  std::string text(kUltraClass);
  text += "---\nbroken: [1, 2\n---\n";
  text += kClaim;
  tree_.Write("all.yaml", text);
  const Report report = Run();
  EXPECT_THAT(Findings(report),
              ElementsAre("AKB101 all.yaml:5 violated", "AKB101 all.yaml:12 violated"));
  ASSERT_EQ(report.diagnostics.size(), 1U);
  EXPECT_EQ(report.Find(report.diagnostics[0].range.file)->path(), tree_.path("all.yaml"));
  EXPECT_EQ(report.summary.documents, 3U);
  EXPECT_EQ(report.summary.errors, 1U);
}

TEST_F(ScanTest, ReadsManifestsInJson) {
  tree_.Write("class.json",
              R"({"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass",
                  "metadata": {"name": "fast"}, "provisioner": "disk.csi.azure.com",
                  "parameters": {"skuName": "UltraSSD_LRS"}})");
  EXPECT_THAT(Findings(Run()), ElementsAre("AKB101 class.json:3 violated"));
}

TEST_F(ScanTest, CountsWhatIsNoKubernetes) {
  tree_.Write("package.json", R"({"name": "x", "version": "1.0.0"})");
  tree_.Write("ci.yaml", "steps: [build]\n");
  tree_.Write("empty.yaml", "# nothing\n");
  const Report report = Run();
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(Ids(report.diagnostics), IsEmpty());
  EXPECT_EQ(report.summary.files, 3U);
  EXPECT_THAT(report.summary.skipped_documents,
              UnorderedElementsAre(Pair("not a Kubernetes object", 2U)));
  EXPECT_EQ(report.skipped.size(), 3U);
}

TEST_F(ScanTest, HonoursAComment) {
  std::string text(kUltraClass);
  text.insert(text.size() - 1, "  # restorable:ignore AKB101 -- measured and accepted");
  tree_.Write("class.yaml", text);
  const Report report = Run();
  EXPECT_THAT(Findings(report), ElementsAre("AKB101 class.yaml:5 violated suppressed"));
  EXPECT_EQ(report.summary.suppressed, 1U);
  EXPECT_EQ(report.summary.violations, 0U);
}

TEST_F(ScanTest, SaysTheSameWhateverTheNumberOfThreads) {
  for (int i = 0; i < 40; ++i) {
    const std::string name = "team" + std::to_string(i);
    tree_.Write(name + "/class.yaml", kUltraClass);
    tree_.Write(name + "/claim.yaml", kClaim);
  }
  options_.threads = 1;
  const Report alone = Run();
  EXPECT_EQ(alone.findings.size(), 80U);
  for (const std::size_t threads : {2U, 3U, 8U}) {
    options_.threads = threads;
    const Report together = Run();
    EXPECT_EQ(Findings(together), Findings(alone));
    for (std::size_t i = 0; i < alone.findings.size(); ++i) {
      EXPECT_EQ(together.findings[i].fingerprint, alone.findings[i].fingerprint);
      EXPECT_EQ(together.findings[i].message, alone.findings[i].message);
    }
  }
}

TEST_F(ScanTest, SaysWhatItCouldNotFindAndChecksTheRest) {
  tree_.Write("class.yaml", kUltraClass);
  const Report report = Run({"class.yaml", "missing.yaml"});
  EXPECT_THAT(Findings(report), ElementsAre("AKB101 class.yaml:5 violated"));
  EXPECT_THAT(Ids(report.diagnostics), ElementsAre("scan-not-found"));
}

TEST_F(ScanTest, RefusesALargeFileAndChecksTheRest) {
  options_.limits.file_bytes = 1000;
  tree_.Write("class.yaml", kUltraClass);
  tree_.Write("large.yaml", std::string(2000, '#'));
  const Report report = Run();
  EXPECT_THAT(Findings(report), ElementsAre("AKB101 class.yaml:5 violated"));
  EXPECT_THAT(Ids(report.diagnostics), ElementsAre("scan-file-too-large"));
}

TEST_F(ScanTest, LowersClustersThatAreDescribedInTheCluster) {
  tree_.Write("cluster.yaml",
              "apiVersion: containerservice.azure.com/v1api20240901\n"
              "kind: ManagedCluster\n"
              "metadata: {name: prod}\n"
              "spec:\n"
              "  location: westeurope\n"
              "  identity: {type: SystemAssigned}\n"
              "  networkProfile:\n"
              "    outboundType: none\n");
  EXPECT_THAT(Findings(Run()), Contains("AKB202 cluster.yaml:8 violated"));
}

}  // namespace
}  // namespace restorable::scan
