#include "yaml/split.h"

#include <string>
#include <vector>

#include "parsed.h"

namespace restorable::yaml {
namespace {

std::vector<std::string> SplitTexts(const std::string& text, std::uint32_t limit = 100) {
  const SourceFile file(FileId{0}, "test.yaml", text);
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> texts;
  for (const Segment& segment : Split(file, limit, diagnostics)) {
    texts.emplace_back(file.Text(segment.range));
  }
  return texts;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SplitTest, CutsAtMarkers) {
  EXPECT_THAT(SplitTexts("a: 1\n---\nb: 2\n"), ElementsAre("a: 1\n", "---\nb: 2\n"));
  EXPECT_THAT(SplitTexts("---\na: 1\n---\nb: 2\n"), ElementsAre("---\na: 1\n", "---\nb: 2\n"));
  EXPECT_THAT(SplitTexts("a\n...\nb\n"), ElementsAre("a\n", "\nb\n"));
  EXPECT_THAT(SplitTexts("a\n... # end\nb\n"), ElementsAre("a\n", "\nb\n"));
}

TEST(SplitTest, AcceptsWhatMayFollowAMarker) {
  EXPECT_THAT(SplitTexts("a\n--- # comment\nb"), ElementsAre("a\n", "--- # comment\nb"));
  EXPECT_THAT(SplitTexts("a\n---\tb"), ElementsAre("a\n", "---\tb"));
  EXPECT_THAT(SplitTexts("a\n--- {b: 1}\n--- |\n x"),
              ElementsAre("a\n", "--- {b: 1}\n", "--- |\n x"));
  EXPECT_THAT(SplitTexts("a\n---"), ElementsAre("a\n", "---"));
}

TEST(SplitTest, KnowsEveryLineBreak) {
  EXPECT_THAT(SplitTexts("a\r\n---\r\nb"), ElementsAre("a\r\n", "---\r\nb"));
  EXPECT_THAT(SplitTexts("a\r---\rb"), ElementsAre("a\r", "---\rb"));
  EXPECT_THAT(SplitTexts("a\xC2\x85---\xC2\x85"
                         "b"),
              ElementsAre("a\xC2\x85",
                          "---\xC2\x85"
                          "b"));
}

TEST(SplitTest, CutsWithinBlockScalarsAndQuotes) {
  EXPECT_THAT(SplitTexts("a: |\n  b\n---\nc: \"\n...\n\""),
              ElementsAre("a: |\n  b\n", "---\nc: \"\n", "\n\""));
}

TEST(SplitTest, LeavesOutRunsWithoutContent) {
  EXPECT_THAT(SplitTexts(""), IsEmpty());
  EXPECT_THAT(SplitTexts("# only\n\n  # comments\n"), IsEmpty());
  EXPECT_THAT(SplitTexts("a\n...\n# tail\n"), ElementsAre("a\n"));
}

TEST(SplitTest, GivesCommentsAndDirectivesToTheDocumentTheyPrecede) {
  EXPECT_THAT(SplitTexts("# head\n---\na"), ElementsAre("# head\n---\na"));
  EXPECT_THAT(SplitTexts("%YAML 1.1\n# head\n---\na"), ElementsAre("%YAML 1.1\n# head\n---\na"));
  EXPECT_THAT(SplitTexts("a\n...\n%TAG ! x\n---\nb"), ElementsAre("a\n", "\n%TAG ! x\n---\nb"));
}

TEST(SplitTest, SeesNoMarkerInLongerOrIndentedDashes) {
  EXPECT_THAT(SplitTexts("a\n---b\n----\n ---\n....\n..\n"),
              ElementsAre("a\n---b\n----\n ---\n....\n..\n"));
}

TEST(SplitTest, LeavesTheByteOrderMarkOut) {
  EXPECT_THAT(SplitTexts("\xEF\xBB\xBF---\na"), ElementsAre("---\na"));
}

TEST(SplitTest, RefusesTextBehindTheEnd) {
  const Parsed parsed("a: 1\n... b\n---\nc: 2\n");
  EXPECT_EQ(parsed.Diagnostic(), "2:5 yaml-text-after-end the document has ended before this text");
  EXPECT_EQ(parsed.Json(0), R"({"a":1})");
  EXPECT_EQ(parsed.Json(1), R"({"c":2})");
}

TEST(SplitTest, StopsBehindTheLimit) {
  EXPECT_THAT(SplitTexts("---\n---\n---\n---\n---\n", 2).size(), 3);
}

struct SeparatorCase {
  std::string_view text;
  std::string_view diagnostic;
};

class SeparatorTest : public testing::TestWithParam<SeparatorCase> {};

TEST_P(SeparatorTest, WarnsOfWhatKubectlRefuses) {
  EXPECT_EQ(Parsed(std::string(GetParam().text)).Diagnostic(), GetParam().diagnostic);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SeparatorTest,
    testing::Values(
        SeparatorCase{"---\na: 1\n", ""}, SeparatorCase{"--- \t # fine\na: 1\n", ""},
        SeparatorCase{"--- {a: 1}  \n",
                      "1:5 yaml-bad-separator kubectl refuses `{a: 1}` behind `---`: only a "
                      "comment may stand there"},
        SeparatorCase{"a: |\n x\n---b\n",
                      "3:4 yaml-bad-separator kubectl refuses `b` behind `---`: only a comment "
                      "may stand there"}));

}  // namespace
}  // namespace restorable::yaml
