#include "policy/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "value/json.h"
#include "world.h"

namespace restorable::policy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ConfigurationTest : public testing::Test {
 protected:
  Configuration Read(std::string text) {
    const SourceFile& file =
        files_.emplace_back(kConfigurationFile, "project/.restorable.yaml", std::move(text));
    ConfigurationResult result = ReadConfiguration(file, arena_, Limits{});
    errors_.clear();
    for (const Diagnostic& diagnostic : result.diagnostics) {
      const Position at = file.PositionAt(diagnostic.range.begin);
      errors_ += std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
                 Message(diagnostic) + "\n";
    }
    return std::move(result.configuration);
  }
  // The rule under a configuration.
  const Rule& Configured(const Configuration& configuration, std::string_view spec = "") {
    loaded_ = LoadTexts({{"r.yaml", RuleText("assert: params.most > 1", spec)}},
                        {.built_in = false, .configuration = configuration});
    return loaded_.rules->rules()[0];
  }

  std::deque<SourceFile> files_;  // the values of configurations point into them
  Arena arena_;
  std::string errors_;
  RuleSet::LoadResult loaded_;
};

constexpr std::string_view kParams = "  params: {most: 3}\n";

TEST_F(ConfigurationTest, ReadsAllThatItKnows) {
  const Configuration configuration = Read(
      "apiVersion: restorable.dev/v1\nkind: Configuration\n"
      "matrix: \"2026-01\"\npreset: strict\nfailOn: warning\nfailOnUndetermined: true\n"
      "asOf: \"2026-08-01\"\nexclude: [vendor/**]\nruleDirectories: [policies, /etc/rules]\n"
      "suppressions: report\n"
      "ignore:\n  - {rule: AKB101, path: legacy/**, resource: Pod/*, reason: moving, until: "
      "\"2027-01-01\"}\n"
      "rules:\n  AKB102: {enabled: false}\n  AKB103: {severity: info, params: {a: 1}}\n");
  EXPECT_EQ(errors_, "");
  EXPECT_EQ(configuration.matrix, "2026-01");
  EXPECT_EQ(configuration.preset, Preset::kStrict);
  EXPECT_EQ(configuration.fail_on, Severity::kWarning);
  EXPECT_TRUE(configuration.fail_on_undetermined);
  EXPECT_EQ(configuration.as_of, "2026-08-01");
  EXPECT_THAT(configuration.exclude, ElementsAre("project/vendor/**"));
  EXPECT_THAT(configuration.rule_directories, ElementsAre("project/policies", "/etc/rules"));
  EXPECT_EQ(configuration.suppression_mode, SuppressionMode::kReport);
  ASSERT_EQ(configuration.suppressions.size(), 1U);
  EXPECT_EQ(configuration.suppressions[0].path, "project/legacy/**");
  EXPECT_EQ(configuration.suppressions[0].until, "2027-01-01");
  EXPECT_EQ(configuration.rules.at("AKB102").enabled, false);
  EXPECT_EQ(configuration.rules.at("AKB103").severity, Severity::kInfo);
  EXPECT_EQ(ToJson(configuration.rules.at("AKB103").params), R"({"a":1})");
}

TEST_F(ConfigurationTest, OfNothingIsTheDefault) {
  const Configuration configuration = Read("# nothing yet\n");
  EXPECT_EQ(errors_, "");
  EXPECT_EQ(configuration.matrix, kDefaultMatrix);
  EXPECT_EQ(configuration.fail_on, Severity::kError);
  EXPECT_FALSE(Read("failOn: never\n").fail_on);
}

TEST_F(ConfigurationTest, SuggestsTheKeyThatWasMeant) {
  (void)Read("rulez: {}\n");
  EXPECT_EQ(errors_, "1:1: the configuration has no field `rulez`; did you mean `rules`?\n");
  (void)Read("rules: {AKB101: {severty: info}}\n");
  EXPECT_EQ(errors_,
            "1:18: the settings of a rule has no field `severty`; did you mean `severity`?\n");
}

TEST_F(ConfigurationTest, SaysWhatIsWrong) {
  (void)Read("failOn: fatal\n");
  EXPECT_EQ(errors_, "1:9: `fatal` is no failOn; there is `info`, `warning`, `error`, `never`\n");
  (void)Read("asOf: yesterday\n");
  EXPECT_EQ(errors_, "1:7: `yesterday` is no date; write it as 2026-12-31\n");
  (void)Read("rules: [AKB101]\n");
  EXPECT_EQ(errors_, "1:8: `rules` must be a map, this is a list\n");
  (void)Read("ignore: [{rule: AKB101}]\n");
  EXPECT_EQ(errors_, "1:10: an entry of `ignore` needs a field `reason`\n");
  (void)Read("- a\n");
  EXPECT_EQ(errors_, "1:1: the configuration must be a map, this is a list\n");
  (void)Read("a: [\n");
  EXPECT_NE(errors_, "");
}

TEST_F(ConfigurationTest, TellsDates) {
  EXPECT_TRUE(IsDate("2024-02-29"));
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-00-01", "24-01-01", "2024-1-1",
                           "2024/01/01", "2024-01-0a", ""}) {
    EXPECT_FALSE(IsDate(text)) << text;
  }
}

TEST_F(ConfigurationTest, TurnsRulesOnAndOff) {
  EXPECT_FALSE(Configured(Read("rules: {org1: {enabled: false}}\n"), kParams).enabled);
  EXPECT_FALSE(Configured(Read("rules: {first: {enabled: false}}\n"), kParams).enabled);
  const std::string off = "  enabled: false\n" + std::string(kParams);
  EXPECT_FALSE(Configured({}, off).enabled);
  EXPECT_TRUE(Configured(Read("rules: {ORG1: {enabled: true}}\n"), off).enabled);
}

TEST_F(ConfigurationTest, TakesTheProfileOfTheMatrix) {
  const std::string spec = "  matrix: [\"2026-01\"]\n" + std::string(kParams);
  EXPECT_FALSE(Configured({}, spec).enabled);
  EXPECT_TRUE(Configured(Read("matrix: \"2026-01\"\n"), spec).enabled);
}

TEST_F(ConfigurationTest, SetsSeverities) {
  EXPECT_EQ(Configured(Read("rules: {ORG1: {severity: info}}\n"), kParams).effective_severity,
            Severity::kInfo);
  EXPECT_EQ(Configured({}, kParams).severity, Severity::kError);
}

TEST_F(ConfigurationTest, IsStrictAboutDataThatIsSkipped) {
  const auto severity = [](Preset preset) {
    std::string text = RuleText("assert: 'true'");
    text.replace(text.find("severity: error"), 15, "severity: warning");
    RuleSet::Options options{.built_in = false};
    options.configuration.preset = preset;
    return LoadTexts({{"r.yaml", text}}, options).rules->rules()[0].effective_severity;
  };
  EXPECT_EQ(severity(Preset::kDefault), Severity::kWarning);
  EXPECT_EQ(severity(Preset::kStrict), Severity::kError);
}

TEST_F(ConfigurationTest, SetsParameters) {
  const Rule& rule = Configured(Read("rules: {ORG1: {params: {most: 7}}}\n"), kParams);
  EXPECT_EQ(ToJson(rule.params), R"({"most":7})");
  EXPECT_EQ(Show(loaded_.diagnostics, *loaded_.rules), "");
}

TEST_F(ConfigurationTest, FindsParametersThatThereAreNot) {
  (void)Configured(Read("rules: {ORG1: {params: {mots: 7}}}\n"), kParams);
  EXPECT_THAT(Show(loaded_.diagnostics, *loaded_.rules),
              HasSubstr("rule ORG1 has no parameter `mots`; did you mean `most`?"));
  (void)Configured(Read("rules: {ORG1: {params: {most: many}}}\n"), kParams);
  EXPECT_THAT(Show(loaded_.diagnostics, *loaded_.rules),
              HasSubstr("parameter `most` must be a number, this is a string"));
}

TEST_F(ConfigurationTest, FindsRulesThatThereAreNot) {
  (void)Configured(Read("rules: {ORG2: {enabled: false}}\nignore: [{rule: frist, reason: r}]\n"),
                   kParams);
  const std::string text = Show(loaded_.diagnostics, *loaded_.rules);
  EXPECT_THAT(text, HasSubstr("there is no rule `ORG2`; did you mean `ORG1`?"));
  EXPECT_THAT(text, HasSubstr("there is no rule `frist`; did you mean `first`?"));
}

TEST_F(ConfigurationTest, SetsTheDateOfFacts) {
  Configuration configuration;
  configuration.as_of = "2027-01-01";
  const auto loaded =
      LoadTexts({{"r.yaml", RuleText("assert: params.asOf == object.a && data.asOf == object.a",
                                     "  params: {asOf: \"2025-01-01\"}\n")}},
                {.built_in = false, .configuration = configuration});
  EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
  EXPECT_EQ(ToJson(loaded.rules->rules()[0].params), R"({"asOf":"2027-01-01"})");
  EXPECT_EQ(loaded.rules->as_of(), "2027-01-01");
}

}  // namespace
}  // namespace restorable::policy
