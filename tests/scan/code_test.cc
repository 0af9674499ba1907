// Code that is evaluated: what is reported where, and under which names.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "code_fixture.h"

namespace restorable::scan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A cluster whose disk driver is as its parameter says; AKB203 is about it.
constexpr std::string_view kCluster =
    "param driver bool = true\n"
    "resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {\n"
    "  name: 'aks'\n"
    "  properties: {\n"
    "    storageProfile: {\n"
    "      diskCSIDriver: { enabled: driver }\n"
    "    }\n"
    "  }\n"
    "}\n";

constexpr std::string_view kTemplate =
    R"({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
 "parameters": {"driver": {"type": "bool", "defaultValue": true}},
 "resources": [{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-05-01",
  "name": "aks", "properties": {"storageProfile": {"diskCSIDriver": {
    "enabled": "[parameters('driver')]"}}}}]})";

constexpr std::string_view kValues =
    R"({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
 "parameters": {"driver": {"value": false}}})";

TEST_F(CodeTest, FollowsAValueThroughModules) {
  tree_.Write("main.bicep",
              "module cluster 'modules/aks.bicep' = {\n  params: { driver: false }\n}");
  tree_.Write("modules/aks.bicep", kCluster);
  EXPECT_THAT(Findings(),
              ElementsAre("main.bicep:2 violated, parameter driver modules/aks.bicep:6"));
}

TEST_F(CodeTest, TellsEnvironmentsApart) {
  tree_.Write("main.bicep", kCluster);
  tree_.Write("dev.bicepparam", "using 'main.bicep'\nparam driver = false\n");
  tree_.Write("prod.bicepparam", "using 'main.bicep'\n");
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("dev.bicepparam:2 violated in dev.bicepparam")));
}

TEST_F(CodeTest, TakesForOneWhatIsFoundInAllEnvironments) {
  tree_.Write("main.bicep",
              "param name string\n"
              "resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {\n"
              "  name: 'aks'\n"
              "  tags: { name: name }\n"
              "  properties: { storageProfile: { diskCSIDriver: { enabled: false } } }\n"
              "}\n");
  tree_.Write("dev.bicepparam", "using 'main.bicep'\nparam name = 'dev'\n");
  tree_.Write("prod.bicepparam", "using 'main.bicep'\nparam name = 'prod'\n");
  EXPECT_THAT(Findings(), ElementsAre("main.bicep:5 violated"));
}

TEST_F(CodeTest, SuppressesByComments) {
  tree_.Write("main.bicep",
              "// restorable:ignore AKB203 -- moved off disks\n"
              "resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {\n"
              "  name: 'aks'\n"
              "  properties: { storageProfile: { diskCSIDriver: { enabled: false } } }\n"
              "}\n");
  EXPECT_THAT(Findings(), ElementsAre("main.bicep:4 violated suppressed"));
}

TEST_F(CodeTest, ReportsOnTheFileThatIsNamed) {
  tree_.Write(".restorable.yaml", "");
  tree_.Write("main.bicep",
              "module cluster 'modules/aks.bicep' = {\n  params: { driver: false }\n}");
  tree_.Write("modules/aks.bicep", kCluster);
  tree_.Write("other.bicep", kCluster);
  EXPECT_THAT(Findings({"main.bicep"}), ElementsAre(HasSubstr("main.bicep:2 violated")));
  EXPECT_THAT(Findings({"modules/aks.bicep"}), IsEmpty());
}

TEST_F(CodeTest, ReadsTemplatesInJson) {
  tree_.Write("azuredeploy.json", kTemplate);
  tree_.Write("azuredeploy.parameters.json", kValues);
  EXPECT_THAT(Findings(), ElementsAre("azuredeploy.parameters.json:2 violated, parameter driver "
                                      "azuredeploy.json:5, value of parameter driver "
                                      "azuredeploy.parameters.json:2"));
}

TEST_F(CodeTest, TakesValuesThatAreGiven) {
  tree_.Write("main.bicep", kCluster);
  tree_.Write("dev.bicepparam", "using 'main.bicep'\nparam driver = true\n");
  tree_.Write("prod.bicepparam", "using 'main.bicep'\n");
  options_.values.parameters = {{"", "driver", "false"}};
  EXPECT_THAT(Findings(), ElementsAre("main.bicep:1 violated, parameter driver main.bicep:6, "
                                      "--parameters driver main.bicep:1"));
}

TEST_F(CodeTest, ReportsOnGivenFilesThatLieElsewhere) {
  tree_.Write("infra/main.bicep", kCluster);
  tree_.Write("infra/main.parameters.json", kValues);
  tree_.Write("values/off.bicepparam", "using '../infra/main.bicep'\nparam driver = false\n");
  tree_.Write("values/on.json", R"({"parameters": {"driver": {"value": true}}})");
  options_.values.parameters = {{tree_.path("values/off.bicepparam"), "", ""}};
  EXPECT_THAT(Findings({"infra"}), ElementsAre(HasSubstr("values/off.bicepparam:2 violated")));
  options_.values.parameters = {{tree_.path("values/on.json"), "", ""}};
  EXPECT_THAT(Findings({"infra"}), IsEmpty());
  EXPECT_THAT(Ids(report_.diagnostics), IsEmpty());
}

TEST_F(CodeTest, FindsTheValueOfAParameterInAFile) {
  tree_.Write("infra/main.bicep",
              "param profile object\n"
              "resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {\n"
              "  name: 'aks'\n"
              "  properties: { storageProfile: profile }\n"
              "}\n");
  tree_.Write("profile.json", "{\"diskCSIDriver\":\n  {\"enabled\": false}}\n");
  options_.values.parameters = {{tree_.path("profile.json"), "profile", ""}};
  EXPECT_THAT(Findings({"infra"}), ElementsAre(HasSubstr("profile.json:2 violated")));
}

TEST_F(CodeTest, SaysWhichGivenValuesNothingTakes) {
  tree_.Write("main.bicep", kCluster);
  tree_.Write("template.json", kTemplate);
  options_.values.parameters = {{"", "drivers", "false"}, {tree_.path("template.json"), "", ""}};
  EXPECT_THAT(Findings(), IsEmpty());
  EXPECT_THAT(Ids(report_.diagnostics),
              ElementsAre("scan-parameters-unused", "scan-parameters-unused"));
}

TEST_F(CodeTest, ReadsTemplatesAsAzureTakesThem) {
  tree_.Write("azuredeploy.json",
              R"({"$schema":
 "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
 "resources": [{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-05-01",
  "name": "aks", "properties": {"storageProfile": {"diskCSIDriver": {
    "enabled": false}}},},]})");
  EXPECT_THAT(Findings(), ElementsAre("azuredeploy.json:5 violated"));
  EXPECT_THAT(Ids(report_.diagnostics), IsEmpty());
}

TEST_F(CodeTest, LeavesOutWhatWasCompiled) {
  tree_.Write("main.bicep", kCluster);
  tree_.Write("main.json", kTemplate);
  tree_.Write("main.parameters.json", kValues);
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("main.parameters.json:2 violated")));
}

TEST_F(CodeTest, LoadsTextsOfTheTreeOnly) {
  tree_.Write("outside.txt", "false");
  tree_.Write("project/inside.txt", "false");
  tree_.Write("project/main.bicep",
              "module a 'aks.bicep' = {\n"
              "  params: { driver: bool(loadTextContent('inside.txt')) }\n}\n"
              "module b 'aks.bicep' = {\n"
              "  params: { driver: bool(loadTextContent('../outside.txt')) }\n}\n");
  tree_.Write("project/aks.bicep", kCluster);
  EXPECT_THAT(Findings({"project"}),
              testing::UnorderedElementsAre(HasSubstr("project/main.bicep:2 violated"),
                                            HasSubstr("undetermined")));
  EXPECT_THAT(Ids(report_.diagnostics), testing::Contains("bicep-file-missing"));
}

TEST_F(CodeTest, ReportsErrorsOfCodeOnce) {
  tree_.Write("main.bicep", std::string(kCluster) + "var broken = \n");
  tree_.Write("dev.bicepparam", "using 'main.bicep'\n");
  tree_.Write("prod.bicepparam", "using 'main.bicep'\nparam driver = false\n");
  EXPECT_THAT(Findings(), testing::SizeIs(1));
  EXPECT_THAT(Ids(report_.diagnostics), ElementsAre("bicep-expected-expression"));
}

}  // namespace
}  // namespace restorable::scan
