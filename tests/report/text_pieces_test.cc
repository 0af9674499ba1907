#include "report/place.h"
#include "report/printable.h"
#include "report/wrap.h"

namespace restorable::report {
namespace {

TEST(Printable, LeavesReadableTextAlone) {
  EXPECT_EQ(Printable("größe 世界 `x` <b>"), "größe 世界 `x` <b>");
}

TEST(Printable, SpellsOutTheRest) {
  EXPECT_EQ(Printable("a\nb\tc\r"), "a<U+000A>b<U+0009>c<U+000D>");
  EXPECT_EQ(Printable("\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\x8B\xEF\xBB\xBF"),
            "<U+202E><U+2066><U+200B><U+FEFF>");
  EXPECT_EQ(Printable("\xC2\x9B\x7F"), "<U+009B><U+007F>");
  EXPECT_EQ(Printable("\xED\xA0\x80\xC3"), "<xED><xA0><x80><xC3>");
  EXPECT_EQ(Printable("\xF3\xA0\x81\x81"), "<U+E0041>");
}

TEST(Printable, BreaksWhatARunnerWouldObey) {
  EXPECT_EQ(Printable("a ##vso[task.complete]"), "a <U+0023>#vso[task.complete]");
  EXPECT_EQ(Printable("##VSO[x]"), "<U+0023>#VSO[x]");
  EXPECT_EQ(Printable("##[error]x # ## #1"), "<U+0023>#[error]x # ## #1");
}

TEST(AtLineStart, BreaksWorkflowCommands) {
  EXPECT_EQ(AtLineStart("::error::x"), "<U+003A>:error::x");
  EXPECT_EQ(AtLineStart("a::b"), "a::b");
}

TEST(Columns, CountsCells) {
  EXPECT_EQ(Columns("abc"), 3u);
  EXPECT_EQ(Columns("世界"), 4u);
  EXPECT_EQ(Columns("e\xCC\x81"), 1u);
}

TEST(Wrap, BreaksAtSpaces) { EXPECT_EQ(Wrap("one two three", 9, 0), "one two\nthree"); }

TEST(Wrap, IndentsTheLinesThatFollow) {
  EXPECT_EQ(Wrap("one two three", 10, 4), "one\n    two\n    three");
}

TEST(Wrap, KeepsAWordThatIsTooLong) {
  EXPECT_EQ(Wrap("a https://example.org/long b", 8, 0), "a\nhttps://example.org/long\nb");
}

TEST(Wrap, KeepsParagraphs) { EXPECT_EQ(Wrap("a\nb\n\n\nc ", 80, 0), "a b\n\nc"); }

TEST(Wrap, BeginsNoLineWithACommand) {
  EXPECT_EQ(Wrap("one ::error::two", 5, 0), "one\n<U+003A>:error::two");
}

TEST(Wrap, GivesNothingForNothing) { EXPECT_EQ(Wrap("", 80, 2), ""); }

TEST(RepositoryPath, IsRelativeToTheRepository) {
  const Roots roots{.working_directory = "/src/shop/infra", .repository = "/src/shop"};
  EXPECT_EQ(RepositoryPath(roots, "a/b.yaml"), "infra/a/b.yaml");
  EXPECT_EQ(RepositoryPath(roots, "../c.yaml"), "c.yaml");
  EXPECT_EQ(RepositoryPath(roots, "/src/shop/d.yaml"), "d.yaml");
}

TEST(RepositoryPath, IsAbsoluteOutsideOfIt) {
  const Roots roots{.working_directory = "/src/shop/infra", .repository = "/src/shop"};
  EXPECT_EQ(RepositoryPath(roots, "../../other.yaml"), "/src/other.yaml");
  EXPECT_EQ(RepositoryPath(roots, "/src/shopping/e.yaml"), "/src/shopping/e.yaml");
}

TEST(RepositoryPath, WorksAtTheRootOfTheFileSystem) {
  const Roots roots{.working_directory = "/", .repository = "/"};
  EXPECT_EQ(RepositoryPath(roots, "a.yaml"), "a.yaml");
}

}  // namespace
}  // namespace restorable::report
