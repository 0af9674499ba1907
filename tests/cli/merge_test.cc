#include <nlohmann/json.hpp>

#include "program.h"
#include "scan/temporary_tree.h"

namespace restorable::cli {
namespace {

using testing::HasSubstr;

std::string Class(const std::string& name) {
  return "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: " + name +
         "}\nprovisioner: disk.csi.azure.com\nparameters: {skuName: UltraSSD_LRS}\n";
}

class Merge : public testing::Test {
 protected:
  Merge() {
    tree.Write("a.yaml", Class("a"));
    tree.Write("b.yaml", Class("b"));
    for (const char* const name : {"a", "b"}) {
      const std::string file = name;
      (void)Run({"scan", "--no-config", file + ".yaml", "-f", "json:" + file + ".json"});
    }
  }

  ProgramRun Run(std::vector<std::string> arguments, std::string input = {}) {
    return RunProgram(ProgramInput{.arguments = std::move(arguments),
                                   .standard_input = std::move(input),
                                   .directory = tree.path()});
  }

  scan::TemporaryTree tree;
};

TEST_F(Merge, MakesOneReport) {
  const ProgramRun run = Run({"merge", "b.json", "a.json", "b.json", "-f", "json"});
  EXPECT_EQ(run.status, 1) << run.errors;
  const auto merged = nlohmann::json::parse(run.output);
  ASSERT_EQ(merged["findings"].size(), 2u);
  EXPECT_EQ(merged["findings"][0]["location"]["file"], "a.yaml");
  EXPECT_EQ(merged["findings"][1]["location"]["file"], "b.yaml");
  EXPECT_EQ(merged["summary"]["files"], 3);
}

TEST_F(Merge, WritesEveryFormat) {
  const ProgramRun run = Run({"merge", "a.json", "b.json", "-f", "sarif", "-f", "text:out"});
  EXPECT_EQ(run.status, 1) << run.errors;
  const auto sarif = nlohmann::json::parse(run.output);
  const auto& results = sarif["runs"][0]["results"];
  ASSERT_EQ(results.size(), 2u);
  EXPECT_EQ(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 5);
}

TEST_F(Merge, ReadsStandardInput) {
  const std::string report = Run({"scan", "--no-config", "a.yaml", "-f", "json"}).output;
  const ProgramRun run = Run({"merge", "-"}, report);
  EXPECT_EQ(run.status, 1) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("a.yaml:5:23: error: StorageClass a provisions"));
}

TEST_F(Merge, FailsAsScansDo) {
  EXPECT_EQ(Run({"merge", "a.json", "--fail-on", "never"}).status, 0);
  EXPECT_EQ(Run({"merge", "a.json", "--fail-on", "info"}).status, 1);
}

TEST_F(Merge, SaysWhatIsNoReportAndMergesTheRest) {
  const ProgramRun run = Run({"merge", "a.json", "a.yaml", "gone.json"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.output, HasSubstr("StorageClass a provisions"));
  EXPECT_THAT(run.errors, HasSubstr("a.yaml:1:1: error: "));
  EXPECT_THAT(run.errors, HasSubstr("gone.json"));
}

TEST_F(Merge, NeedsAFile) {
  const ProgramRun run = Run({"merge"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.errors, HasSubstr("FILE is required"));
}

TEST_F(Merge, OfAReportWithErrorsIsOneWithErrors) {
  tree.Write("broken.yaml", "a: [\n");
  (void)Run({"scan", "--no-config", "broken.yaml", "-f", "json:broken.json"});
  EXPECT_EQ(Run({"merge", "broken.json"}).status, 2);
}

}  // namespace
}  // namespace restorable::cli
