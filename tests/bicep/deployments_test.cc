#include "bicep/deployments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "deployment.h"

namespace restorable::bicep {
namespace {

using testing::ElementsAre;
using Texts = std::map<std::string, std::string>;

// "template < values < what was given", of each.
std::vector<std::string> Found(const Texts& texts, const std::vector<Assignment>& given = {}) {
  const Outcome run(texts);
  Library library(run.reader, run.limits);
  std::vector<std::string> paths;
  for (const auto& [path, text] : texts) paths.push_back(path);
  std::vector<std::string> found;
  for (const Deployment& deployment : FindDeployments(library, paths, given)) {
    found.push_back(deployment.root->path);
    if (deployment.arguments != nullptr) found.back() += " < " + deployment.arguments->path;
    for (const std::size_t i : deployment.given)
      found.back() += " < " + given[i].path + given[i].name;
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

TEST(Deployments, TakeGivenValuesThatTheyDeclare) {
  EXPECT_THAT(Found({{"a.bicep", "param a int"},
                     {"a.parameters.json", std::string(kValues)},
                     {"ab.bicep", "param A int\nparam b int\nmodule m 'module.bicep' = {}"},
                     {"module.bicep", "param b int"}},
                    {{"", "a", "1"}, {"", "b", "2"}, {"", "c", "3"}}),
              ElementsAre("a.bicep < a.parameters.json < a", "ab.bicep < a < b"));
}

TEST(Deployments, TakeAGivenFileInsteadOfThoseFound) {
  const std::string bare = R"({"a": {"value": 1}})";
  const Texts texts{{"a.bicep", "param a int"},
                    {"a.dev.bicepparam", "using 'a.bicep'\nparam a = 2"},
                    {"a.parameters.json", std::string(kValues)},
                    {"b.bicep", "param a int\nparam b int"},
                    {"c.bicep", "param c int"},
                    {"elsewhere/values.json", bare}};
  EXPECT_THAT(
      Found(texts, {{"elsewhere/values.json", "", ""}}),
      ElementsAre("a.bicep < elsewhere/values.json", "b.bicep < elsewhere/values.json", "c.bicep"));
  EXPECT_THAT(Found(texts, {{"a.dev.bicepparam", "", ""}, {"", "a", "3"}}),
              ElementsAre("a.bicep < a.dev.bicepparam < a", "b.bicep < a", "c.bicep"));
}

TEST(Deployments, AreOfAModuleIfAGivenFileSaysSo) {
  const Texts texts{{"main.bicep", "module a 'a.bicep' = {}"}, {"a.bicep", "param a int"}};
  Texts with_values = texts;
  with_values["values/a.bicepparam"] = "using '../a.bicep'\nparam a = 2";
  EXPECT_THAT(Found(with_values, {{"values/a.bicepparam", "", ""}}),
              ElementsAre("a.bicep < values/a.bicepparam", "main.bicep"));
}

TEST(Deployments, MayBeOfModulesToo) {
  EXPECT_THAT(Found({{"main.bicep", "module a 'a.bicep' = {}"},
                     {"a.bicep", "param a int"},
                     {"a.bicepparam", "using 'a.bicep'\nparam a = 2"}}),
              ElementsAre("a.bicep < a.bicepparam", "main.bicep"));
}

}  // namespace
}  // namespace restorable::bicep
