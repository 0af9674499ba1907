// Every folder testdata/arm/CASE is a template, main.json, perhaps with parameters.json;
// CASE/expected.resources is what it deploys, with the steps by which values came to their places.
// RESTORABLE_UPDATE_GOLDEN=1 writes it anew.

#include "arm/deploy.h"

#include <algorithm>
#include <cstdlib>

#include "arm/diagnostics.h"
#include "arm/read.h"
#include "evaluation.h"

namespace restorable::arm {
namespace {

namespace fs = std::filesystem;
using Texts = std::map<std::string, std::string>;

fs::path Root() { return fs::path(RESTORABLE_SOURCE_DIR) / "testdata/arm"; }

std::vector<std::string> Cases() {
  std::vector<std::string> cases;
  for (const auto& entry : fs::directory_iterator(Root())) {
    if (entry.is_directory()) cases.push_back(entry.path().filename().string());
  }
  std::ranges::sort(cases);
  return cases;
}

class DeployGolden : public testing::TestWithParam<std::string> {};

TEST_P(DeployGolden, Resources) {
  const fs::path root = Root() / GetParam();
  const Outcome run{FileTree(root)};
  const std::string actual = run.Describe();
  const fs::path expected = root / "expected.resources";
  if (std::getenv("RESTORABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(expected, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, ReadText(expected));
}

INSTANTIATE_TEST_SUITE_P(Testdata, DeployGolden, testing::ValuesIn(Cases()),
                         [](const auto& folder) { return folder.param; });

TEST(Read, KnowsATemplateByItsSchema) {
  constexpr std::pair<std::string_view, Document> kRows[] = {
      {"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
       Document::kTemplate},
      {"http://schema.management.azure.com/schemas/2015-01-01/DEPLOYMENTTEMPLATE.JSON",
       Document::kTemplate},
      {"https://schema.management.azure.com/schemas/2018-05-01/"
       "subscriptionDeploymentTemplate.json#",
       Document::kTemplate},
      {"https://x/2019-08-01/managementGroupDeploymentTemplate.json#", Document::kTemplate},
      {"https://x/2019-08-01/tenantDeploymentTemplate.json#", Document::kTemplate},
      {"https://x/2019-04-01/deploymentParameters.json#", Document::kParameters},
      {"https://x/2018-05-01/subscriptionDeploymentParameters.json#", Document::kParameters},
      {"https://x/2019-04-01/createUIDefinition.json", Document::kOther},
      {"", Document::kOther},
  };
  const Limits limits;
  for (const auto& [schema, document] : kRows) {
    const SourceFile file(FileId{0}, "a.json", "{\"$schema\": \"" + std::string(schema) + "\"}");
    EXPECT_EQ(Read(file, limits).document, document) << schema;
  }
}

TEST(Read, SaysWhatIsNotAsItShouldBeAndReadsTheRest) {
  const Outcome run = Evaluated(
      R"("parameters": [], "variables": {"copy": [{"count": 1}]}, "functions": [{"members": {}}],
         "resources": [{"name": "n"}, {"type": "A.B/c"}, 1, {"type": "A.B/c", "name": "n", "x": 1}],
         "outputs": {"a": 1, "b": {"type": "int"}})");
  EXPECT_THAT(Ids(run.Diagnostics()), testing::UnorderedElementsAre(
                                          "arm-shape", "arm-missing", "arm-missing", "arm-missing",
                                          "arm-missing", "arm-missing", "arm-shape", "arm-shape"));
  EXPECT_EQ(run.Get("A.B/c/n", "x"), "1");
}

TEST(Deploy, TakesParametersFromTheCommandLine) {
  const std::string text = TemplateText(
      R"("parameters": {"s": {"type": "string"}, "n": {"type": "int"}, "l": {"type": "array"}},
         "resources": [{"type": "A.B/c", "name": "n", "s": "[parameters('s')]",
                        "n": "[parameters('n')]", "l": "[parameters('l')]"}])");
  const std::string values = R"({"$schema": "https://x/deploymentParameters.json#",
      "parameters": {"s": {"value": "file"}, "n": {"value": 1}, "l": {"value": [1]}}})";
  const Outcome run(FileTree(Texts{{"main.json", text}, {"parameters.json", values}}),
                    {.given = {{.file = nullptr, .name = "s", .text = "7"},
                               {.file = nullptr, .name = "L", .text = "[2]"}}});
  EXPECT_EQ(run.Get("A.B/c/n", "s"), R"("7")");
  EXPECT_EQ(run.Get("A.B/c/n", "n"), "1");
  EXPECT_EQ(run.Get("A.B/c/n", "l"), "[2]");
}

TEST(Deploy, TakesParametersFromFilesOfTheCommandLine) {
  const std::string text = TemplateText(
      R"("parameters": {"s": {"type": "string"}, "o": {"type": "object"}, "b": {"type": "bool"},
                        "k": {"type": "secureString"}, "bad": {"type": "object"}},
         "resources": [{"type": "A.B/c", "name": "n", "s": "[parameters('s')]",
                        "o": "[parameters('o').x]", "b": "[parameters('b')]",
                        "k": "[parameters('k')]", "bad": "[parameters('bad')]"}])");
  const FileTree files(Texts{{"s", "{\"x\": 1}\r\n"}, {"o", "{\"x\": 1}\n"}, {"bad", "{"}});
  const Outcome run(FileTree(Texts{{"main.json", text}}),
                    {.given = {{.name = "s", .source = files.Find("s")},
                               {.name = "o", .text = "{}"},
                               {.name = "o", .source = files.Find("o")},
                               {.name = "bad", .source = files.Find("bad")},
                               {.name = "b", .text = "True"},
                               {.name = "k", .text = "word"}}});
  EXPECT_EQ(run.Get("A.B/c/n", "s"), R"("{\"x\": 1}")");
  EXPECT_EQ(run.Get("A.B/c/n", "o"), "1");
  EXPECT_EQ(run.Get("A.B/c/n", "b"), "true");
  EXPECT_THAT(run.Get("A.B/c/n", "k"), testing::Not(testing::HasSubstr("word")));
  EXPECT_THAT(Ids(run.Diagnostics()), testing::Contains("arm-parameter-value"));
}

TEST(Deploy, KnowsThePlaceIfItIsTold) {
  const Outcome run = Evaluated(
      R"("resources": [{"type": "A.B/c", "name": "n", "location": "[resourceGroup().location]"}])",
      {.subscription_id = "s", .resource_group = "g", .location = "westeurope"});
  EXPECT_EQ(run.Get("A.B/c/n", "location"), R"("westeurope")");
  EXPECT_EQ(run.Get("A.B/c/n", "id"), R"("/subscriptions/s/resourceGroups/g/providers/A.B/c/n")");
}

TEST(Deploy, CyclesAreReported) {
  const Outcome run = Evaluated(
      R"("parameters": {"p": {"type": "string", "defaultValue": "[parameters('P')]"}},
         "variables": {"a": "[variables('b')]", "b": "[variables('A')]"},
         "resources": [{"type": "A.B/c", "name": "n", "x": "[variables('a')]",
                        "y": "[parameters('p')]"}])");
  EXPECT_THAT(Ids(run.Diagnostics()), testing::Contains("arm-cycle").Times(2));
  EXPECT_THAT(run.Get("A.B/c/n", "x"), testing::HasSubstr("eval-error"));
}

TEST(Deploy, ResourcesThatReferToEachOtherEnd) {
  const Outcome run = Evaluated(
      R"("resources": [
        {"type": "A.B/c", "name": "a", "properties": {"x": "[reference('b').x]"}},
        {"type": "A.B/c", "name": "b", "properties": {"x": "[reference('a').x]"}},
        {"type": "A.B/c", "name": "[reference('d').x]"},
        {"type": "A.B/d", "name": "d", "properties": {"x": "[reference('e').x]"}}])");
  EXPECT_EQ(run.deployed.instances.size(), 4U);
}

TEST(Deploy, AnErrorInAnUnusedVariableStopsNothing) {
  const Outcome run = Evaluated(
      R"("variables": {"bad": "[nope()]"}, "resources": [{"type": "A.B/c", "name": "n", "x": 1}])");
  EXPECT_THAT(Ids(run.Diagnostics()), testing::IsEmpty());
}

TEST(Deploy, AnErrorCostsItsMemberOnly) {
  const Outcome run = Evaluated(
      R"("resources": [{"type": "A.B/c", "name": "n", "x": {"bad": "[nope()]", "good": 1}}])");
  EXPECT_THAT(Ids(run.Diagnostics()), testing::ElementsAre("arm-evaluation"));
  EXPECT_THAT(run.Get("A.B/c/n", "x"), testing::HasSubstr(R"("good":1)"));
}

TEST(Deploy, LoopsAreBounded) {
  const Outcome resources = Evaluated(
      R"("resources": [{"type": "A.B/c", "name": "[concat('n', copyIndex())]",
          "copy": {"name": "l", "count": 1000000000}}])");
  EXPECT_THAT(Ids(resources.Diagnostics()), testing::ElementsAre("arm-limit"));
  const Outcome many = Evaluated(
      R"("resources": [{"type": "A.B/c", "name": "[concat('n', copyIndex())]",
          "copy": {"name": "l", "count": 20000}}])");
  EXPECT_THAT(Ids(many.Diagnostics()), testing::ElementsAre("arm-limit"));
  const Outcome properties = Evaluated(
      R"("resources": [{"type": "A.B/c", "name": "n", "properties": {
          "copy": [{"name": "l", "count": 1000000000, "input": 1}]}}])");
  EXPECT_THAT(Ids(properties.Diagnostics()), testing::ElementsAre("arm-limit"));
  const Outcome nested = Evaluated(
      R"("variables": {"copy": [{"name": "l", "count": 100000, "input": "[range(0, 10000)]"}]},
         "resources": [{"type": "A.B/c", "name": "n", "x": "[variables('l')]"}])");
  EXPECT_THAT(Ids(nested.Diagnostics()), testing::Contains("arm-limit"));
}

TEST(Deploy, FunctionsThatCallThemselvesEnd) {
  const Outcome run = Evaluated(
      R"("functions": [{"namespace": "f", "members": {"g": {"parameters": [{"name": "x", "type": "int"}],
          "output": {"type": "int", "value": "[add(f.g(parameters('x')), f.g(1))]"}}}}],
         "resources": [{"type": "A.B/c", "name": "n", "x": "[f.g(1)]"}])");
  EXPECT_THAT(Ids(run.Diagnostics()), testing::Contains("arm-limit"));
}

TEST(Deploy, TemplatesThatDeployThemselvesEnd) {
  const auto with = [](std::string_view copies) {
    return TemplateText(R"("resources": [{"type": "Microsoft.Resources/deployments", "name": "d",
        )" + std::string(copies) +
                        R"(
        "properties": {"templateLink": {"relativePath": "main.json"}}}])");
  };
  const Outcome once(FileTree(Texts{{"main.json", with("")}}));
  EXPECT_THAT(Ids(once.Diagnostics()), testing::ElementsAre("arm-limit"));
  const Outcome twice(
      FileTree(Texts{{"main.json", with(R"("copy": {"name": "l", "count": 2},)")}}));
  EXPECT_THAT(Ids(twice.Diagnostics()), testing::Contains("arm-limit"));
}

TEST(Deploy, TemplatesMayBeComputed) {
  const Outcome run = Evaluated(
      R"("parameters": {"open": {"type": "object"}, "n": {"type": "int"}},
         "variables": {"t": {
           "parameters": {"p": {"type": "string"}},
           "resources": [{"type": "A.B/c", "name": "[[parameters('p')]",
                          "x": "[resourceGroup().name]", "y": "[[parameters('no')]"}]}},
         "resources": [
           {"type": "Microsoft.Resources/deployments", "name": "d", "properties": {
              "template": "[variables('t')]", "parameters": {"p": {"value": "q"}}}},
           {"type": "Microsoft.Resources/deployments", "name": "e", "properties": {
              "template": "[parameters('open')]"}},
           {"type": "Microsoft.Resources/deployments", "name": "f", "properties": {
              "template": "[createObject('resources', parameters('n'))]"}}])");
  EXPECT_THAT(run.Get("Microsoft.Resources/deployments/d.A.B/c/q", "x"),
              testing::HasSubstr("resourceGroup().name"));
  EXPECT_THAT(run.Get("Microsoft.Resources/deployments/d.A.B/c/q", "y"),
              testing::HasSubstr("eval-error"));
  EXPECT_EQ(std::ranges::count(Ids(run.Diagnostics()), "arm-module-missing"), 2);
}

TEST(Deploy, LongChainsOfVariablesEnd) {
  std::string variables = R"("a0": 1)";
  for (int i = 1; i < 5000; ++i) {
    variables +=
        ", \"a" + std::to_string(i) + "\": \"[variables('a" + std::to_string(i - 1) + "')]\"";
  }
  const Outcome run =
      Evaluated("\"variables\": {" + variables +
                R"(}, "resources": [{"type": "A.B/c", "name": "n", "x": "[variables('a4999')]"}])");
  EXPECT_THAT(Ids(run.Diagnostics()), testing::Contains("arm-limit"));
}

TEST(Deploy, ValuesThatDoubleEnd) {
  std::string lists = R"("a0": [1])";
  std::string texts = R"("t0": "[parameters('open')]")";
  for (int i = 1; i < 60; ++i) {
    const std::string before = std::to_string(i - 1);
    const std::string name = std::to_string(i);
    lists += ", \"a" + name + "\": \"[createArray(variables('a" + before + "'), variables('a" +
             before + "'))]\"";
    texts += ", \"t" + name + "\": \"[concat(variables('t" + before + "'), 'x', variables('t" +
             before + "'))]\"";
  }
  const Outcome run =
      Evaluated("\"parameters\": {\"open\": {\"type\": \"string\"}}, \"variables\": {" + lists +
                ", " + texts +
                R"(}, "resources": [{"type": "A.B/c", "name": "n",
                                    "x": "[variables('a59')]", "y": "[variables('t59')]"}])");
  EXPECT_THAT(run.Get("A.B/c/n", "x"), testing::HasSubstr("limit"));
  EXPECT_THAT(run.Get("A.B/c/n", "y"), testing::HasSubstr("limit"));
}

TEST(Library, KnowsFilesOfParametersByTheirNames) {
  for (const std::string_view name : {"main.parameters.json", "main.parameters.dev.json",
                                      "main.dev.parameters.json", "MAIN.Parameters.json"}) {
    EXPECT_TRUE(IsNamedParametersOf(name, "main.json")) << name;
  }
  for (const std::string_view name : {"main.json", "other.parameters.json", "main2.parameters.json",
                                      "parameters.json", "main.parameters.yaml", "main.dev.json"}) {
    EXPECT_FALSE(IsNamedParametersOf(name, "main.json")) << name;
  }
}

TEST(Deploy, LinksOutsideAreNotFollowed) {
  const std::string text = TemplateText(
      R"("resources": [
        {"type": "Microsoft.Resources/deployments", "name": "a", "properties": {"templateLink": {"relativePath": "../x.json"}}},
        {"type": "Microsoft.Resources/deployments", "name": "b", "properties": {"templateLink": {"relativePath": "/etc/passwd"}}},
        {"type": "Microsoft.Resources/deployments", "name": "c", "properties": {"templateLink": {"relativePath": "a/../notes.txt"}}}])");
  const Outcome run(FileTree(Texts{{"main.json", text}, {"notes.txt", "{}"}}));
  EXPECT_THAT(Ids(run.Diagnostics()), testing::Each("arm-module-missing"));
  EXPECT_EQ(run.deployed.instances.size(), 3U);
}

}  // namespace
}  // namespace restorable::arm
