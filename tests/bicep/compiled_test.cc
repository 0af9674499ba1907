// Bicep and the JSON that its compiler makes of it deploy the same, also where not all is known.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "deployment.h"

namespace restorable::bicep {
namespace {

using Texts = std::map<std::string, std::string>;

struct Pair {
  std::string_view name;
  std::string_view bicep;
  std::string_view json;  // without `$schema`
  std::string_view schema = "deploymentTemplate.json";
};

// The first resource has what is compared in its property `x`.
constexpr Pair kPairs[] = {
    {"ExistingInAnotherGroup",
     R"(targetScope = 'subscription'
        resource msi 'A.B/ids@2024-01-01' existing = {
          name: 'msi'
          scope: resourceGroup('g')
        }
        resource r 'A.B/c@2024-01-01' = { name: 'r', x: guid(msi.properties.principalId) })",
     R"("languageVersion": "2.0", "resources": {
          "msi": {"existing": true, "type": "A.B/ids", "apiVersion": "2024-01-01", "name": "msi",
                  "resourceGroup": "g"},
          "r": {"type": "A.B/c", "apiVersion": "2024-01-01", "name": "r",
                "x": "[guid(reference('msi').principalId)]"}})",
     "subscriptionDeploymentTemplate.json"},
    {"MemberOfWhatMayNotBeCreated",
     R"(param make bool
        resource v 'A.B/vs@2024-01-01' = if (make) { name: 'v', properties: { size: 'big' } }
        resource r 'A.B/c@2024-01-01' = {
          name: take('${v.?properties.size ?? 'none'}-r', 9)
        })",
     R"("languageVersion": "2.0", "parameters": {"make": {"type": "bool"}}, "resources": {
          "v": {"condition": "[parameters('make')]", "type": "A.B/vs", "apiVersion": "2024-01-01",
                "name": "v", "properties": {"size": "big"}},
          "r": {"type": "A.B/c", "apiVersion": "2024-01-01",
                "name": "[take(format('{0}-r', coalesce(tryGet(if(parameters('make'),
 reference('v'), null()), 'size'), 'none')), 9)]"}})"},
    {"ItemOfAnUnknownNumber",
     R"(param names array
        param at int
        resource v 'A.B/vs@2024-01-01' = [for name in names: {
          name: name
          properties: { size: 'big' }
        }]
        resource r 'A.B/c@2024-01-01' = { name: 'r', x: v[at].properties.size })",
     R"("languageVersion": "2.0",
        "parameters": {"names": {"type": "array"}, "at": {"type": "int"}}, "resources": {
          "v": {"copy": {"name": "v", "count": "[length(parameters('names'))]"}, "type": "A.B/vs",
                "apiVersion": "2024-01-01", "name": "[parameters('names')[copyIndex()]]",
                "properties": {"size": "big"}},
          "r": {"type": "A.B/c", "apiVersion": "2024-01-01", "name": "r",
                "x": "[reference(format('v[{0}]', parameters('at'))).size]"}})"},
    {"NameInParts",
     R"(param name string
        resource v 'A.B/vs/ws@2024-01-01' existing = { name: '${name}/w' }
        resource r 'A.B/c@2024-01-01' = { name: 'r', x: v.id })",
     R"("parameters": {"name": {"type": "string"}}, "resources": [
          {"type": "A.B/c", "apiVersion": "2024-01-01", "name": "r",
           "x": "[resourceId('A.B/vs/ws', split(format('{0}/w', parameters('name')), '/')[0],
 split(format('{0}/w', parameters('name')), '/')[1])]"}])"},
    {"GroupOfAModule",
     R"(param group string
        module m 'module.bicep' = { name: 'm', scope: resourceGroup(group) })",
     R"("parameters": {"group": {"type": "string"}}, "resources": [
          {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m",
           "resourceGroup": "[parameters('group')]",
           "properties": {"expressionEvaluationOptions": {"scope": "inner"}, "template": {
             "resources": [{"type": "A.B/c", "apiVersion": "2024-01-01", "name": "r",
                            "x": "[split(resourceGroup().id, '/')[3]]"}]}}}])"},
    {"ManagementGroup",
     R"(targetScope = 'managementGroup'
        resource r 'A.B/c@2024-01-01' = { name: 'r', scope: managementGroup('other') })",
     R"("resources": [{"type": "A.B/c", "apiVersion": "2024-01-01", "name": "r",
                       "scope": "Microsoft.Management/managementGroups/other"}])",
     "managementGroupDeploymentTemplate.json"},
    {"AzureItself", R"(resource r 'az:A.B/c@2024-01-01' = { name: 'r', x: 1 })",
     R"("languageVersion": "2.1-experimental", "resources": {
          "r": {"extension": "az", "type": "A.B/c", "apiVersion": "2024-01-01", "name": "r",
                "x": 1}})"},
    {"TemplateThatIsLoaded",
     R"(resource m 'Microsoft.Resources/deployments@2022-09-01' = {
          name: 'm'
          properties: { template: loadJsonContent('other.json'), parameters: { p: { value: 1 } } }
        })",
     R"("variables": {"t": {"resources": [{"type": "A.B/c", "apiVersion": "2024-01-01",
                                           "name": "[[string(parameters('p'))]"}]}}, "resources": [
          {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m",
           "properties": {"template": "[variables('t')]", "parameters": {"p": {"value": 1}}}}])"},
};

constexpr std::string_view kModule =
    "resource r 'A.B/c@2024-01-01' = {\n"
    "  name: 'r'\n"
    "  x: split(resourceGroup().id, '/')[3]\n"
    "}\n";

// Type, condition and body of what is deployed.
std::vector<std::string> Deployed(const std::string& main, std::string_view text) {
  const arm::FileTree files(Texts{{main, std::string(text)},
                                  {"module.bicep", std::string(kModule)},
                                  {"other.json", R"({"resources": [{"type": "A.B/c",
                                    "apiVersion": "2024-01-01",
                                    "name": "[string(parameters('p'))]"}]})"}});
  const Files reader{.read = [&](std::string_view path) { return files.Find(path); },
                     .list = nullptr};
  const Limits limits;
  Library library(reader, limits);
  Arena arena;
  OriginTable origins;
  const arm::Deployed deployed = arm::Deploy(
      {.root = library.Get(main)},
      [&](const arm::Template& from, std::string_view link) { return library.Load(from, link); },
      arena, origins, limits);
  std::vector<std::string> lines;
  for (const arm::Instance& instance : deployed.instances) {
    const bool call = instance.kind == arm::Instance::Kind::kModuleCall;
    lines.push_back(std::string(call ? "a module" : instance.type) + " if " +
                    ToJson(instance.condition) + " " + ToJson(instance.body));
  }
  return lines;
}

TEST(Compiled, DeploysTheSame) {
  for (const Pair& pair : kPairs) {
    const std::string json = R"({"$schema": "https://x/)" + std::string(pair.schema) + "\", " +
                             std::string(pair.json) + "}";
    const std::vector<std::string> from_bicep = Deployed("main.bicep", pair.bicep);
    EXPECT_THAT(from_bicep, testing::Not(testing::IsEmpty())) << pair.name;
    EXPECT_THAT(Deployed("main.json", json), testing::UnorderedElementsAreArray(from_bicep))
        << pair.name;
  }
}

TEST(Compiled, ReadsNullFromWhatMayNotBeCreated) {
  const auto lines = [](std::string_view reading) {
    return Deployed("main.bicep",
                    "param make bool\n"
                    "resource v 'A.B/vs@2024-01-01' = if (make) {\n"
                    "  name: 'v'\n  properties: { size: 'big' }\n}\n"
                    "resource r 'A.B/c@2024-01-01' = { name: 'r', x: " +
                        std::string(reading) + " }\n")
        .back();
  };
  EXPECT_THAT(lines("v.?properties.size ?? 'none'"),
              testing::HasSubstr(R"("x":{"$unknown":"no-default parameter make"})"));
  EXPECT_THAT(lines("v!.properties.size"), testing::HasSubstr(R"("x":"big")"));
}

TEST(Compiled, KeepsNamesThatAreSecretsSecretInIds) {
  const std::vector<std::string> lines =
      Deployed("main.bicep",
               "@secure()\nparam word string = 'hunter2'\n"
               "resource r 'A.B/c/d@2024-01-01' = { name: 'a/${word}' }\n");
  EXPECT_THAT(lines, testing::Each(testing::Not(testing::HasSubstr("hunter2"))));
}

TEST(Compiled, HidesOfAnObjectOnlyWhatIsSecret) {
  const std::vector<std::string> lines =
      Deployed("main.bicep",
               "type account = {\n  name: string\n  @secure()\n  key: string\n}\n"
               "param one account = { name: 'a', key: 'hunter2' }\n"
               "resource r 'A.B/c@2024-01-01' = {\n  name: 'r'\n  first: first([one])!.name\n"
               "  key: first([one])!.key\n  text: string(one)\n  empty: empty(one)\n}\n");
  ASSERT_THAT(lines, testing::SizeIs(1));
  EXPECT_THAT(lines[0], testing::Not(testing::HasSubstr("hunter2")));
  EXPECT_THAT(lines[0], testing::HasSubstr(R"("first":"a")"));
  EXPECT_THAT(lines[0], testing::HasSubstr(R"x("key":"(sensitive)","text":"(sensitive)")x"));
  EXPECT_THAT(lines[0], testing::HasSubstr(R"("empty":false)"));
}

}  // namespace
}  // namespace restorable::bicep
