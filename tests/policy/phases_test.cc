// What is settled on the object alone, and what waits for the deployment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "world.h"

namespace restorable::policy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kThing =
    "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {class: fast, m: 1}\n";
constexpr std::string_view kClass =
    "apiVersion: example.com/v1\nkind: Class\nmetadata: {name: fast}\nsku: ultra\n";

class PhasesTest : public testing::Test {
 protected:
  void Load(std::string_view check) {
    loaded_ = LoadTexts({{"r.yaml", RuleText(check)}});
    ASSERT_EQ(Show(loaded_.diagnostics, *loaded_.rules), "");
    world_ = std::make_unique<World>(*loaded_.rules);
  }

  RuleSet::LoadResult loaded_;
  std::unique_ptr<World> world_;
};

TEST_F(PhasesTest, JudgesAnObjectAtOnce) {
  Load("assert: object.spec.m == 2");
  EXPECT_THAT(world_->Add("a.yaml", std::string(kThing)), ElementsAre(false));
  EXPECT_EQ(world_->Finished().size(), 1U);
}

TEST_F(PhasesTest, KeepsNothingThatNoRuleIsAbout) {
  Load("assert: object.spec.m == 2");
  EXPECT_THAT(world_->Add("a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"),
              ElementsAre(false));
}

TEST_F(PhasesTest, KeepsWhatWaitsAndWhatIsLookedUp) {
  Load("assert: resources.find('Class', object.spec.class).hasValue()");
  EXPECT_THAT(world_->Add("a.yaml", std::string(kThing)), ElementsAre(true));
  EXPECT_THAT(world_->Add("b.yaml", std::string(kClass)), ElementsAre(true));
  EXPECT_EQ(world_->Findings(), "");
  world_->Deploy();
  EXPECT_EQ(world_->Findings(), "");
}

constexpr std::string_view kFilter =
    "apiVersion: restorable.dev/v1\nkind: Library\nmetadata: {name: l}\nspec:\n  lookups:\n"
    "    - match: {kubernetes: [{apiGroups: [example.com], kinds: [Class]}]}\n"
    "      when: object.sku == 'ultra'\n";

TEST_F(PhasesTest, KeepsWhatOthersMayLookUp) {
  loaded_ = LoadTexts(
      {{"r.yaml", RuleText("assert: resources.find('Class', object.spec.class).hasValue()")},
       {"l.yaml", std::string(kFilter)}});
  ASSERT_EQ(Show(loaded_.diagnostics, *loaded_.rules), "");
  World world(*loaded_.rules);
  const auto class_of = [](std::string_view fields) {
    return "apiVersion: example.com/v1\nkind: Class\nmetadata: {name: c}\n" + std::string(fields);
  };
  EXPECT_THAT(world.Add("a.yaml", class_of("sku: ultra\n")), ElementsAre(true));
  EXPECT_THAT(world.Add("b.yaml", class_of("sku: premium\n")), ElementsAre(false));
  // What cannot be told of the object alone keeps it.
  EXPECT_THAT(world.Add("c.yaml", class_of("other: 1\n")), ElementsAre(true));
}

TEST_F(PhasesTest, LeavesOutWhatHasNoItemsOrPassesWhateverTheRestSays) {
  Load(
      "forEach: object.spec.?items.orValue([])\n"
      "assert: resources.find('Class', item).hasValue()");
  EXPECT_THAT(world_->Add("a.yaml", std::string(kThing)), ElementsAre(false));
  Load("when: resources.list('Class').size() > 0\nassert: object.spec.m == 1");
  EXPECT_THAT(world_->Add("a.yaml", std::string(kThing)), ElementsAre(false));
}

TEST_F(PhasesTest, SeesWhatItLooksUp) {
  Load(
      "variables: {class: \"resources.find('Class', object.spec.class)\"}\n"
      "assert: variables.class.?sku.orValue('') != 'ultra'\nat: object.spec.class\n"
      "message: \"'class is ' + string(variables.class.?sku.orValue('missing'))\"\n"
      "notes: [{at: variables.class.sku, text: \"'written here'\"}]");
  world_->Add("a.yaml", std::string(kThing));
  world_->Add("b.yaml", std::string(kClass));
  world_->Deploy();
  EXPECT_EQ(world_->Findings(),
            "a.yaml:4:15: violated ORG1: class is ultra\n  b.yaml:4:6: written here\n");
}

TEST_F(PhasesTest, RulesOutByLocalGuards) {
  Load("when: object.spec.m == 2\nassert: resources.list('Class').size() > 0");
  EXPECT_THAT(world_->Add("a.yaml", std::string(kThing)), ElementsAre(false));
}

TEST_F(PhasesTest, RulesOutBeforeAMessageThatLooksAround) {
  Load("assert: object.spec.m == 1\nmessage: \"'of ' + string(resources.list('Thing').size())\"");
  EXPECT_THAT(world_->Add("a.yaml", std::string(kThing)), ElementsAre(true));  // it is looked up
  Load("assert: object.spec.m == 1\nmessage: \"'of ' + string(resources.list('Class').size())\"");
  EXPECT_THAT(world_->Add("a.yaml", std::string(kThing)), ElementsAre(false));
  Load("assert: object.spec.m == 2\nmessage: \"'of ' + string(resources.list('Class').size())\"");
  EXPECT_THAT(world_->Add("a.yaml", std::string(kThing)), ElementsAre(true));
  EXPECT_EQ(world_->Findings(), "");
  world_->Deploy();
  EXPECT_EQ(world_->Findings(), "a.yaml:3:18: violated ORG1: of 0\n");
}

TEST_F(PhasesTest, KeepsEverythingForAKindThatIsComputed) {
  Load("assert: resources.list(object.spec.class).size() == 0");
  EXPECT_THAT(world_->Add("a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"),
              ElementsAre(true));
}

TEST_F(PhasesTest, KnowsTheNamespaceOfTheDeployment) {
  Load("assert: namespaceObject.metadata.labels.tier == 'prod'");
  std::string thing(kThing);
  thing.replace(thing.find("{name: t}"), 9, "{name: t, namespace: shop}");
  EXPECT_THAT(world_->Add("a.yaml", thing), ElementsAre(true));
  EXPECT_THAT(world_->Add("b.yaml",
                          "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, "
                          "labels: {tier: test}}\n"),
              ElementsAre(true));
  world_->Deploy();
  EXPECT_EQ(world_->Findings(), "a.yaml:3:18: violated ORG1: Something is wrong\n");
}

TEST_F(PhasesTest, DoesNotKnowANamespaceThatIsElsewhere) {
  Load("assert: namespaceObject.metadata.labels.tier == 'prod'");
  std::string thing(kThing);
  thing.replace(thing.find("{name: t}"), 9, "{name: t, namespace: shop}");
  world_->Add("a.yaml", thing);
  world_->Deploy();
  EXPECT_EQ(world_->Findings(),
            "a.yaml:3:18: undetermined ORG1: Something is wrong\n  waits for Namespace shop\n");
}

TEST_F(PhasesTest, FindsTheNearestOfSeveral) {
  Load("assert: resources.find('Class', object.spec.class).?sku.orValue('') == 'ultra'");
  std::string other(kClass);
  other.replace(other.find("ultra"), 5, "basic");
  world_->Add("apps/a/thing.yaml", std::string(kThing));
  world_->Add("apps/b/thing.yaml", std::string(kThing));
  world_->Add("thing.yaml", std::string(kThing));
  world_->Add("apps/a/class.yaml", std::string(kClass));
  world_->Add("apps/b/class.yaml", other);
  world_->Deploy();
  EXPECT_EQ(world_->Findings(),
            "apps/b/thing.yaml:3:18: violated ORG1: Something is wrong\n"
            "thing.yaml:3:18: undetermined ORG1: Something is wrong\n"
            "  waits for Class/fast\n");
}

// Looks at all others, five times.
constexpr std::string_view kOthers =
    "variables: {a: others(), b: others(), c: others(), d: others(), e: others()}\n"
    "assert: variables.a + variables.b + variables.c + variables.d + variables.e == 1000";

// 200 things with that condition on what counts as another one.
std::string JudgeOthers(std::string_view condition) {
  const RuleSet::LoadResult loaded = LoadTexts(
      {{"r.yaml", RuleText(kOthers)},
       {"l.yaml",
        "apiVersion: restorable.dev/v1\nkind: Library\nmetadata: {name: l}\nspec:\n  functions:\n"
        "    others:\n      params: []\n      expression: resources.list('Thing').filter(t, " +
            std::string(condition) + ").size()\n"}});
  EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
  Limits limits;
  limits.kind_cost = 200'000;
  limits.least_part = 100;
  World world(*loaded.rules, limits);
  std::string things;
  for (int i = 0; i < 200; ++i) things += "---\n" + std::string(kThing);
  world.Add("a.yaml", things);
  world.Deploy();
  std::string said = world.Findings();
  said += world.Messages();
  return said;
}

TEST_F(PhasesTest, EvaluatesOnceWhatLooksAtTheDeploymentOnly) {
  EXPECT_EQ(JudgeOthers("t.spec.m == 1"), "");
}

TEST_F(PhasesTest, GivesUpWhereEverythingLooksAtEverything) {
  EXPECT_THAT(JudgeOthers("t.spec.m == object.spec.m"),
              HasSubstr("rule ORG1 cannot judge Thing/t: "));
}

// --- Admission
// -------------------------------------------------------------------------------------

TEST_F(PhasesTest, AReviewHasNothingButTheObject) {
  Load("assert: resources.find('Class', object.spec.class).hasValue()");
  world_->Add("a.yaml", std::string(kThing));
  world_->Review(Value::Map(world_->arena(), {}));
  EXPECT_EQ(world_->Findings(), "a.yaml:3:18: violated ORG1: Something is wrong\n");
  Load("assert: resources.list('Class').size() > 0");
  world_->Add("a.yaml", std::string(kThing));
  world_->Review(Value::Map(world_->arena(), {}));
  EXPECT_EQ(world_->Findings(),
            "a.yaml:3:18: undetermined ORG1: Something is wrong\n"
            "  waits for the cluster's objects of kind Class\n");
}

TEST_F(PhasesTest, AReviewHasTheRequestAndTheOldObject) {
  Load(
      "assert: resource.mode == 'admission' && request.operation == 'UPDATE' && oldObject == "
      "null");
  world_->Add("a.yaml", std::string(kThing));
  EXPECT_EQ(world_->Findings(), "a.yaml:3:18: violated ORG1: Something is wrong\n");
  Load("assert: resource.mode != 'admission' || request.operation == 'CREATE'");
  world_->Add("a.yaml", std::string(kThing));
  const MapEntry operation[] = {{Value::String("operation"), Value::String("UPDATE")}};
  world_->Review(
      Value::Map(world_->arena(), world_->arena().Copy(std::span<const MapEntry>(operation))));
  EXPECT_EQ(world_->Findings(), "a.yaml:3:18: violated ORG1: Something is wrong\n");
}

TEST_F(PhasesTest, AScanHasNoRequest) {
  Load("assert: request.operation == 'CREATE' && oldObject == null");
  world_->Add("a.yaml", std::string(kThing));
  EXPECT_EQ(world_->Findings(),
            "a.yaml:3:18: undetermined ORG1: Something is wrong\n"
            "  waits for oldObject\n  waits for request\n");
}

TEST_F(PhasesTest, RulesThatAreNotForAdmissionStayOut) {
  loaded_ =
      LoadTexts({{"r.yaml", RuleText("assert: resource.mode == 'scan'", "  admission: false\n")}});
  world_ = std::make_unique<World>(*loaded_.rules);
  world_->Add("a.yaml", std::string(kThing));
  world_->Review(Value::Map(world_->arena(), {}));
  EXPECT_EQ(world_->Findings(), "");
}

}  // namespace
}  // namespace restorable::policy
