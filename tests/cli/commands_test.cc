#include <nlohmann/json.hpp>

#include "program.h"
#include "scan/temporary_tree.h"

namespace restorable::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Rules, AreListed) {
  const ProgramRun run = RunProgram({"rules"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_THAT(run.output, HasSubstr("AKB101  error    storage     Disk SKU that Azure Backup"));
}

TEST(Rules, AreListedAsJson) {
  const ProgramRun run = RunProgram({"rules", "--format", "json"});
  EXPECT_EQ(run.status, 0);
  const auto rules = nlohmann::json::parse(run.output);
  ASSERT_GT(rules.size(), 30u);
  EXPECT_EQ(rules[0]["id"], "AKB101");
  EXPECT_EQ(rules[0]["params"]["unsupported"][0], "premiumv2_lrs");
}

TEST(Rules, ShowWhatTheOptionsMakeOfThem) {
  const auto rules = nlohmann::json::parse(
      RunProgram({"rules", "-f", "json", "--disable", "AKB101,AKB103", "--severity", "AKB102=info"})
          .output);
  EXPECT_EQ(rules[0]["enabled"], false);
  EXPECT_EQ(rules[1]["severity"], "info");
  EXPECT_EQ(rules[2]["enabled"], false);
}

TEST(Explain, TellsWhyAndWhatToDo) {
  const ProgramRun run = RunProgram({"explain", "AKB101"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_THAT(run.output, StartsWith("AKB101 Disk SKU that Azure Backup for AKS cannot protect\n"));
  EXPECT_THAT(run.output, HasSubstr("What to do: "));
  EXPECT_THAT(run.output, HasSubstr("https://learn.microsoft.com/"));
  EXPECT_THAT(run.output, HasSubstr("Found, for example, in\n\n   1 | apiVersion: "));
}

TEST(Explain, TakesNamesAndAnyCase) {
  const std::string page = RunProgram({"explain", "AKB101"}).output;
  EXPECT_EQ(RunProgram({"explain", "unsupported-disk-sku"}).output, page);
  EXPECT_EQ(RunProgram({"explain", "akb101"}).output, page);
}

TEST(Explain, SuggestsTheNearestRule) {
  const ProgramRun run = RunProgram({"explain", "unsuported-disk-sku"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.errors, HasSubstr("did you mean `unsupported-disk-sku`?"));
}

ProgramRun Eval(std::string expression, std::string input) {
  return RunProgram(ProgramInput{.arguments = {"eval", std::move(expression), "--compact"},
                                 .standard_input = std::move(input)});
}

TEST(Eval, PrintsTheResultForEachObject) {
  const ProgramRun run = Eval("object.a + 1", "a: 1\n---\na: 2\n");
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_EQ(run.output, "2\n3\n");
}

TEST(Eval, ReadsJson) {
  const scan::TemporaryTree tree;
  tree.Write("a.json", "{\n\t\"a\": [1, \"x\"]}");
  const ProgramRun run = RunProgram({"eval", "object.a", tree.path("a.json")});
  EXPECT_EQ(run.output, "[\n  1,\n  \"x\"\n]\n");
}

TEST(Eval, PointsIntoTheExpression) {
  const ProgramRun run = Eval("object.a +", "a: 1\n");
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.output, IsEmpty());
  EXPECT_THAT(run.errors, StartsWith("expression:1:"));
  EXPECT_THAT(run.errors, HasSubstr(" 1 | object.a +\n"));
}

TEST(Eval, PointsAtWhatFailsAndSaysOnWhat) {
  const ProgramRun run = Eval("object.a / 0", "a: 1\n");
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.errors, StartsWith("expression:1:"));
  EXPECT_THAT(run.errors, HasSubstr("note: stdin:1:1: with this object"));
}

TEST(Eval, GoesOnAfterAnErrorAndStillFails) {
  const ProgramRun run = Eval("object.a", "b: 1\n---\na: 2\n");
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.output, "2\n");
}

TEST(Eval, FailsForInputThatCannotBeRead) {
  EXPECT_EQ(RunProgram({"eval", "1", "gone.yaml"}).status, 2);
  EXPECT_EQ(Eval("1", "a: [\n").status, 2);
}

}  // namespace
}  // namespace restorable::cli
