#include <fstream>
#include <sstream>

#include "program.h"
#include "scan/temporary_tree.h"

// What docs/writing-rules.md shows must work as it stands.
namespace restorable::cli {
namespace {

using testing::HasSubstr;

std::string Page() {
  std::ifstream in(RESTORABLE_SOURCE_DIR "/docs/writing-rules.md", std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// The first YAML block that contains `text`.
std::string BlockWith(const std::string& page, std::string_view text) {
  constexpr std::string_view kFence = "```yaml\n";
  for (std::size_t at = page.find(kFence); at != std::string::npos; at = page.find(kFence, at)) {
    at += kFence.size();
    const std::string block = page.substr(at, page.find("```", at) - at);
    if (block.find(text) != std::string::npos) return block;
  }
  ADD_FAILURE() << "no block has " << text;
  return {};
}

TEST(WritingRules, TheExampleDoesWhatThePageSays) {
  const std::string page = Page();
  const scan::TemporaryTree tree;
  tree.Write("rules/rule.yaml", BlockWith(page, "kind: Rule"));
  tree.Write("k8s/class.yaml",
             "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: data}\n"
             "provisioner: disk.csi.azure.com\nreclaimPolicy: Delete\n");
  const auto run = [&](std::vector<std::string> arguments) {
    return RunProgram(
        ProgramInput{.arguments = std::move(arguments), .directory = tree.path("k8s")});
  };
  const ProgramRun tests = run({"test", "../rules"});
  EXPECT_EQ(tests.status, 0) << tests.output << tests.errors;
  EXPECT_THAT(page, HasSubstr("restorable test rules/\n" + tests.output + "$"));
  const std::string found = run({"scan", "--rules", "../rules", "class.yaml"}).output;
  EXPECT_THAT(page, HasSubstr("class.yaml\n" + found + "```"));
  EXPECT_EQ(run({"eval", "object.?reclaimPolicy.orValue('Delete')", "class.yaml"}).output,
            "\"Delete\"\n");
}

TEST(WritingRules, TheConfigurationIsOne) {
  const std::string page = Page();
  const scan::TemporaryTree tree;
  tree.Write("rules/rule.yaml", BlockWith(page, "kind: Rule"));
  tree.Write(".restorable.yaml", BlockWith(page, "ruleDirectories"));
  const ProgramRun run = RunProgram(ProgramInput{.arguments = {"rules"}, .directory = tree.path()});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("ORG101"));
}

TEST(WritingRules, TheSuppressionHolds) {
  const scan::TemporaryTree tree;
  tree.Write("class.yaml",
             "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: data}\n"
             "provisioner: disk.csi.azure.com\n" +
                 BlockWith(Page(), "restorable:ignore"));
  const ProgramRun run = RunProgram(ProgramInput{.arguments = {"scan"}, .directory = tree.path()});
  EXPECT_EQ(run.status, 0) << run.output;
  EXPECT_THAT(run.output, HasSubstr("1 suppressed"));
}

}  // namespace
}  // namespace restorable::cli
