// Where findings point to, what leads there, and what they are called.
#include "policy/place.h"

#include <gtest/gtest.h>

#include <string>

#include "world.h"

namespace restorable::policy {
namespace {

constexpr std::string_view kThing =
    "apiVersion: example.com/v1\n"
    "kind: Thing\n"
    "metadata:\n"
    "  name: t\n"
    "spec:\n"
    "  size: 1\n"
    "  parts:\n"
    "    - name: first\n"
    "      disk: {sku: ultra}\n"
    "    - name: second\n";

std::string PlaceOf(std::string_view at, std::string_view more = "") {
  const auto loaded = LoadTexts(
      {{"r.yaml", RuleText("assert: 'false'\nat: " + std::string(at) + "\n" + std::string(more))}});
  EXPECT_EQ(Show(loaded.diagnostics, *loaded.rules), "");
  World world(*loaded.rules);
  world.Add("a.yaml", std::string(kThing));
  world.Deploy();
  std::string text = world.Findings();
  return text.substr(7, text.find(": ") - 7);
}

TEST(PlaceTest, IsTheValueOfAScalar) { EXPECT_EQ(PlaceOf("object.spec.size"), "6:9"); }
TEST(PlaceTest, IsTheKeyOfABlock) { EXPECT_EQ(PlaceOf("object.spec.parts"), "7:3"); }
TEST(PlaceTest, IsTheItemOfAList) { EXPECT_EQ(PlaceOf("object.spec.parts[1]"), "10:7"); }
TEST(PlaceTest, IsTheKeyOfWhatShouldContainIt) {
  EXPECT_EQ(PlaceOf("object.spec.parts[0].disk.size.limit"), "9:7");
  EXPECT_EQ(PlaceOf("object.spec.absent"), "5:1");
}
TEST(PlaceTest, IsTheNameForWhatTheWholeLacks) { EXPECT_EQ(PlaceOf("object.status"), "4:9"); }
TEST(PlaceTest, IsTheNameForWhatIsWrittenNowhere) {
  EXPECT_EQ(PlaceOf("1 + 1"), "4:9");
  EXPECT_EQ(PlaceOf("object.a.b.c[3]"), "4:9");
}
TEST(PlaceTest, FollowsConditionsAndVariables) {
  EXPECT_EQ(PlaceOf("\"object.spec.size == 1 ? object.spec.size : object.spec.parts\""), "6:9");
  EXPECT_EQ(PlaceOf("variables.s", "variables: {s: object.spec.size}"), "6:9");
}
TEST(PlaceTest, IsTheKeyOfABlockThatAVariableHolds) {
  EXPECT_EQ(PlaceOf("variables.p", "variables: {p: object.spec.parts}"), "7:3");
}

TEST(PlaceTest, TellsTheStepsByWhichAValueCame) {
  const auto loaded = LoadTexts({{"r.yaml", RuleText("assert: 'false'\nat: object.spec.size")}});
  World world(*loaded.rules);
  world.Add("a.yaml",
            "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n"
            "data: &size 3\nspec: {size: *size}\n");
  EXPECT_EQ(world.Findings(),
            "a.yaml:4:13: violated ORG1: Something is wrong\n"
            "  a.yaml:5:14: alias `*size`\n");
}

TEST(PlaceTest, ShowsNotesOfWhatIsInTheScan) {
  const auto loaded = LoadTexts({{"r.yaml", RuleText("assert: 'false'\nat: object.spec.size\n"
                                                     "notes:\n"
                                                     "  - {at: object.spec.parts, text: \"'of "
                                                     "these'\"}\n"
                                                     "  - {at: 1 + 1, text: \"'nowhere'\"}")}});
  World world(*loaded.rules);
  world.Add("a.yaml", std::string(kThing));
  EXPECT_EQ(world.Findings(),
            "a.yaml:6:9: violated ORG1: Something is wrong\n  a.yaml:7:3: of these\n");
}

// --- Fingerprints
// ----------------------------------------------------------------------------------

std::string FingerprintOf(std::string path, std::string text, std::string_view at) {
  const auto loaded = LoadTexts({{"r.yaml", RuleText("assert: 'false'\nat: " + std::string(at))}});
  World world(*loaded.rules);
  world.Add(std::move(path), std::move(text));
  return world.Finished().at(0).fingerprint;
}

TEST(FingerprintTest, DoesNotDependOnLines) {
  const std::string at = "object.spec.parts[0].disk.sku";
  const std::string moved = "# moved\n\n" + std::string(kThing);
  EXPECT_EQ(FingerprintOf("a.yaml", std::string(kThing), at), FingerprintOf("a.yaml", moved, at));
}

TEST(FingerprintTest, KnowsItemsByTheirNames) {
  std::string inserted(kThing);
  inserted.insert(inserted.find("    - name: first"), "    - name: before\n");
  EXPECT_EQ(FingerprintOf("a.yaml", std::string(kThing), "object.spec.parts[1]"),
            FingerprintOf("a.yaml", inserted, "object.spec.parts[2]"));
}

TEST(FingerprintTest, DependsOnFilePlaceAndResource) {
  const std::string thing(kThing);
  const std::string base = FingerprintOf("a.yaml", thing, "object.spec.size");
  EXPECT_NE(base, FingerprintOf("b.yaml", thing, "object.spec.size"));
  EXPECT_NE(base, FingerprintOf("a.yaml", thing, "object.spec.parts"));
  std::string renamed(kThing);
  renamed.replace(renamed.find("name: t"), 7, "name: u");
  EXPECT_NE(base, FingerprintOf("a.yaml", renamed, "object.spec.size"));
}

TEST(FingerprintTest, NumbersEqualOnes) {
  const auto loaded = LoadTexts({{"r.yaml", RuleText("assert: 'false'")}});
  World world(*loaded.rules);
  const std::string thing = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\n";
  world.Add("a.yaml", thing + "---\n" + thing);
  const auto& findings = world.Finished();
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[1].fingerprint, findings[0].fingerprint + "/2");
}

TEST(FingerprintTest, IsTheSameEverywhere) {
  EXPECT_EQ(Fingerprint("AKB101", "a.yaml", "StorageClass/fast", "/parameters/skuName"),
            Fingerprint("AKB101", "a.yaml", "StorageClass/fast", "/parameters/skuName"));
  EXPECT_NE(Fingerprint("A", "bc", "", ""), Fingerprint("A", "b", "c", ""));
}

}  // namespace
}  // namespace restorable::policy
