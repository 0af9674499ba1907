// QuickReader against libyaml: it takes what manifests are written in, with the same events, and
// declines the rest.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "yaml/libyaml_reader.h"
#include "yaml/quick_reader.h"
#include "yaml/split.h"

namespace restorable::yaml {
namespace {

namespace fs = std::filesystem;

std::string Line(const Event& event) {
  constexpr std::string_view kNames[] = {"scalar", "alias",   "list", "end of list",
                                         "map",    "end map", "end",  "error"};
  std::string line(kNames[static_cast<std::size_t>(event.kind)]);
  line += " " + std::to_string(event.begin) + "-" + std::to_string(event.end);
  const bool is_scalar = event.kind == EventKind::kScalar;
  const bool begins = event.kind == EventKind::kListBegin || event.kind == EventKind::kMapBegin;
  if (is_scalar) line += " style " + std::to_string(static_cast<int>(event.style));
  if (begins && event.is_flow) line += " flow";
  if (is_scalar || event.kind == EventKind::kAlias) line += " `" + std::string(event.text) + "`";
  if (is_scalar || begins) {
    line += " &" + std::string(event.anchor) + " !" + std::string(event.tag);
  }
  return line + "\n";
}

template <typename Reader>
std::string Events(Reader& reader) {
  std::string events;
  while (true) {
    const Event& event = reader.Next();
    events += Line(event);
    if (event.kind == EventKind::kEnd || event.kind == EventKind::kError) return events;
  }
}

// Whether it is taken; expects libyaml's events if so.
bool IsTaken(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  QuickReader quick(text, begin, end);
  if (!quick.Read()) return false;
  LibyamlReader libyaml(text, begin, end);
  EXPECT_EQ(Events(quick), Events(libyaml)) << text.substr(begin, end - begin);
  return true;
}

bool IsTaken(std::string_view text) {
  return IsTaken(text, 0, static_cast<std::uint32_t>(text.size()));
}

TEST(QuickReaderTest, TakesWhatManifestsAreWrittenIn) {
  constexpr std::string_view kTexts[] = {
      // Lists and maps
      "a: 1",
      "a:\n  b: 1\n  c:\nd:\n",
      "- a\n-   b: 1\n    c: 2\n- - x\n  - y\n-\n- \n",
      "a:\n- b: 1\n  c:\n  - d\n- e\nf: 2\n",
      "a:\n-\n-\nb:\n",
      "- a:\n  - b\n- c:\n    - d\n",
      "  a: 1\n  b: 2\n",
      "-\n  a: 1\n-\n  - b\n",
      "a :  1  \nb: \n",
      "a:\n    b: 1\nc:\n  d: 2\n",
      // Documents
      "---\na: 1\n",
      "# head\n\n--- # x\n# more\na: 1\n",
      "text",
      "- text",
      // Comments
      "a: 1 # x\n# y\n  # z\nb: # w\n  c: 'q' # v\nd: [1, # u\n  2] # t\n# s",
      "a: x#y # z\n",
      "a: b\n  c\n  # d\n",
      "a: b # c\n# d\n",
      // Plain scalars
      "a: b c\n  d\n\n\n  e\nf: g\n",
      "- a\n  b\n-   c\n   d\n",
      "a:\n  b\n  c\nd: e\n",
      "- --port=80\n- -1\n- :x\n- ?y\n- a:b\n- a,b\n- a]b{c\n- http://x\n- ---\n",
      "a: b\n  - c\n",
      "<<: 1\n~: ~\n",
      "\xC3\xA9: \xE6\x97\xA5\n  \xF0\x9F\x98\x80\nb: c\n",
      // Quoted scalars
      R"(a: "x\ty\n\"\\\/\x41\u00e9\U0001F600\0\a\b\v\f\r\e\ ")",
      "a: 'it''s'\n'b': \"c\"\n\"d\" : ''\n",
      "a: 'x  \n\n   y\n z'\nb: \"x  \n\n y\\\n   z \\\n\n w\"\n",
      "a: \"\n  x\n  \"\n",
      // Block scalars
      "a: |\n  x\n   y\n\n  z\nb: >\n  x\n  y\n\n  z\n   w\n  v\n",
      "a: |-\n  x\n\nb: |+\n  x\n\nc: >-\n\n  x\n",
      "a: |2-\n    x\n  y\nb: >+1\n  x\n\n",
      "a: |\nb: |\n\n\nc: 1\n",
      "a: | # x\n  # y\n # z\nb: 1\n",
      "a: |\n  x\n",
      "a: |\n  x",
      "a: |\n  x\n  ",
      "a: |\n  x\n   \n \n",
      "- |\n x\n- >\n  x\n\n   y\n",
      "a:\n- |\n  x\n- y\n",
      "a: |\n  x\n  \ty\tz\n",
      "a: |\n \n  x\nb: 1\n",
      "--- # x\n|\n x\n",
      "a: >\n  x\n    y\n  z\n  \n\n  w\n",
      // [ ] and { }
      "a: [b, 'c', \"d\", {e: f}, [], {}, -1, *g, &h i, !j k]\n",
      "{a: 1, \"b\":2, 'c' : [3], d : {e: f,},}",
      "a: [\n  b,\n\n  c d\n  e,\n]\nf: {g: h\n  i, j:\n  k}\n",
      "- [a, b]\n- {c: d}\n",
      "a: [x:y, http://z]\n",
      "{\"a\":\"b\",\"c\":{\"d\":[true,null,1.5]}}",
      // Anchors, aliases, tags
      "a: &x 1\nb: *x\nc:\n  <<: *x\n  d: &y\n    e: f\ng: &z [1]\nh: &w {i: j}\nk: &v |\n  t\n",
      "- &a b: c\n- &d\n  e: f\n- &g\n  - h\n- &i h\n",
      "a: !!str 1\nb: !x &y z\nc: &y !!map\n  d: e\n",
      "&a b: c\n",
      "&a\nb: c\n",
      "a: &x\n  text\n  more\n",
      "a:\n  &x b: c\n",
      "- !Ref x\n- !!binary |\n  AA==\n",
  };
  for (const std::string_view text : kTexts) EXPECT_TRUE(IsTaken(text)) << text;
}

TEST(QuickReaderTest, DeclinesTheRest) {
  constexpr std::string_view kTexts[] = {
      "",
      "# x\n",
      "---",
      "--- a\n",
      "--- |\n a\n",
      "a: 1\n---\nb: 2\n",
      "a: 1\n...\n",
      "%YAML 1.1\n---\na: 1\n",
      // Characters
      "a: 1\r\nb: 2\r\n",
      "a: \x01\n",
      "a: \x7F\n",
      std::string_view("a: \0\n", 5),
      "\xEF\xBB\xBF"
      "a: 1\n",
      "a: \xC2\x85\n",
      "a: \xE2\x80\xA8\n",
      "a: \xEF\xBF\xBF\n",
      "a: \xFF\n",
      "a: \xC3",
      "a:\t1\n",
      "\ta: 1\n",
      "a: 1\t\n",
      "a: 'x\ty'\n",
      "a: b\n\tc\n",
      "a: |\n\tx\n",
      "a: |\n  \tx\n",
      "a: |\n   \n  x\n",
      // What is wrong
      "a: b: c\n",
      "a: - b\n",
      "- |\n x\n- >\n  x\n y\n",
      "a\nb: c\n",
      "a: 1\n  b: 2\n",
      "a:\n    b: 1\n  c: 2\n",
      "- a\nb: c\n",
      "a: 1\n- b\n",
      "a: \"x\n",
      "a: 'x\n",
      "a: \"\\q\"\n",
      "a: \"\\uD800\"\n",
      "a: \"\\x4\"\n",
      "a: [b\n",
      "a: [b}\n",
      "a: {b: c]\n",
      "a: [b] c\n",
      "a: \"b\" c\n",
      "a: b\n c: d\n",
      "a: @b\n",
      "a: `b\n",
      "a: %b\n",
      "a: |x\n b\n",
      "a: |0\n b\n",
      "a: *\n",
      "a: &\n",
      "a: & b\n",
      "a: &x &y b\n",
      "a: &x *y\n",
      "a: 'b'#c\n",
      "a: 'x\n--- y'\n",
      // What is rare
      "? a\n: b\n",
      "a: !<x> b\n",
      "a: !x!y b\n",
      "a: !!unknown b\n",
      "a: ! b\n",
      "a: &x\nb: 1\n",
      "a: &x\n- b\n",
      "a: !x\n  &y b\n",
      "[a]: b\n",
      "{a: b}: c\n",
      "*a : b\n",
      "'a\n  b': c\n",
      "[a: b]",
      "{a}",
      "{a, b}",
      "{a: }",
      "[a,,b]",
      "[,]",
      "{? a : b}",
      "{a:,}",
      "[a: ,]",
      "[-]",
      "[- a]",
      "{{ x }}",
      "a: {{ x }}\n",
      "a: |",
      "{a: |\n b}",
      "a: \"\\N\"\n",
  };
  for (const std::string_view text : kTexts) EXPECT_FALSE(IsTaken(text)) << text;
}

TEST(QuickReaderTest, DeclinesWhatIsTooDeepOrTooLong) {
  EXPECT_TRUE(IsTaken("a: " + std::string(5000, 'x')));
  EXPECT_TRUE(IsTaken(std::string(900, 'x') + ": 1"));
  EXPECT_FALSE(IsTaken(std::string(1100, 'x') + ": 1"));
  EXPECT_FALSE(IsTaken(std::string(100'000, '[')));
  EXPECT_FALSE(IsTaken(std::string(300, '[') + std::string(300, ']')));
  std::string dashes;
  for (int i = 0; i < 100'000; ++i) dashes += "- ";
  EXPECT_FALSE(IsTaken(dashes));
  std::string items = "[";
  for (int i = 0; i < 1'100'000; ++i) items += "1,";
  EXPECT_FALSE(IsTaken(items + "]"));
}

// The end of a document is that of its text to every look ahead, whatever follows there.
TEST(QuickReaderTest, ReadsNothingBehindTheDocument) {
  const std::string text = "x: 1\n---\na: 'b'\nc: |\n  d\n---\ne: 2\n";
  const auto begin = static_cast<std::uint32_t>(text.find("---"));
  const auto end = static_cast<std::uint32_t>(text.rfind("---"));
  EXPECT_TRUE(IsTaken(text, begin, end));
  for (std::uint32_t cut = begin; cut < end; ++cut) IsTaken(text, begin, cut);
}

// Every text cut off at every place: taken or not, there is no third way.
TEST(QuickReaderTest, AgreesOnEveryBeginningAndEndOfText) {
  const std::string text =
      "# c\na: &x [1, {b: 'c''d', \"e\\n\": f}]\ng:\n- h: >-\n    i\n\n    j\n  k: *x\n-\nl: m\n  "
      "n\n"
      "o: !!str |+\n\n  p\n q: \n";
  for (std::uint32_t end = 0; end <= text.size(); ++end) IsTaken(text, 0, end);
  for (std::uint32_t begin = 0; begin < text.size(); ++begin) {
    IsTaken(text, begin, static_cast<std::uint32_t>(text.size()));
  }
}

std::string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(QuickReaderTest, TakesTheManifestsAndRulesOfThisRepository) {
  std::size_t documents = 0;
  std::size_t taken = 0;
  for (const char* const folder : {"testdata", "rules"}) {
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(fs::path(RESTORABLE_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".yaml" && entry.path().extension() != ".yml") continue;
      const SourceFile file(FileId{0}, entry.path().string(), ReadText(entry.path()));
      std::vector<Diagnostic> diagnostics;
      for (const Segment& segment : Split(file, 1000, diagnostics)) {
        if (segment.is_empty) continue;
        ++documents;
        if (IsTaken(file.text(), segment.range.begin, segment.range.end)) ++taken;
      }
    }
  }
  EXPECT_GT(documents, 100U);
  EXPECT_GE(taken * 100, documents * 95) << taken << " of " << documents;
}

}  // namespace
}  // namespace restorable::yaml
