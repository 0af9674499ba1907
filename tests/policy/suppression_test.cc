// Comments and settings that hide findings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "world.h"

namespace restorable::policy {
namespace {

using testing::HasSubstr;

// A rule with a finding at every part and at spec.
std::string Rule() {
  return RuleText(
      "forEach: object.spec.parts\nassert: item.sku == 'basic'\nat: item.sku\n"
      "message: \"'part ' + item.name\"");
}

class SuppressionTest : public testing::Test {
 protected:
  // "b" stands for the suppressed part, "A" for one that is not.
  std::string Scan(std::string text, RuleSet::Options options = {.built_in = false}) {
    const auto loaded = LoadTexts({{"r.yaml", Rule()}}, std::move(options));
    EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
    World world(*loaded.rules);
    world.Add("dir/a.yaml", std::move(text));
    std::string found;
    for (const Finding& finding : world.Finished()) {
      const char part = finding.message.back();
      found += finding.suppressed ? part : static_cast<char>(part - 'a' + 'A');
      if (finding.suppressed) suppression_ = *finding.suppressed;
    }
    messages_ = world.Messages();
    return found;
  }

  static std::string Thing(std::string_view parts) {
    return "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  parts:\n" +
           std::string(parts);
  }

  Suppression suppression_;
  std::string messages_;
};

TEST_F(SuppressionTest, BehindAnItemCoversTheItem) {
  EXPECT_EQ(Scan(Thing("    - name: a  # restorable:ignore ORG1 -- legacy\n      sku: ultra\n"
                       "    - {name: b, sku: ultra}\n")),
            "aB");
  EXPECT_EQ(suppression_.reason, "legacy");
  EXPECT_EQ(suppression_.kind, Suppression::Kind::kInSource);
  EXPECT_EQ(messages_, "");
}

TEST_F(SuppressionTest, BehindAValueCoversTheValue) {
  EXPECT_EQ(Scan(Thing("    - name: a\n      sku: ultra  # restorable:ignore first -- by name\n"
                       "    - {name: b, sku: ultra}\n")),
            "aB");
}

TEST_F(SuppressionTest, BehindAKeyCoversAllBelow) {
  EXPECT_EQ(Scan("apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n"
                 "spec:  # restorable:ignore ORG1 -- all\n  parts:\n"
                 "    - {name: a, sku: ultra}\n    - {name: b, sku: ultra}\n"),
            "ab");
}

TEST_F(SuppressionTest, OnItsOwnLineCoversWhatComesNext) {
  EXPECT_EQ(Scan(Thing("    - {name: a, sku: ultra}\n    # restorable:ignore ORG1 -- this one\n"
                       "    # because of that\n    - name: b\n      sku: ultra\n"
                       "    - {name: c, sku: ultra}\n")),
            "AbC");
}

TEST_F(SuppressionTest, AtTheHeadCoversTheDocument) {
  const std::string parts = "    - {name: a, sku: ultra}\n";
  EXPECT_EQ(Scan("# restorable:ignore ORG1 -- all of it\n" + Thing(parts) + "---\n" +
                 Thing("    - {name: b, sku: ultra}\n")),
            "aB");
}

TEST_F(SuppressionTest, CoversWhatIsMissingAtItsParent) {
  const auto loaded =
      LoadTexts({{"r.yaml", RuleText("assert: has(object.spec.size)\nat: object.spec.size")}});
  World world(*loaded.rules);
  world.Add("a.yaml",
            "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n"
            "spec:  # restorable:ignore ORG1 -- no size here\n  n: 1\n");
  EXPECT_EQ(world.Findings(), "a.yaml:4:1: violated ORG1: Something is wrong (suppressed)\n");
}

TEST_F(SuppressionTest, NeedsAReason) {
  EXPECT_EQ(Scan(Thing("    - {name: a, sku: ultra}  # restorable:ignore ORG1\n")), "A");
  EXPECT_THAT(messages_, HasSubstr("dir/a.yaml:6:30: "));
  EXPECT_EQ(Scan(Thing("    - {name: a, sku: ultra}  # restorable:ignore ORG1 --\n")), "A");
  EXPECT_THAT(messages_, HasSubstr("the reason is missing"));
}

TEST_F(SuppressionTest, NeedsARuleThatThereIs) {
  EXPECT_EQ(Scan(Thing("    - {name: a, sku: ultra}  # restorable:ignore ORG2 -- typo\n")), "A");
  EXPECT_THAT(messages_, HasSubstr("names `ORG2`, no rule; did you mean `ORG1`?"));
  EXPECT_EQ(Scan(Thing("    - {name: a, sku: ultra}  # restorable:ignore -- nothing\n")), "A");
  EXPECT_THAT(messages_, HasSubstr("it names no rule"));
}

TEST_F(SuppressionTest, IsReportedWhenItHidesNothing) {
  EXPECT_EQ(Scan(Thing("    - {name: a, sku: basic}  # restorable:ignore ORG1 -- old\n")), "");
  EXPECT_EQ(messages_, "dir/a.yaml:6:30: the suppression of ORG1 hides nothing\n");
}

TEST_F(SuppressionTest, EndsByTheDateOfTheFacts) {
  const std::string text =
      Thing("    - {name: a, sku: ultra}  # restorable:ignore ORG1 -- soon until=2026-06-30\n");
  Configuration before;
  before.as_of = "2026-06-30";
  EXPECT_EQ(Scan(text, {.built_in = false, .configuration = before}), "a");
  EXPECT_EQ(suppression_.until, "2026-06-30");
  EXPECT_EQ(suppression_.reason, "soon");
  Configuration after;
  after.as_of = "2026-07-01";
  EXPECT_EQ(Scan(text, {.built_in = false, .configuration = after}), "A");
  EXPECT_THAT(messages_, HasSubstr("ended on 2026-06-30; facts are of 2026-07-01"));
  EXPECT_EQ(Scan(Thing("    - {name: a, sku: ultra}  "
                       "# restorable:ignore ORG1 until=2026-02-30 -- no such day\n")),
            "A");
  EXPECT_THAT(messages_, HasSubstr("`2026-02-30` is no date"));
}

TEST_F(SuppressionTest, CanBeForbidden) {
  Configuration configuration;
  configuration.suppression_mode = SuppressionMode::kForbid;
  EXPECT_EQ(Scan(Thing("    - {name: a, sku: ultra}  # restorable:ignore ORG1 -- please\n"),
                 {.built_in = false, .configuration = configuration}),
            "A");
  EXPECT_THAT(messages_, HasSubstr("the configuration forbids suppressions"));
}

TEST_F(SuppressionTest, FromTheConfigurationFitsPathAndResource) {
  const std::string text = Thing("    - {name: a, sku: ultra}\n");
  const auto scan = [&](std::string path, std::string resource) {
    Configuration configuration;
    configuration.suppressions.push_back({.rule = "ORG1",
                                          .path = std::move(path),
                                          .resource = std::move(resource),
                                          .reason = "known",
                                          .until = "",
                                          .range = {}});
    return Scan(text, {.built_in = false, .configuration = configuration});
  };
  EXPECT_EQ(scan("", ""), "a");
  EXPECT_EQ(suppression_.kind, Suppression::Kind::kConfiguration);
  EXPECT_EQ(scan("dir/*.yaml", "Thing/*"), "a");
  EXPECT_EQ(scan("**/a.yaml", ""), "a");
  EXPECT_EQ(scan("*.yaml", ""), "A");
  EXPECT_EQ(scan("", "Thing/other"), "A");
}

}  // namespace
}  // namespace restorable::policy
