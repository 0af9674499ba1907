#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "value/json.h"
#include "world.h"

namespace restorable::policy {
namespace {

using testing::HasSubstr;

constexpr std::string_view kHead =
    "apiVersion: restorable.dev/v1\nkind: Lowering\nmetadata: {name: l}\nspec:\n  resources:\n"
    "    - match: {kubernetes: [{apiGroups: [example.com], kinds: [Cluster]}]}\n";
constexpr std::string_view kCluster =
    "      type: Example/clusters\n"
    "      name: object.metadata.?name\n"
    "      id: \"'/clusters/' + object.metadata.name\"\n"
    "      body:\n"
    "        location: object.spec.?location\n"
    "        properties:\n"
    "          state: \"object.spec.?public.orValue(false) == true ? 'Open' : 'Closed'\"\n"
    "          network: {type: object.spec.?network}\n";
constexpr std::string_view kPools =
    "      forEach: object.spec.pools\n"
    "      type: Example/clusters/pools\n"
    "      name: item.?name\n"
    "      id: \"'/pools/' + item.name\"\n"
    "      parent: \"'/clusters/' + object.metadata.name\"\n"
    "      body: {properties: {size: item.?size}}\n";
constexpr std::string_view kObject =
    "apiVersion: example.com/v1\nkind: Cluster\nmetadata: {name: shop}\nspec:\n"
    "  location: north\n  public: true\n"
    "  pools:\n    - {name: a, size: 1}\n    - name: b\n";

std::string AzureRule(std::string_view type, std::string_view check) {
  std::string rule = RuleText(check);
  const std::string_view match = "{kubernetes: [{apiGroups: ['*'], kinds: [Thing]}]}";
  rule.replace(rule.find(match), match.size(), "{azure: [" + std::string(type) + "]}");
  return rule;
}

class LoweringTest : public testing::Test {
 protected:
  void Load(std::string lowering, std::string rule) {
    loaded_ = LoadTexts({{"l.yaml", std::move(lowering)}, {"r.yaml", std::move(rule)}});
    ASSERT_EQ(Show(loaded_.diagnostics, *loaded_.rules), "");
    world_ = std::make_unique<World>(*loaded_.rules);
  }
  std::string Bodies(std::string_view type) { return ToJson(world_->deployment().List(type)); }

  RuleSet::LoadResult loaded_;
  std::unique_ptr<World> world_;
};

TEST_F(LoweringTest, MakesTheShapeThatRulesSee) {
  Load(std::string(kHead) + std::string(kCluster), RuleText("assert: 'true'"));
  world_->Add("a.yaml", std::string(kObject));
  world_->Deploy();
  EXPECT_EQ(Bodies("example/CLUSTERS"),
            R"([{"name":"shop","id":"/clusters/shop","location":"north",)"
            R"("properties":{"state":"Open"}}])");
}

TEST_F(LoweringTest, MakesSeveralOfOneObject) {
  Load(std::string(kHead) + std::string(kPools), RuleText("assert: 'true'"));
  world_->Add("a.yaml", std::string(kObject));
  world_->Deploy();
  EXPECT_EQ(Bodies("Example/clusters/pools"),
            R"([{"name":"a","id":"/pools/a","parent":"/clusters/shop","properties":{"size":1}},)"
            R"({"name":"b","id":"/pools/b","parent":"/clusters/shop","properties":{}}])");
}

TEST_F(LoweringTest, FindingsPointToWhatWasWritten) {
  Load(std::string(kHead) + std::string(kCluster),
       AzureRule("Example/clusters", "assert: object.location != 'north'\nat: object.location"));
  world_->Add("a.yaml", std::string(kObject));
  world_->Deploy();
  EXPECT_EQ(world_->Findings(), "a.yaml:5:13: violated ORG1: Something is wrong\n");
}

TEST_F(LoweringTest, WhatIsComputedStandsWhereItComesFrom) {
  Load(std::string(kHead) + std::string(kCluster),
       AzureRule("Example/clusters",
                 "assert: object.properties.state != 'Open'\nat: object.properties.state"));
  world_->Add("a.yaml", std::string(kObject));
  world_->Deploy();
  EXPECT_EQ(world_->Findings(), "a.yaml:6:11: violated ORG1: Something is wrong\n");
}

TEST_F(LoweringTest, FindingsNameThePartTheyAreAbout) {
  Load(std::string(kHead) + std::string(kPools),
       AzureRule("Example/clusters/pools",
                 "assert: has(object.properties.size)\nat: object.properties.size"));
  world_->Add("a.yaml", std::string(kObject));
  world_->Deploy();
  const auto& findings = world_->Finished();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].resource_type, "Example/clusters/pools");
  EXPECT_EQ(findings[0].resource_address, "Cluster/shop/b");
  EXPECT_EQ(world_->File(FileId{0}).PositionAt(findings[0].range.begin).line, 9U);
}

TEST_F(LoweringTest, LinksChildrenToTheirParents) {
  std::string both(kHead);
  both += kCluster;
  both += "    - match: {kubernetes: [{apiGroups: [example.com], kinds: [Cluster]}]}\n";
  both += kPools;
  Load(both, AzureRule("Example/clusters",
                       "assert: resources.children('Example/clusters/pools', object).size() == 3\n"
                       "message: \"string(resources.children('Example/clusters/pools', "
                       "object).map(p, p.name).join(' '))\""));
  world_->Add("a.yaml", std::string(kObject));
  world_->Deploy();
  EXPECT_EQ(world_->Findings(), "a.yaml:3:18: violated ORG1: a b\n");
}

TEST_F(LoweringTest, IsSaidWhenItFails) {
  Load(std::string(kHead) + std::string(kCluster),
       AzureRule("Example/clusters", "assert: object.location == 'south'"));
  world_->Add("a.yaml",
              "apiVersion: example.com/v1\nkind: Cluster\nmetadata: {name: shop}\nspec: 3\n");
  world_->Deploy();
  EXPECT_THAT(world_->Findings(), HasSubstr("undetermined ORG1"));
  EXPECT_THAT(world_->Messages(),
              HasSubstr("a.yaml:3:18: Cluster/shop cannot be read as `Example/clusters`: "));
}

TEST_F(LoweringTest, OfAnUnknownNumberIsOpen) {
  Load(std::string(kHead) + std::string(kPools),
       AzureRule("Example/clusters/pools", "assert: object.properties.size == 1"));
  world_->Add("a.yaml",
              "apiVersion: example.com/v1\nkind: Cluster\nmetadata: {name: shop}\n"
              "spec:\n  pools: {{ .Values.pools }}\n");
  world_->Deploy();
  EXPECT_EQ(Bodies("Example/clusters/pools"), R"([{"$unknown":"template {{ .Values.pools }}"}])");
  EXPECT_THAT(world_->Findings(), HasSubstr("waits for {{ .Values.pools }}"));
}

TEST_F(LoweringTest, UnwrapsObjectsWithinObjects) {
  Load(std::string(kHead) + "      unwrap: object.spec.?resources.orValue([])\n",
       RuleText("assert: object.spec.m == 2\nat: object.spec.m"));
  world_->Add("a.yaml",
              "apiVersion: example.com/v1\nkind: Cluster\nmetadata: {name: shop}\nspec:\n"
              "  resources:\n    - apiVersion: example.com/v1\n      kind: Thing\n"
              "      metadata: {name: inner}\n      spec: {m: 1}\n"
              "    - {apiVersion: example.com/v1, metadata: {name: broken}}\n");
  world_->Deploy();
  const auto& findings = world_->Finished();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].resource_address, "Thing/inner");
  EXPECT_EQ(world_->File(FileId{0}).PositionAt(findings[0].range.begin).line, 9U);
  EXPECT_THAT(world_->Messages(), HasSubstr("a.yaml:10:8: the object has an `apiVersion`"));
}

TEST_F(LoweringTest, LowersWhatWasBefore) {
  Load(std::string(kHead) + std::string(kCluster),
       AzureRule("Example/clusters",
                 "when: resource.operation == 'UPDATE'\n"
                 "assert: object.properties.state == oldObject.properties.state\n"
                 "message: \"oldObject.name + ' was ' + oldObject.properties.state\""));
  world_->Add("old.yaml",
              "apiVersion: example.com/v1\nkind: Cluster\nmetadata: {name: old}\nspec: {}\n");
  const Value old = world_->resources()[0].body;
  const MapEntry update[] = {{Value::String("operation"), Value::String("UPDATE")}};
  world_->Add("a.yaml", std::string(kObject));
  world_->Review(Value::Map(world_->arena(), update), old);
  EXPECT_EQ(world_->Findings(), "a.yaml:3:18: violated ORG1: old was Closed\n");
}

TEST_F(LoweringTest, FindsWhatWasBeforeByItsName) {
  Load(std::string(kHead) + std::string(kPools),
       AzureRule("Example/clusters/pools",
                 "when: resource.operation == 'UPDATE'\n"
                 "assert: object.properties.?size == oldObject.properties.?size\n"
                 "message: \"'size of ' + object.name\""));
  world_->Add("old.yaml",
              "apiVersion: example.com/v1\nkind: Cluster\nmetadata: {name: shop}\nspec:\n"
              "  pools:\n    - {name: c, size: 1}\n    - {name: a, size: 2}\n");
  const Value old = world_->resources()[0].body;
  const MapEntry update[] = {{Value::String("operation"), Value::String("UPDATE")}};
  world_->Add("a.yaml", std::string(kObject));
  world_->Review(Value::Map(world_->arena(), update), old);
  EXPECT_EQ(world_->Findings(),
            "a.yaml:8:14: violated ORG1: size of a\n"
            "a.yaml:9:13: undetermined ORG1: size of b\n  waits for oldObject\n");
}

}  // namespace
}  // namespace restorable::policy
