#include "bicep/comments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bicep/parse.h"

namespace restorable::bicep {
namespace {

// The scopes of the comments that contain "mark", as text.
std::vector<std::string> Scopes(std::string text) {
  const SourceFile file(FileId{0}, "main.bicep", std::move(text));
  const ParseResult result = Parse(file, Dialect::kTemplate, {});
  std::vector<std::string> scopes;
  for (const MarkedComment& found : FindMarkedComments(file, result.tree, "mark")) {
    scopes.emplace_back(file.Text(found.scope));
  }
  return scopes;
}

using testing::ElementsAre;

TEST(Comments, BehindADeclaration) {
  EXPECT_THAT(Scopes("var a = 1 // mark\nvar b = 2\n"), ElementsAre("var a = 1"));
  EXPECT_THAT(Scopes("var a = 1 /* mark */\n"), ElementsAre("var a = 1"));
}

TEST(Comments, BehindTheHeadOfAResource) {
  EXPECT_THAT(Scopes("resource r 't@1' = { // mark\n  a: 1\n}\n"),
              ElementsAre("resource r 't@1' = { // mark\n  a: 1\n}"));
}

TEST(Comments, AboveADeclarationWithItsDecorators) {
  EXPECT_THAT(Scopes("// mark\n@secure()\nparam a string\n"),
              ElementsAre("@secure()\nparam a string"));
}

TEST(Comments, AboveAPropertyOrAnItem) {
  EXPECT_THAT(Scopes("var a = {\n  // mark\n  b: {\n    c: 1\n  }\n  d: 2\n}\n"),
              ElementsAre("b: {\n    c: 1\n  }"));
  EXPECT_THAT(Scopes("var a = [\n  // mark\n  {\n    c: 1\n  }\n  2\n]\n"),
              ElementsAre("{\n    c: 1\n  }"));
}

TEST(Comments, AboveANestedResource) {
  EXPECT_THAT(Scopes("resource r 't@1' = {\n  // mark\n  resource c 'k' = {\n  }\n}\n"),
              ElementsAre("resource c 'k' = {\n  }"));
}

TEST(Comments, AtTheEndOfBracketsSpeaksOfNothing) {
  EXPECT_THAT(Scopes("var a = {\n  b: 1\n  // mark\n}\nvar c = [\n  1\n  // mark\n]\n// mark\n"),
              ElementsAre("", "", ""));
}

TEST(Comments, NoneWithinStrings) {
  EXPECT_THAT(Scopes("var a = '// mark'\nvar b = '''\n// mark\n'''\n"), ElementsAre());
}

}  // namespace
}  // namespace restorable::bicep
