#include "hcl/comments.h"

#include "reading.h"

namespace restorable::hcl {
namespace {

// The scopes of the comments that contain "mark", as text.
std::vector<std::string> Scopes(std::string text) {
  const SourceFile file(FileId{0}, "main.tf", std::move(text));
  const ParseResult result = Parse(file, {});
  std::vector<std::string> scopes;
  for (const MarkedComment& found : FindMarkedComments(file, result.tree, "mark")) {
    scopes.emplace_back(file.Text(found.scope));
  }
  return scopes;
}

using testing::ElementsAre;

TEST(Comments, BehindAnArgument) {
  EXPECT_THAT(Scopes("a = 1 # mark\nb = 2\n"), ElementsAre("a = 1"));
  EXPECT_THAT(Scopes("a = 1 // mark\n"), ElementsAre("a = 1"));
  EXPECT_THAT(Scopes("a = 1 /* mark */\n"), ElementsAre("a = 1"));
}

TEST(Comments, BehindTheHeadOfABlock) {
  EXPECT_THAT(Scopes("b \"x\" { # mark\n  a = 1\n}\n"),
              ElementsAre("b \"x\" { # mark\n  a = 1\n}"));
}

TEST(Comments, BehindALineWithinAnExpression) {
  EXPECT_THAT(Scopes("a = [\n  1, # mark\n  2,\n]\n"), ElementsAre("  1, # mark"));
}

TEST(Comments, AboveAnArgumentOrABlock) {
  EXPECT_THAT(Scopes("# mark\na = 1\n"), ElementsAre("a = 1"));
  EXPECT_THAT(Scopes("# mark\n# more\n\nb {\n}\nc = 1\n"), ElementsAre("b {\n}"));
}

TEST(Comments, WithinABlockSpeaksOfWhatFollowsThere) {
  EXPECT_THAT(Scopes("b {\n  # mark\n  a = 1\n  c = 2\n}\n"), ElementsAre("a = 1"));
}

TEST(Comments, AboveALineWithinAnExpression) {
  EXPECT_THAT(Scopes("a = {\n  # mark\n  b = 1\n  c = 2\n}\n"), ElementsAre("b = 1"));
}

TEST(Comments, AtTheEndOfABodySpeaksOfNothing) {
  EXPECT_THAT(Scopes("b {\n  a = 1\n  # mark\n}\n# mark\n"), ElementsAre("", ""));
}

TEST(Comments, SeveralInARow) {
  EXPECT_THAT(Scopes("/* mark */ /* mark */\n# mark\na = 1 /* mark */ # mark\n"),
              ElementsAre("a = 1", "a = 1", "a = 1", "a = 1", "a = 1"));
  EXPECT_THAT(Scopes("a = [1, /* mark\n*/ /* mark */ 2,\n 3]\n"),
              ElementsAre("a = [1, /* mark\n*/ /* mark */ 2,\n 3]", "2,"));
}

TEST(Comments, OnlyThoseWithTheMarker) { EXPECT_THAT(Scopes("# other\na = 1\n"), ElementsAre()); }

TEST(Comments, NoneWithinStrings) {
  EXPECT_THAT(Scopes("a = \"# mark\"\nb = <<EOT\n# mark\nEOT\n"), ElementsAre());
}

}  // namespace
}  // namespace restorable::hcl
