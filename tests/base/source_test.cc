#include "base/source.h"

namespace restorable {
namespace {

constexpr FileId kFile{0};

TEST(SourceFile, CountsLinesAndColumnsFromOne) {
  const SourceFile file(kFile, "a.yaml", "one\ntwo\n");
  EXPECT_EQ(file.PositionAt(0), (Position{1, 1}));
  EXPECT_EQ(file.PositionAt(4), (Position{2, 1}));
  EXPECT_EQ(file.PositionAt(6), (Position{2, 3}));
}

TEST(SourceFile, PutsTheLineBreakAtTheEndOfItsLine) {
  const SourceFile file(kFile, "a.yaml", "one\ntwo");
  EXPECT_EQ(file.PositionAt(3), (Position{1, 4}));
}

TEST(SourceFile, CountsColumnsInCodePoints) {
  const SourceFile file(kFile, "a.yaml", "\xC3\xA9\xF0\x9F\x98\x80x");  // é, a face, x
  EXPECT_EQ(file.PositionAt(6), (Position{1, 3}));
}

TEST(SourceFile, TakesEveryKindOfLineBreakAsOne) {
  const SourceFile file(kFile, "a.yaml", "a\r\nb\rc\nd");
  EXPECT_EQ(file.LineCount(), 4U);
  EXPECT_EQ(file.Line(1), "a");
  EXPECT_EQ(file.Line(2), "b");
  EXPECT_EQ(file.Line(3), "c");
  EXPECT_EQ(file.Line(4), "d");
}

TEST(SourceFile, AnswersForPlacesPastItsEnd) {
  const SourceFile file(kFile, "a.yaml", "ab");
  EXPECT_EQ(file.PositionAt(99), (Position{1, 3}));
  EXPECT_EQ(file.Line(0), "");
  EXPECT_EQ(file.Line(2), "");
}

TEST(SourceFile, HasOneLineWhenItIsEmpty) {
  const SourceFile file(kFile, "a.yaml", "");
  EXPECT_EQ(file.LineCount(), 1U);
  EXPECT_EQ(file.PositionAt(0), (Position{1, 1}));
}

TEST(SourceFile, CountsNoColumnForAByteOrderMark) {
  const SourceFile file(FileId{0}, "a",
                        "\xEF\xBB\xBF"
                        "ab\nc");
  EXPECT_EQ(file.PositionAt(3), (Position{1, 1}));
  EXPECT_EQ(file.PositionAt(0), (Position{1, 1}));
  EXPECT_EQ(file.PositionAt(4), (Position{1, 2}));
  EXPECT_EQ(file.Line(1), "ab");
  EXPECT_EQ(file.LineOffset(1), 3);
  EXPECT_EQ(file.PositionAt(6), (Position{2, 1}));
}

}  // namespace
}  // namespace restorable
