#include "report/frame.h"

namespace restorable::report {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string FrameOf(std::string text, std::string_view mark, std::size_t width = 60) {
  const SourceFile file(FileId{0}, "a.yaml", std::move(text));
  const std::size_t begin = file.text().find(mark);
  const Range range{FileId{0}, static_cast<std::uint32_t>(begin),
                    static_cast<std::uint32_t>(begin + mark.size())};
  return Frame(file, range, Style{.width = width}, "");
}

TEST(Frame, UnderlinesTheRange) {
  EXPECT_EQ(FrameOf("a: 1\nsku: Ultra\n", "Ultra"),
            " 2 | sku: Ultra\n"
            "   |      ^^^^^\n");
}

TEST(Frame, MarksAnEmptyRangeWhereItStands) {
  const SourceFile file(FileId{0}, "a.yaml", "kind:\nname: x\n");
  EXPECT_EQ(Frame(file, {FileId{0}, 5, 5}, Style{}, ""),
            " 1 | kind:\n"
            "   |      ^\n");
  EXPECT_EQ(Frame(file, {FileId{0}, 2, 2}, Style{}, ""),
            " 1 | kind:\n"
            "   |   ^\n");
}

TEST(Frame, MarksTheEndOfTheFile) {
  const SourceFile file(FileId{0}, "a.yaml", "kind: x\n");
  EXPECT_EQ(Frame(file, {FileId{0}, 8, 8}, Style{}, ""),
            " 2 |\n"
            "   | ^\n");
}

TEST(Frame, SurvivesARangeBeyondTheFile) {
  const SourceFile file(FileId{0}, "a.yaml", "kind: x");
  EXPECT_EQ(Frame(file, {FileId{0}, 100, 200}, Style{}, ""),
            " 1 | kind: x\n"
            "   |        ^\n");
}

TEST(Frame, SurvivesAnEmptyFile) {
  const SourceFile file(FileId{0}, "a.yaml", "");
  EXPECT_EQ(Frame(file, {FileId{0}, 0, 0}, Style{}, ""),
            " 1 |\n"
            "   | ^\n");
}

TEST(Frame, DropsTheLineEndThatABlockEndsWith) {
  EXPECT_EQ(FrameOf("spec: {}\n\n\n", "spec: {}\n\n"),
            " 1 | spec: {}\n"
            "   | ^^^^^^^^\n");
}

TEST(Frame, MarksSeveralLinesAtTheMargin) {
  EXPECT_EQ(FrameOf("a: 1\nb:\n  c: 2\n", "b:\n  c: 2"),
            " 2 > b:\n"
            " 3 >   c: 2\n");
}

TEST(Frame, LeavesOutTheMiddleOfManyLines) {
  EXPECT_EQ(FrameOf("1\n2\n3\n4\n5\n6\n7\n8\n", "2\n3\n4\n5\n6\n7\n8"),
            " 2 > 2\n"
            " 3 > 3\n"
            " 4 > 4\n"
            "...\n"
            " 8 > 8\n");
}

TEST(Frame, AlignsLineNumbers) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "x\n";
  EXPECT_THAT(FrameOf(text + "mark\n", "mark"), HasSubstr("1001 | mark\n     | ^^^^\n"));
}

TEST(Frame, CountsWideAndCombiningCharacters) {
  EXPECT_EQ(FrameOf("世界: e\xCC\x81 x\n", "x"),
            " 1 | 世界: e\xCC\x81 x\n"
            "   |         ^\n");
  EXPECT_EQ(FrameOf("a: 世界\n", "世界"),
            " 1 | a: 世界\n"
            "   |    ^^^^\n");
}

TEST(Frame, ShowsTabsAsSpaces) {
  EXPECT_EQ(FrameOf("\tb: x\n", "x"),
            " 1 |     b: x\n"
            "   |        ^\n");
}

TEST(Frame, SpellsOutWhatATerminalWouldObey) {
  EXPECT_EQ(FrameOf("a: \x1b[2J\xE2\x80\xAE x\n", "x"),
            " 1 | a: <U+001B>[2J<U+202E> x\n"
            "   |                        ^\n");
  EXPECT_EQ(FrameOf("a: \xFF x\n", "x"),
            " 1 | a: <xFF> x\n"
            "   |          ^\n");
}

TEST(Frame, CutsALongLineAroundItsRange) {
  const std::string line = std::string(500, 'a') + "MARK" + std::string(500, 'b');
  const std::string frame = FrameOf(line, "MARK", 40);
  EXPECT_EQ(frame,
            " 1 | ...aaaaaaaaaMARKbbbbbbbbbbbbbbbb...\n"
            "   |             ^^^^\n");
}

TEST(Frame, CutsARangeThatIsLongerThanALine) {
  const std::string frame = FrameOf("k: " + std::string(500, 'M'), std::string(500, 'M'), 40);
  EXPECT_EQ(frame,
            " 1 | k: MMMMMMMMMMMMMMMMMMMMMMMMMM...\n"
            "   |    ^^^^^^^^^^^^^^^^^^^^^^^^^^\n");
}

TEST(Frame, TakesTheSameTimeHoweverLongTheLine) {
  const std::string line = std::string(3'000'000, 'x') + "MARK" + std::string(3'000'000, 'y');
  EXPECT_LT(FrameOf(line, "MARK").size(), 200u);
}

TEST(Frame, CutsBetweenCodePoints) {
  std::string line;
  for (int i = 0; i < 3000; ++i) line += "é";
  const std::string frame = FrameOf(line + "MARK" + line, "MARK", 40);
  EXPECT_THAT(frame, Not(HasSubstr("<x")));
}

TEST(Frame, KeepsSomeSourceInTheNarrowestTerminal) {
  EXPECT_THAT(FrameOf("sku: UltraSSD_LRS\n", "Ultra", 1), HasSubstr("Ultra"));
}

TEST(Frame, ReadsCrLfAndCr) {
  EXPECT_EQ(FrameOf("a: 1\r\nb: 2\r\n", "2"),
            " 2 | b: 2\n"
            "   |    ^\n");
  EXPECT_EQ(FrameOf("a: 1\rb: 2\r", "2"),
            " 2 | b: 2\n"
            "   |    ^\n");
}

}  // namespace
}  // namespace restorable::report
