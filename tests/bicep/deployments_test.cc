#include "bicep/deployments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "deployment.h"

namespace restorable::bicep {
namespace {

using testing::ElementsAre;
using Texts = std::map<std::string, std::string>;

// "template < values", of each.
std::vector<std::string> Found(const Texts& texts) {
  const Outcome run(texts);
  Library library(run.reader, run.limits);
  std::vector<std::string> paths;
  for (const auto& [path, text] : texts) paths.push_back(path);
  std::vector<std::string> found;
  for (const Deployment& deployment : FindDeployments(library, paths)) {
    found.push_back(deployment.root->path);
    if (deployment.arguments != nullptr) found.back() += " < " + deployment.arguments->path;
  }
  return found;
}

constexpr std::string_view kValues =
    R"({"$schema": "x/2019-04-01/deploymentParameters.json#", "parameters": {"a": {"value": 1}}})";

TEST(Deployments, AreTheTemplatesThatNobodyUses) {
  EXPECT_THAT(Found({{"main.bicep", "module a 'net/a.bicep' = {}"},
                     {"net/a.bicep", "module b './b.bicep' = {}"},
                     {"net/b.bicep", ""},
                     {"net/lonely.bicep", ""},
                     {"self.bicep", "module s 'self.bicep' = {}"}}),
              ElementsAre("main.bicep", "net/lonely.bicep", "self.bicep"));
}

TEST(Deployments, AreOnePerFileOfValues) {
  EXPECT_THAT(
      Found({{"main.bicep", "param a int"},
             {"main.parameters.dev.json", std::string(kValues)},
             {"main.parameters.json", std::string(kValues)},
             {"other.parameters.json", std::string(kValues)},
             {"envs/prod.bicepparam", "using '../main.bicep'\nparam a = 2"},
             {"envs/base.bicepparam", "using none\nparam a = 2"},
             {"envs/lost.bicepparam", "using 'lost.bicep'"}}),
      ElementsAre("main.bicep < envs/prod.bicepparam", "main.bicep < main.parameters.dev.json",
                  "main.bicep < main.parameters.json"));
}

TEST(Deployments, AreOfTemplatesInJsonToo) {
  const std::string json = R"({"$schema": "x/deploymentTemplate.json#", "resources": []})";
  EXPECT_THAT(Found({{"azuredeploy.json", json},
                     {"azuredeploy.parameters.json", std::string(kValues)},
                     {"main.bicep", "module a 'modules/a.json' = {}"},
                     {"main.json", json},
                     {"modules/a.json", json}}),
              ElementsAre("azuredeploy.json < azuredeploy.parameters.json", "main.bicep"));
}

TEST(Deployments, MayBeOfModulesToo) {
  EXPECT_THAT(Found({{"main.bicep", "module a 'a.bicep' = {}"},
                     {"a.bicep", "param a int"},
                     {"a.bicepparam", "using 'a.bicep'\nparam a = 2"}}),
              ElementsAre("a.bicep < a.bicepparam", "main.bicep"));
}

}  // namespace
}  // namespace restorable::bicep
