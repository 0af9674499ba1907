#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "program.h"
#include "scan/temporary_tree.h"

namespace restorable::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kUltra =
    "apiVersion: storage.k8s.io/v1\n"
    "kind: StorageClass\n"
    "metadata: {name: ultra}\n"
    "provisioner: disk.csi.azure.com\n"
    "parameters: {skuName: UltraSSD_LRS}\n"
    "reclaimPolicy: Retain\n";
constexpr std::string_view kFine =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fine, namespace: shop}\n";
constexpr std::string_view kUnknownClass =
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: shop}\n"
    "spec:\n  storageClassName: elsewhere\n  accessModes: [ReadWriteOnce]\n"
    "  resources: {requests: {storage: 1Gi}}\n";

class Scan : public testing::Test {
 protected:
  ProgramRun Run(std::vector<std::string> arguments, std::string standard_input = "") const {
    arguments.insert(arguments.begin(), "scan");
    return RunProgram(ProgramInput{.arguments = std::move(arguments),
                                   .standard_input = std::move(standard_input),
                                   .directory = tree_.path()});
  }

  std::string Read(const std::string& name) const {
    std::ifstream in(tree_.path(name), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }

  scan::TemporaryTree tree_;
};

TEST_F(Scan, ExitsWithZeroWhenNothingIsFound) {
  tree_.Write("a.yaml", kFine);
  const ProgramRun run = Run({});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_EQ(run.output, "1 file, 1 document, 1 resource: 0 violations, 0 undetermined\n");
  EXPECT_THAT(run.errors, IsEmpty());
}

TEST_F(Scan, ExitsWithOneForFindings) {
  tree_.Write("ultra.yaml", kUltra);
  const ProgramRun run = Run({});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.output, StartsWith("ultra.yaml:5:23: error: "));
  EXPECT_THAT(run.output, HasSubstr("[AKB101]\n   5 | parameters: {skuName: UltraSSD_LRS}\n"));
  EXPECT_THAT(run.errors, IsEmpty());
}

TEST_F(Scan, ExitsWithTwoForUnreadableInputAndStillPrintsFindings) {
  tree_.Write("ultra.yaml", std::string(kUltra) + "---\nkind: [\n");
  const ProgramRun run = Run({"."});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.output, HasSubstr("[AKB101]"));
  EXPECT_THAT(run.output, HasSubstr("1 input error"));
}

TEST_F(Scan, ExitsWithTwoForAPathThatIsNotThere) {
  const ProgramRun run = Run({"gone.yaml"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.output, HasSubstr("cannot find `gone.yaml`"));
}

TEST_F(Scan, FailsOnWhatItIsToldTo) {
  tree_.Write("ultra.yaml", kUltra);
  EXPECT_EQ(Run({"--fail-on", "never"}).status, 0);
  EXPECT_EQ(Run({"--severity", "AKB101=warning"}).status, 0);
  EXPECT_EQ(Run({"--severity", "AKB101=warning", "--fail-on", "warning"}).status, 1);
  EXPECT_EQ(Run({"--disable", "AKB101", "--fail-on", "info"}).status, 0);
}

TEST_F(Scan, CountsUndeterminedAndShowsItWhenAsked) {
  tree_.Write("claim.yaml", kUnknownClass);
  const ProgramRun quiet = Run({});
  EXPECT_EQ(quiet.status, 0);
  EXPECT_THAT(quiet.output, Not(HasSubstr("undetermined:")));
  EXPECT_THAT(quiet.output, Not(HasSubstr(" 0 undetermined")));
  EXPECT_THAT(Run({"--show-undetermined"}).output, HasSubstr("waiting for: "));
  // One unknown class, one entry: the other rules that it would settle are named.
  EXPECT_THAT(Run({"--show-undetermined"}).output, HasSubstr("also open: AKB104 "));
  const ProgramRun failing = Run({"--fail-on-undetermined"});
  EXPECT_EQ(failing.status, 1);
  EXPECT_THAT(failing.output, HasSubstr("waiting for: "));
}

TEST_F(Scan, ReadsStandardInput) {
  const ProgramRun run = Run({"-"}, std::string(kUltra));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.output, StartsWith("stdin:5:23: error: "));
  EXPECT_THAT(Run({"-", "--stdin-name", "rendered.yaml"}, std::string(kUltra)).output,
              StartsWith("rendered.yaml:5:23: error: "));
}

TEST_F(Scan, WritesSeveralReports) {
  tree_.Write("ultra.yaml", kUltra);
  const ProgramRun run =
      Run({"-f", "sarif:out.sarif", "-f", "json", "-o", "out.json", "-f", "text"});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.output, StartsWith("ultra.yaml:5:23: error: "));
  EXPECT_THAT(Read("out.sarif"), HasSubstr("\"version\": \"2.1.0\""));
  EXPECT_THAT(Read("out.json"), HasSubstr("\"tool\""));
}

TEST_F(Scan, OutputWithoutAFormatIsText) {
  tree_.Write("ultra.yaml", kUltra);
  EXPECT_THAT(Run({"-o", "out.txt"}).output, IsEmpty());
  EXPECT_THAT(Read("out.txt"), StartsWith("ultra.yaml:5:23: error: "));
}

TEST_F(Scan, ReplacesAFileAsAWhole) {
  tree_.Write("report", "old");
  chmod(tree_.path("report").c_str(), 0640);
  std::filesystem::create_symlink("report", tree_.path("link"));
  EXPECT_EQ(Run({"-f", "json:link", "."}).status, 0);
  EXPECT_THAT(Read("report"), StartsWith("{"));
  EXPECT_TRUE(std::filesystem::is_symlink(tree_.path("link")));
  struct stat status = {};
  stat(tree_.path("report").c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0640u);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(tree_.path()))
    files += entry.exists() ? 1 : 0;
  EXPECT_EQ(files, 2u) << "a temporary file is left";
}

TEST_F(Scan, WritesToWhatIsNoFile) { EXPECT_EQ(Run({"-f", "json:/dev/null"}).status, 0); }

TEST_F(Scan, ExitsWithTwoWhenAReportCannotBeWritten) {
  const ProgramRun run = Run({"-f", "json:no/such/directory/out.json"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.errors, HasSubstr("cannot write `no/such/directory/out.json`"));
}

TEST_F(Scan, ExitsWithTwoWhenTheDiskIsFull) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  const ProgramRun run = Run({"-f", "json:/dev/full"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.errors, HasSubstr("cannot write `/dev/full`"));
}

TEST_F(Scan, IsQuietWhenNobodyReadsOn) {
  tree_.Write("ultra.yaml", kUltra);
  const ProgramRun run = RunProgram(
      ProgramInput{.arguments = {"scan"}, .directory = tree_.path(), .closed_output = true});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.errors, IsEmpty());
}

TEST_F(Scan, IsColouredOnATerminalOnly) {
  tree_.Write("ultra.yaml", kUltra);
  const auto output = [&](std::vector<std::string> arguments, std::vector<std::string> environment,
                          bool on_terminal) {
    arguments.insert(arguments.begin(), "scan");
    return RunProgram(ProgramInput{.arguments = std::move(arguments),
                                   .environment = std::move(environment),
                                   .directory = tree_.path(),
                                   .on_terminal = on_terminal})
        .output;
  };
  const auto coloured = HasSubstr("\x1b[1;31merror:");
  EXPECT_THAT(output({}, {"TERM=xterm"}, true), coloured);
  EXPECT_THAT(output({}, {"TERM=xterm"}, false), Not(coloured));
  EXPECT_THAT(output({}, {"TERM=dumb"}, true), Not(coloured));
  EXPECT_THAT(output({}, {"TERM=xterm", "NO_COLOR=1"}, true), Not(coloured));
  EXPECT_THAT(output({"--color", "always"}, {"NO_COLOR=1"}, false), coloured);
  EXPECT_THAT(output({"--color", "never"}, {"TERM=xterm"}, true), Not(coloured));
}

TEST_F(Scan, FitsTheTerminal) {
  tree_.Write("ultra.yaml", kUltra);
  std::istringstream lines(RunProgram(ProgramInput{.arguments = {"scan", "--color=never"},
                                                   .directory = tree_.path(),
                                                   .on_terminal = true})
                               .output);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  help:") || line.starts_with("        ")) {
      EXPECT_LE(line.size(), 61u);
    }
  }
}

TEST_F(Scan, QuietPrintsFindingsAlone) {
  tree_.Write("a.yaml", kFine);
  EXPECT_THAT(Run({"--quiet"}).output, IsEmpty());
}

TEST_F(Scan, VerboseNamesWhatWasSkipped) {
  tree_.Write("compose.yaml", "services: {}\n");
  EXPECT_THAT(Run({"--verbose"}).output, HasSubstr("skipped "));
}

TEST_F(Scan, FindsTheConfigurationUpward) {
  tree_.Write(".restorable.yaml", "rules: {AKB101: {severity: warning}}\n");
  tree_.Write("deep/down/ultra.yaml", kUltra);
  EXPECT_EQ(Run({"deep/down"}).status, 0);
  EXPECT_EQ(Run({"deep/down", "--no-config"}).status, 1);
  EXPECT_EQ(Run({"deep/down", "--severity", "AKB101=error"}).status, 1);
}

TEST_F(Scan, DoesNotLookForAConfigurationAboveTheRepository) {
  tree_.Write(".restorable.yaml", "rules: {AKB101: {severity: warning}}\n");
  tree_.Write("repository/.git/HEAD", "");
  tree_.Write("repository/ultra.yaml", kUltra);
  EXPECT_EQ(Run({"repository"}).status, 1);
}

TEST_F(Scan, TakesTheConfigurationItIsGiven) {
  tree_.Write("strict.yaml", "rules: {AKB101: {enabled: false}}\n");
  tree_.Write("ultra.yaml", kUltra);
  EXPECT_EQ(Run({"ultra.yaml", "--config", "strict.yaml"}).status, 0);
  const ProgramRun run = Run({"--config", "gone.yaml"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.errors, HasSubstr("gone.yaml"));
}

TEST_F(Scan, StopsAtABrokenConfiguration) {
  tree_.Write(".restorable.yaml", "rulez: {}\n");
  tree_.Write("ultra.yaml", kUltra);
  const ProgramRun run = Run({});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.output, IsEmpty());
  EXPECT_THAT(run.errors, HasSubstr(".restorable.yaml:1:1: "));
}

TEST_F(Scan, SetsParametersOfRules) {
  tree_.Write("ultra.yaml", kUltra);
  EXPECT_EQ(Run({"--param", "AKB101.unsupported=[premiumv2_lrs]"}).status, 0);
  EXPECT_EQ(Run({"--param", "AKB101.unsupported=[ultrassd_lrs]"}).status, 1);
  const ProgramRun run = Run({"--param", "AKB101.unsupported=["});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.errors, HasSubstr("--param:1:"));
}

TEST_F(Scan, RefusesAFileAboveTheLimit) {
  tree_.Write("ultra.yaml", kUltra);
  const ProgramRun run = Run({"--max-file-size", "10"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.output, HasSubstr("--max-file-size"));
  EXPECT_EQ(Run({"--max-file-size", "1MiB"}).status, 1);
}

TEST_F(Scan, ComplainsAboutUnknownRules) {
  const ProgramRun run = Run({"--disable", "AKB999"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.errors, HasSubstr("AKB999"));
}

TEST_F(Scan, PrintsTheSameWhateverTheNumberOfThreads) {
  for (int i = 0; i < 40; ++i) {
    tree_.Write("d" + std::to_string(i % 7) + "/f" + std::to_string(i) + ".yaml", kUltra);
  }
  const std::string one = Run({"--threads", "1"}).output;
  EXPECT_EQ(Run({"--threads", "4"}).output, one);
  EXPECT_EQ(Run({"--threads", "0"}).output, one);
}

TEST_F(Scan, NamesFilesInSarifFromTheRootOfTheRepository) {
  tree_.Write(".git/HEAD", "");
  tree_.Write("infra/ultra.yaml", kUltra);
  const ProgramRun run = RunProgram(
      ProgramInput{.arguments = {"scan", "-f", "sarif"}, .directory = tree_.path("infra")});
  EXPECT_THAT(run.output, HasSubstr("\"uri\": \"infra/ultra.yaml\""));
}

constexpr std::string_view kTerraform =
    "variable \"driver\" {\n  default = true\n}\n"
    "resource \"azurerm_kubernetes_cluster\" \"aks\" {\n  name = \"aks\"\n"
    "  storage_profile {\n    disk_driver_enabled = var.driver\n  }\n}\n";

TEST_F(Scan, TakesValuesOfTerraformInTheirOrder) {
  tree_.Write("main.tf", kTerraform);
  tree_.Write("on.tfvars", "driver = true\n");
  EXPECT_EQ(Run({}).status, 0);
  EXPECT_EQ(Run({"--var", "driver=false"}).status, 1);
  EXPECT_EQ(Run({"--var", "driver=false", "--var-file", "on.tfvars"}).status, 0);
  EXPECT_EQ(Run({"--var-file", "on.tfvars", "--var", "driver=false"}).status, 1);
}

TEST_F(Scan, RefusesValuesOfTerraformThatAreNone) {
  EXPECT_EQ(Run({"--var", "driver"}).status, 2);
  EXPECT_THAT(Run({"--var", "=x"}).errors, HasSubstr("NAME=VALUE"));
  EXPECT_EQ(Run({"--var-file", "gone.tfvars"}).status, 2);
}

constexpr std::string_view kBicep =
    "param driver bool = true\n@secure()\nparam word string = ''\n"
    "resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {\n  name: 'aks'\n"
    "  tags: { word: word }\n"
    "  properties: { storageProfile: { diskCSIDriver: { enabled: driver } } }\n}\n";

TEST_F(Scan, TakesParametersInTheirOrder) {
  tree_.Write("main.bicep", kBicep);
  tree_.Write("values/on.bicepparam", "using '../main.bicep'\nparam driver = true\n");
  tree_.Write("values/off.json", R"({"driver": {"value": false}})");
  tree_.Write("values/false", "false\n");
  EXPECT_EQ(Run({"main.bicep"}).status, 0);
  EXPECT_EQ(Run({"main.bicep", "--parameters", "driver=False"}).status, 1);
  EXPECT_EQ(Run({"main.bicep", "--parameters", "driver=@values/false"}).status, 1);
  EXPECT_EQ(Run({"main.bicep", "--parameters", "@values/off.json"}).status, 1);
  EXPECT_EQ(
      Run({"main.bicep", "--parameters", "values/off.json", "--parameters", "values/on.bicepparam"})
          .status,
      0);
  EXPECT_EQ(
      Run({"main.bicep", "--parameters", "values/on.bicepparam", "--parameters", "driver=false"})
          .status,
      1);
}

TEST_F(Scan, TakesParametersAsJson) {
  tree_.Write("main.bicep", kBicep);
  const auto status = [&](std::string json) {
    return Run({"main.bicep", "--parameters", std::move(json)}).status;
  };
  EXPECT_EQ(status(R"({"driver": {"value": false}, "word": {"value": "a=b"}})"), 1);
  EXPECT_EQ(status(R"({"parameters": {"driver": {"value": true}}})"), 0);
  EXPECT_EQ(status(R"({"driver": {"value": null}})"), 0);
  EXPECT_EQ(status(R"({"driver": false})"), 2);
  EXPECT_EQ(status("{\"driver\""), 2);
}

TEST_F(Scan, PrintsNoSecretThatIsGiven) {
  tree_.Write("main.bicep", kBicep);
  const ProgramRun run = Run({"-f", "json", "--show-undetermined", "--parameters", "driver=false",
                              "--parameters", "word=hunter2"});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.output, Not(HasSubstr("hunter2")));
}

TEST_F(Scan, RefusesParametersThatAreNone) {
  EXPECT_EQ(Run({"--parameters", "driver"}).status, 2);
  EXPECT_EQ(Run({"--parameters", "@gone.json"}).status, 2);
  EXPECT_EQ(Run({"--parameters", "driver=@gone.json"}).status, 2);
  EXPECT_THAT(Run({"--parameters", "=x"}).errors, HasSubstr("NAME=VALUE"));
}

TEST_F(Scan, ReadsAPlanFromStandardInput) {
  const ProgramRun run = Run(
      {"--stdin-name", "plan.json", "-"},
      R"({"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {"root_module": {
"resources": [{"address": "azurerm_kubernetes_cluster.aks", "mode": "managed",
 "type": "azurerm_kubernetes_cluster", "name": "aks", "values": {"name": "aks",
  "storage_profile": [{"disk_driver_enabled": false}]}}]}}})");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.output, HasSubstr("plan.json:4:47: error: cluster aks"));
}

}  // namespace
}  // namespace restorable::cli
