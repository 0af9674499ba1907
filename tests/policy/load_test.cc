// What is said of rules that are not as they should be, and where.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "policy/rule_set.h"
#include "world.h"

namespace restorable::policy {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

std::string Load(std::string text) {
  const RuleSet::LoadResult loaded = LoadTexts({{"r.yaml", std::move(text)}});
  return Show(loaded.diagnostics, *loaded.rules);
}

std::string LoadCheck(std::string_view check, std::string_view spec = "") {
  return Load(RuleText(check, spec));
}

std::string LoadLibrary(std::string_view spec) {
  return Load("apiVersion: restorable.dev/v1\nkind: Library\nmetadata: {name: l}\nspec:\n" +
              std::string(spec));
}

TEST(LoadTest, TakesAGoodRule) {
  const auto loaded = LoadTexts(
      {{"r.yaml", RuleText("assert: object.spec.size == 1", "  docs: https://example.com\n")}});
  EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
  const Rule* const rule = loaded.rules->Find("org1");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule, loaded.rules->Find("first"));
  EXPECT_EQ(rule->title, "Something is wrong");
  EXPECT_EQ(rule->docs, "https://example.com");
  EXPECT_EQ(rule->checks.size(), 1U);
  EXPECT_TRUE(rule->enabled);
  EXPECT_EQ(loaded.rules->Find("ORG2"), nullptr);
}

TEST(LoadTest, SuggestsTheFieldThatWasMeant) {
  EXPECT_EQ(LoadCheck("asert: 'true'\nassert: 'true'"),
            "r.yaml:10:7: error: a check has no field `asert`; did you mean `assert`?\n");
  EXPECT_EQ(LoadCheck("assert: 'true'", "  remedy: x\n"),
            "r.yaml:8:3: error: a rule has no field `remedy`\n");
}

TEST(LoadTest, SaysWhatIsMissing) {
  EXPECT_EQ(LoadCheck("at: object.spec"), "r.yaml:9:7: error: a check needs a field `assert`\n");
  EXPECT_THAT(Load("apiVersion: restorable.dev/v1\nkind: Rule\nmetadata: {id: ORG1, name: a}\n"),
              HasSubstr("a file of rules needs a field `spec`"));
  EXPECT_THAT(
      Load("apiVersion: restorable.dev/v1\nkind: Rule\nmetadata: {id: ORG1, name: a}\nspec: {}\n"),
      HasSubstr("a rule needs a field `title`"));
}

TEST(LoadTest, SaysWhatIsOfTheWrongType) {
  EXPECT_EQ(LoadCheck("assert: true"),
            "r.yaml:10:15: error: `assert` must be a string, this is a bool\n");
  EXPECT_EQ(LoadCheck("assert: 'true'", "  enabled: maybe\n"),
            "r.yaml:8:12: error: `enabled` must be true or false, this is a string\n");
  EXPECT_EQ(LoadCheck("assert: 'true'\nvariables: [a]"),
            "r.yaml:11:18: error: `variables` must be a map, this is a list\n");
  EXPECT_EQ(LoadCheck("assert: 'true'\nwhen: ['true', 3]"),
            "r.yaml:11:22: error: an item of `when` must be a string, this is a number\n");
  EXPECT_EQ(Load("- a\n"), "r.yaml:1:1: error: a file of rules must be a map, this is a list\n");
}

TEST(LoadTest, SaysWhichChoicesThereAre) {
  EXPECT_EQ(Load("apiVersion: restorable.dev/v1\nkind: Rulle\nmetadata: {}\nspec: {}\n"),
            "r.yaml:2:7: error: `Rulle` is no kind; there is `Library`, `Data`, `Lowering`, "
            "`Rule`\n");
  EXPECT_THAT(Load("apiVersion: v1\nkind: Rule\nmetadata: {}\nspec: {}\n"),
              HasSubstr("`v1` is no apiVersion; there is `restorable.dev/v1`"));
}

TEST(LoadTest, RefusesMalformedIdsAndNames) {
  for (const char* id : {"org1", "O1", "ORG", "1ORG", "ORG-1", "ORG1a"}) {
    std::string text = RuleText("assert: 'true'");
    text.replace(text.find("ORG1"), 4, id);
    EXPECT_THAT(Load(text), StartsWith("r.yaml:3:16: error: `" + std::string(id) + "` is no id"));
  }
  for (const char* name : {"First", "-a", "a-", "a--b", "a_b"}) {
    std::string text = RuleText("assert: 'true'");
    text.replace(text.find("first"), 5, name);
    EXPECT_THAT(Load(text), HasSubstr("`" + std::string(name) + "` is no name")) << name;
  }
}

TEST(LoadTest, RefusesASecondRuleOfTheSameIdOrName) {
  std::string other = RuleText("assert: 'true'");
  const auto same = LoadTexts({{"a.yaml", RuleText("assert: 'true'")}, {"b.yaml", other}});
  EXPECT_EQ(Show(same.diagnostics, *same.rules),
            "b.yaml:3:16: error: there is a rule `ORG1` already\n");
  other.replace(other.find("ORG1"), 4, "ORG2");
  const auto named = LoadTexts({{"a.yaml", RuleText("assert: 'true'")}, {"b.yaml", other}});
  EXPECT_EQ(Show(named.diagnostics, *named.rules),
            "b.yaml:3:28: error: there is a rule `first` already\n");
}

TEST(LoadTest, BrokenRulesDoNotHideGoodOnes) {
  std::string good = RuleText("assert: 'true'");
  good.replace(good.find("ORG1"), 4, "ORG2");
  good.replace(good.find("first"), 5, "second");
  const auto loaded = LoadTexts({{"a.yaml", RuleText("assert: nonsense(")}, {"b.yaml", good}});
  EXPECT_EQ(loaded.diagnostics.size(), 1U);
  EXPECT_EQ(loaded.rules->rules().size(), 2U);
}

// --- CEL, in the file it stands in
// -----------------------------------------------------------------

TEST(LoadTest, PointsIntoTheExpression) {
  EXPECT_EQ(LoadCheck("assert: object.spec.size == sise"),
            "r.yaml:10:35: error: undeclared variable `sise`\n");
  EXPECT_EQ(LoadCheck("assert: \"object.a == 'x\\ty' && sise\""),
            "r.yaml:10:38: error: undeclared variable `sise`\n");
  EXPECT_THAT(
      LoadCheck("assert: >-\n  object.a == 1\n  && objekt.b == 2"),
      StartsWith("r.yaml:12:12: error: undeclared variable `objekt`; did you mean `object`"));
}

TEST(LoadTest, KnowsTheVariablesOfACheckAndNoOthers) {
  EXPECT_EQ(LoadCheck("variables: {size: object.spec.size}\nassert: variables.size == 1"), "");
  EXPECT_THAT(LoadCheck("variables: {size: object.spec.size}\nassert: variables.sise == "
                        "variables.size"),
              HasSubstr("undeclared variable `variables.sise`; did you mean `variables.size`?"));
  EXPECT_THAT(LoadCheck("variables: {a: variables.b, b: '1'}\nassert: variables.a == variables.b"),
              HasSubstr("undeclared variable `variables`"));
}

TEST(LoadTest, KnowsTheParametersOfARule) {
  constexpr std::string_view kParams = "  params: {most: 3, names: [a]}\n";
  EXPECT_EQ(LoadCheck("assert: object.n in params.names && params.most > 1", kParams), "");
  EXPECT_THAT(LoadCheck("assert: object.n in params.names && params.mots > params.most", kParams),
              HasSubstr("undeclared variable `params.mots`; did you mean `params.most`?"));
  EXPECT_THAT(LoadCheck("assert: params.most == 'a' && 1 in params.names", kParams),
              HasSubstr("`==` does not apply to"));
}

TEST(LoadTest, KnowsItemsOnlyWithForEach) {
  EXPECT_EQ(LoadCheck("forEach: object.list\nassert: item == index"), "");
  EXPECT_THAT(LoadCheck("assert: item == 1"), HasSubstr("undeclared variable `item`"));
  EXPECT_THAT(LoadCheck("forEach: item.list\nassert: item == 1"),
              HasSubstr("`forEach` depends on itself"));
}

TEST(LoadTest, WantsExactTypes) {
  EXPECT_EQ(
      LoadCheck("assert: object.spec.enabled"),
      "r.yaml:10:15: error: `assert` must give `bool`, this gives `dyn`; write `… == true`\n");
  EXPECT_EQ(LoadCheck("assert: \"'a'\""),
            "r.yaml:10:15: error: `assert` must give `bool`, this gives `string`\n");
  EXPECT_THAT(LoadCheck("assert: 'true'\nmessage: 1 + 1"), HasSubstr("must give `string`"));
  EXPECT_THAT(LoadCheck("assert: 'true'\nwhen: object.a"), HasSubstr("`when` must give `bool`"));
  EXPECT_THAT(LoadCheck("forEach: \"'a'\"\nassert: item == 1"), HasSubstr("must give `list`"));
}

TEST(LoadTest, WarnsOfWhatNothingUses) {
  EXPECT_EQ(LoadCheck("variables: {a: '1', b: variables.a + 1}\nassert: 'true'"),
            "r.yaml:10:30: warning: nothing uses the variable `b`\n");
  EXPECT_EQ(LoadCheck("assert: 'true'", "  params: {most: 3}\n"),
            "r.yaml:8:12: warning: nothing uses the parameter `most`\n");
}

TEST(LoadTest, CompilesRulesThatAreOff) {
  EXPECT_THAT(LoadCheck("assert: sise", "  enabled: false\n"), HasSubstr("undeclared variable"));
  EXPECT_THAT(LoadCheck("assert: sise", "  matrix: ['1999-01']\n"),
              HasSubstr("undeclared variable"));
}

// --- Matches and libraries
// -------------------------------------------------------------------------

TEST(LoadTest, SuggestsTheMatchThatWasMeant) {
  std::string rule = RuleText("assert: 'true'");
  rule.replace(rule.find("{apiGroups: ['*'], kinds: [Thing]}"), 34, "workload");
  const auto loaded =
      LoadTexts({{"l.yaml",
                  "apiVersion: restorable.dev/v1\nkind: Library\nmetadata: {name: l}\nspec:\n"
                  "  matches: {workloads: [{apiGroups: [apps], kinds: [Deployment]}]}\n"},
                 {"r.yaml", rule}});
  EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules),
            "r.yaml:9:28: error: no library has a match `workload`; did you mean `workloads`?\n");
}

TEST(LoadTest, RefusesMatchesThatSelectNothing) {
  std::string rule = RuleText("assert: 'true'");
  const std::string_view whole = "{kubernetes: [{apiGroups: ['*'], kinds: [Thing]}]}";
  rule.replace(rule.find(whole), whole.size(), "{}");
  EXPECT_EQ(Load(rule), "r.yaml:9:14: error: the match selects nothing\n");
}

TEST(LoadTest, FindsMatchesThatContainThemselves) {
  EXPECT_THAT(LoadLibrary("  matches: {a: [b], b: [a]}\n"), HasSubstr("contains itself"));
}

TEST(LoadTest, BoundsMatchesWithinMatches) {
  std::string matches = "  matches:\n";
  for (int i = 0; i < 100; ++i) {
    matches += "    m" + std::to_string(100 + i) + ": [m" + std::to_string(101 + i) + "]\n";
  }
  EXPECT_THAT(LoadLibrary(matches), HasSubstr("more than 32 deep"));
}

TEST(LoadTest, TakesLibraryMembersInAnyOrder) {
  EXPECT_EQ(LoadLibrary("  variables: {a: twice(variables.b), b: '2'}\n"
                        "  functions:\n"
                        "    twice: {params: [m], expression: double2(m)}\n"
                        "    double2: {params: [m], expression: m + m}\n"),
            "");
}

TEST(LoadTest, FindsLibraryMembersThatDependOnThemselves) {
  EXPECT_THAT(LoadLibrary("  functions:\n"
                          "    f: {params: [], expression: variables.a}\n"
                          "  variables: {a: f() + 1}\n"),
              StartsWith("r.yaml:6:33: error: `f` depends on itself: `f` uses `a` uses `f`\n"));
}

TEST(LoadTest, FindsMistakesInFunctions) {
  EXPECT_THAT(LoadLibrary("  functions:\n    f: {params: [a], expression: a + lenght(a)}\n"),
              StartsWith("r.yaml:6:38: error: undeclared function `lenght`"));
}

TEST(LoadTest, RefusesSecondMembersOfTheSameName) {
  const std::string library =
      "apiVersion: restorable.dev/v1\nkind: Library\nmetadata: {name: l}\nspec:\n"
      "  variables: {a: '1'}\n  functions: {f: {expression: '1'}}\n  matches: {m: "
      "[{apiGroups: [a], kinds: [B]}]}\n";
  const auto loaded = LoadTexts({{"a.yaml", library}, {"b.yaml", library}});
  const std::string text = Show(loaded.diagnostics, *loaded.rules);
  EXPECT_THAT(text, HasSubstr("there is a library variable `a` already"));
  EXPECT_THAT(text, HasSubstr("there is a function `f` already"));
  EXPECT_THAT(text, HasSubstr("there is a match `m` already"));
}

TEST(LoadTest, OffersDataByTheNameOfItsTable) {
  const std::string data =
      "apiVersion: restorable.dev/v1\nkind: Data\nmetadata: {name: limits}\nspec: {date: "
      "'2025-06-30', most: 3}\n";
  const auto loaded =
      LoadTexts({{"d.yaml", data}, {"r.yaml", RuleText("assert: object.n < data.limits.most")}});
  EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
  EXPECT_EQ(loaded.rules->as_of(), "2025-06-30");
  EXPECT_THAT(LoadCheck("assert: object.n < data.limits.most"), HasSubstr("undeclared variable"));
}

TEST(LoadTest, FindsMistakesInLowerings) {
  const auto lower = [](std::string_view body) {
    return Load(
        "apiVersion: restorable.dev/v1\nkind: Lowering\nmetadata: {name: l}\nspec:\n"
        "  resources:\n    - match: {kubernetes: [{apiGroups: [a], kinds: [B]}]}\n      type: A/b\n"
        "      name: object.name\n      id: object.id\n" +
        std::string(body));
  };
  EXPECT_EQ(lower("      body: {properties: {a: object.a}}\n"), "");
  EXPECT_THAT(lower("      body: {properties: {a: objekt.a}}\n"),
              StartsWith("r.yaml:10:30: error: undeclared variable `objekt`"));
  EXPECT_THAT(lower("      body: {properties: {a: 3}}\n"),
              EndsWith("a leaf of a body must be an expression, this is a number\n"));
}

TEST(LoadTest, KeepsVariablesOfLibrariesAsTheyAre) {
  const std::string library =
      "apiVersion: restorable.dev/v1\nkind: Library\nmetadata: {name: l}\nspec:\n"
      "  variables: {a: object.a}\n";
  const std::string rule =
      RuleText("variables: {a: object.b}\nassert: variables.a == 1\nat: variables.a");
  const auto loaded = LoadTexts({{"a.yaml", library}, {"r.yaml", rule}});
  EXPECT_THAT(Show(loaded.diagnostics, *loaded.rules),
              HasSubstr("r.yaml:10:22: error: there is a library variable `a` already"));
}

TEST(LoadTest, SaysWhichFilesCannotBeRead) {
  RuleSet::Options options{.built_in = false, .paths = {"/nowhere/rules"}};
  const auto loaded = RuleSet::Load(options);
  EXPECT_THAT(Show(loaded.diagnostics, *loaded.rules), StartsWith("error: cannot read /nowhere"));
}

TEST(LoadTest, ReplacesBuiltInDocuments) {
  std::string text = RuleText("assert: 'true'");
  text.replace(text.find("ORG1"), 4, "AKB101");
  text.replace(text.find("first"), 5, "mine");
  const auto refused = LoadTexts({{"r.yaml", text}}, {.built_in = true});
  EXPECT_THAT(Show(refused.diagnostics, *refused.rules),
              HasSubstr("there is a rule `AKB101` already"));
  const auto replaced = LoadTexts({{"r.yaml", text}}, {.built_in = true, .replace = true});
  EXPECT_EQ(Show(replaced.diagnostics, *replaced.rules), "");
  EXPECT_EQ(replaced.rules->Find("AKB101")->name, "mine");
}

TEST(LoadTest, HasAllBuiltInRulesCompiledWithoutAWord) {
  const auto loaded = RuleSet::Load({.compile_all = true});
  EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
  EXPECT_GT(loaded.rules->rules().size(), 60U);
  for (const Rule& rule : loaded.rules->rules()) {
    EXPECT_TRUE(rule.built_in) << rule.id;
    EXPECT_FALSE(rule.remediation.empty()) << rule.id;
    EXPECT_THAT(rule.docs, StartsWith("https://")) << rule.id;
  }
}

}  // namespace
}  // namespace restorable::policy
