// Terraform: what is reported where, and which values count.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "code_fixture.h"

namespace restorable::scan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// A cluster whose disk driver is as its variable says.
constexpr std::string_view kCluster =
    "variable \"driver\" {\n"
    "  default = true\n"
    "}\n"
    "resource \"azurerm_kubernetes_cluster\" \"aks\" {\n"
    "  name = \"aks\"\n"
    "  storage_profile {\n"
    "    disk_driver_enabled = var.driver\n"
    "  }\n"
    "}\n";

constexpr std::string_view kCall =
    "module \"aks\" {\n"
    "  source = \"./modules/aks\"\n"
    "  driver = false\n"
    "}\n";

class TerraformTest : public CodeTest {
 protected:
  void GiveVariable(std::string name, std::string text) {
    options_.values.given.push_back({.path = {}, .name = std::move(name), .text = std::move(text)});
  }
  void GiveFile(std::string_view name) {
    options_.values.given.push_back({.path = tree_.path(name), .name = {}, .text = {}});
  }
};

TEST_F(TerraformTest, FollowsAValueThroughModules) {
  tree_.Write("main.tf", kCall);
  tree_.Write("modules/aks/main.tf", kCluster);
  EXPECT_THAT(Findings(), ElementsAre("main.tf:3 violated, var.driver modules/aks/main.tf:7, "
                                      "argument `driver` of module.aks main.tf:3"));
}

TEST_F(TerraformTest, TakesADirectoryThatIsCalledForAModuleOnly) {
  tree_.Write("live/main.tf", "module \"a\" {\n  source = \"../modules/aks\"\n}\n");
  tree_.Write("modules/aks/main.tf",
              "resource \"azurerm_kubernetes_cluster\" \"aks\" {\n"
              "  name = \"aks\"\n"
              "  storage_profile { disk_driver_enabled = false }\n"
              "}\n");
  EXPECT_THAT(Findings(),
              ElementsAre("modules/aks/main.tf:3 violated, called as module.a live/main.tf:1"));
}

TEST_F(TerraformTest, ScansTheWorkingDirectoryOfAModule) {
  tree_.Write("main.tf", kCluster);
  GiveVariable("driver", "false");
  EXPECT_THAT(Findings({"main.tf"}), ElementsAre(HasSubstr("violated")));
}

TEST_F(TerraformTest, ReadsValuesFromTheWeakestToTheStrongest) {
  tree_.Write("main.tf", kCluster);
  tree_.Write("terraform.tfvars", "driver = false\n");
  tree_.Write("prod.tfvars", "driver = true\n");
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("terraform.tfvars:1 violated")));
  EXPECT_THAT(Ids(report_.diagnostics), ElementsAre("terraform-values-unused"));
  GiveFile("prod.tfvars");
  EXPECT_THAT(Findings(), IsEmpty());
  EXPECT_THAT(Ids(report_.diagnostics), IsEmpty());
  GiveVariable("driver", "false");
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("--var driver")));
}

TEST_F(TerraformTest, TakesTheEnvironmentOnDemand) {
  tree_.Write("main.tf", kCluster);
  EXPECT_THAT(Findings(), IsEmpty());
  options_.values.environment = {{"driver", "false"}};
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("environment variable TF_VAR_driver")));
}

TEST_F(TerraformTest, ReportsOnAFileOfValuesThatIsNamed) {
  tree_.Write("project/main.tf", kCluster);
  tree_.Write("values/prod.tfvars", "driver = false\n");
  GiveFile("values/prod.tfvars");
  EXPECT_THAT(Findings({"project"}), ElementsAre(HasSubstr("values/prod.tfvars:1 violated")));
}

TEST_F(TerraformTest, ReportsWhereADownloadedModuleIsCalled) {
  tree_.Write("main.tf", "module \"aks\" {\n  source = \"example/aks/azurerm\"\n}\n");
  tree_.Write(".terraform/modules/modules.json",
              R"({"Modules": [{"Key": "aks", "Source": "registry.terraform.io/example/aks/azurerm",
                  "Dir": ".terraform/modules/aks"}]})");
  tree_.Write(".terraform/modules/aks/main.tf",
              "resource \"azurerm_kubernetes_cluster\" \"aks\" {\n"
              "  name = \"aks\"\n"
              "  storage_profile { disk_driver_enabled = false }\n"
              "}\n");
  EXPECT_THAT(Findings(),
              ElementsAre("main.tf:1 violated, it is written here .terraform/modules/aks/main.tf:3,"
                          " called as module.aks main.tf:1"));
}

TEST_F(TerraformTest, SuppressesByCommentsOnBlocksArgumentsAndCalls) {
  const std::string reason = " restorable:ignore AKB203 -- moved off disks\n";
  for (const std::string& mark : {"#" + reason, "//" + reason}) {
    tree_.Write("main.tf",
                "resource \"azurerm_kubernetes_cluster\" \"a\" {\n"
                "  name = \"a\"\n"
                "  storage_profile {\n"
                "    disk_driver_enabled = false" +
                    mark + "  }\n}\n" + mark +
                    "resource \"azurerm_kubernetes_cluster\" \"b\" {\n"
                    "  name = \"b\"\n"
                    "  storage_profile {\n"
                    "    disk_driver_enabled = false\n"
                    "  }\n}\n" +
                    mark + std::string(kCall));
    tree_.Write("modules/aks/main.tf", kCluster);
    EXPECT_THAT(Findings(), UnorderedElementsAre(HasSubstr("suppressed"), HasSubstr("suppressed"),
                                                 HasSubstr("suppressed")));
  }
}

TEST_F(TerraformTest, SuppressesAtTheCallWhatStandsInTheModule) {
  tree_.Write("main.tf",
              "# restorable:ignore AKB203 -- moved off disks\n"
              "module \"a\" {\n  source = \"./aks\"\n}\n"
              "module \"b\" {\n  source = \"./aks\"\n}\n");
  tree_.Write("aks/main.tf",
              "resource \"azurerm_kubernetes_cluster\" \"aks\" {\n"
              "  name = \"aks\"\n"
              "  storage_profile { disk_driver_enabled = false }\n"
              "}\n");
  EXPECT_THAT(Findings(), UnorderedElementsAre(
                              "aks/main.tf:3 violated suppressed, called as module.a main.tf:2",
                              "aks/main.tf:3 violated, called as module.b main.tf:5"));
}

TEST_F(TerraformTest, ReadsFilesInJson) {
  tree_.Write("main.tf.json",
              "{\"resource\": {\"azurerm_kubernetes_cluster\": {\"aks\": {\n"
              "  \"name\": \"aks\",\n"
              "  \"storage_profile\": {\"disk_driver_enabled\": \"${var.driver}\"}}}},\n"
              " \"variable\": {\"driver\": {\n"
              "  \"default\": false}}}\n");
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("main.tf.json:5 violated")));
}

TEST_F(TerraformTest, ReadsPlans) {
  tree_.Write("plan.json",
              R"({"format_version": "1.2", "terraform_version": "1.9.0",
 "planned_values": {"root_module": {"resources": [
  {"address": "azurerm_kubernetes_cluster.aks", "mode": "managed",
   "type": "azurerm_kubernetes_cluster", "name": "aks",
   "values": {"name": "aks", "storage_profile": [
    {"disk_driver_enabled": false}]}}]}}})");
  EXPECT_THAT(Findings(), ElementsAre("plan.json:6 violated"));
}

TEST_F(TerraformTest, ReadsNothingOutsideOfTheTree) {
  tree_.Write("secret.txt", "false");
  tree_.Write("project/main.tf",
              "module \"aks\" {\n"
              "  source = \"./aks\"\n"
              "  driver = file(\"../secret.txt\")\n"
              "}\n"
              "module \"other\" {\n"
              "  source = \"../aks\"\n"
              "  driver = false\n"
              "}\n");
  tree_.Write("project/aks/main.tf", kCluster);
  tree_.Write("aks/main.tf", kCluster);
  EXPECT_THAT(Findings({"project"}), ElementsAre(HasSubstr("undetermined")));
  EXPECT_THAT(Ids(report_.diagnostics), testing::Contains("terraform-module-missing"));
}

TEST_F(TerraformTest, ReportsOnTheFileThatIsNamed) {
  tree_.Write(".restorable.yaml", "");
  tree_.Write("main.tf", kCall);
  tree_.Write("modules/aks/main.tf", kCluster);
  EXPECT_THAT(Findings({"main.tf"}), ElementsAre(HasSubstr("main.tf:3 violated")));
  EXPECT_THAT(Findings({"modules/aks/main.tf"}), IsEmpty());
}

TEST_F(TerraformTest, TakesNullForNothing) {
  tree_.Write("main.tf",
              "resource \"azapi_resource\" \"aks\" {\n"
              "  type = \"Microsoft.ContainerService/managedClusters@2024-05-01\"\n"
              "  name = \"aks\"\n"
              "  body = {\n"
              "    properties = { storageProfile = { diskCSIDriver = null } }\n"
              "  }\n"
              "}\n");
  EXPECT_THAT(Findings(), IsEmpty());
  EXPECT_THAT(Ids(report_.diagnostics), IsEmpty());
}

}  // namespace
}  // namespace restorable::scan
