// Where values stand: byte ranges, and the lines and columns that reports make of them.

#include <string>

#include "parsed.h"

namespace restorable::yaml {
namespace {

struct RangeCase {
  std::string_view text;
  std::string_view path;   // keys with dots between, list items as numbers
  std::string_view range;  // the text at the value's range
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

void PrintTo(const RangeCase& c, std::ostream* out) { *out << c.path << " in " << c.text; }

Value Follow(Value value, std::string_view path) {
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    path = dot == std::string_view::npos ? "" : path.substr(dot + 1);
    if (value.IsList()) {
      value = value.AsList()[static_cast<std::size_t>(step[0] - '0')];
    } else {
      const Value* const found = value.Find(step);
      if (found == nullptr) ADD_FAILURE() << "no entry " << step;
      value = found == nullptr ? Value() : *found;
    }
  }
  return value;
}

class RangeTest : public testing::TestWithParam<RangeCase> {};

TEST_P(RangeTest, IsTheTextThatWroteTheValue) {
  const Parsed parsed{std::string(GetParam().text)};
  ASSERT_EQ(parsed.document().state, DocumentState::kParsed) << parsed.Diagnostic();
  const Range range = Follow(parsed.root(), GetParam().path).range();
  EXPECT_EQ(parsed.Text(range), GetParam().range);
  EXPECT_EQ(parsed.file.PositionAt(range.begin), (Position{GetParam().line, GetParam().column}));
}

INSTANTIATE_TEST_SUITE_P(Scalars, RangeTest,
                         testing::Values(RangeCase{"a: b", "a", "b", 1, 4},
                                         RangeCase{"a:   b   # c", "a", "b", 1, 6},
                                         RangeCase{"a: 'b c'", "a", "'b c'", 1, 4},
                                         RangeCase{"a: \"b\\n\"", "a", "\"b\\n\"", 1, 4},
                                         RangeCase{"a: one\n  two\nb: 1", "a", "one\n  two", 1, 4},
                                         RangeCase{"- a\n-   b", "1", "b", 2, 5},
                                         RangeCase{"a: 0777", "a", "0777", 1, 4},
                                         RangeCase{"a:\n  b: 1.0", "a.b", "1.0", 2, 6},
                                         RangeCase{"{a: b,c: d}", "c", "d", 1, 10}));

INSTANTIATE_TEST_SUITE_P(
    Empty, RangeTest,
    testing::Values(RangeCase{"a:\nb: 1", "a", "", 1, 3},
                    RangeCase{"a:   # x\nb: 1", "a", "", 1, 3}, RangeCase{"-\n- b", "0", "", 1, 2},
                    RangeCase{"{a, b: 1}", "a", "", 1, 3}, RangeCase{"{a: , b: 1}", "a", "", 1, 4},
                    RangeCase{"? a\n\n\n? b", "a", "", 1, 4}, RangeCase{"a:", "a", "", 1, 3}));

INSTANTIATE_TEST_SUITE_P(TagsAndAnchors, RangeTest,
                         testing::Values(RangeCase{"a: !!str 12", "a", "12", 1, 10},
                                         RangeCase{"a: &x 12", "a", "12", 1, 7},
                                         RangeCase{"a: &x !!str 12", "a", "12", 1, 13},
                                         RangeCase{"a: !!str &x \"12\"", "a", "\"12\"", 1, 13},
                                         RangeCase{"a: !<tag:x> b", "a", "b", 1, 13},
                                         RangeCase{"a: !!str # why\n  b", "a", "b", 2, 3},
                                         RangeCase{"!!str # why\n\xEF\xBB\xBF"
                                                   "b",
                                                   "", "b", 2, 2},
                                         RangeCase{"a: !\xE2\x80\xA8", "a", "", 1, 5},
                                         RangeCase{"a: &x\n  b: 1\nc: 2", "a", "b: 1", 2, 3},
                                         RangeCase{"a: &x [1, 2]", "a", "[1, 2]", 1, 7},
                                         RangeCase{"a: &x\n- 1\n- 2", "a", "- 1\n- 2", 2, 1},
                                         RangeCase{"a: !!null\nb: 1", "a", "", 1, 10},
                                         RangeCase{"a: &x |\n  b", "a", "|\n  b", 1, 7}));

INSTANTIATE_TEST_SUITE_P(
    BlockScalars, RangeTest,
    testing::Values(RangeCase{"a: |\n  x\n  y\nb: 1", "a", "|\n  x\n  y", 1, 4},
                    RangeCase{"a: >-\n  x\n\n\nb: 1", "a", ">-\n  x", 1, 4},
                    RangeCase{"a: |+\n\n\nb: 1", "a", "|+", 1, 4},
                    RangeCase{"a: | # why\n  x\n# not its own\nb: 1", "a", "| # why\n  x", 1, 4}));

INSTANTIATE_TEST_SUITE_P(
    Containers, RangeTest,
    testing::Values(RangeCase{"a:\n  b: 1\n  c: 2\n\nd: 3", "a", "b: 1\n  c: 2", 2, 3},
                    RangeCase{"a:\n  - 1\n  - x: 2\n# c\nd: 3", "a", "- 1\n  - x: 2", 2, 3},
                    RangeCase{"a:\n- x: 2\n  y:\nd: 3", "a.0", "x: 2\n  y:", 2, 3},
                    RangeCase{"a: [1,\n  2 ] # c", "a", "[1,\n  2 ]", 1, 4},
                    RangeCase{"a: {}\nb: []", "b", "[]", 2, 4},
                    RangeCase{"# c\na: 1\nb: 2\n\n", "", "a: 1\nb: 2", 2, 1}));

INSTANTIATE_TEST_SUITE_P(
    Encodings, RangeTest,
    testing::Values(RangeCase{"é: ü\nb: x", "b", "x", 2, 4},
                    RangeCase{"a: '€😀'\nb: \"ä\" # ö\nc: x", "b", "\"ä\"", 2, 4},
                    RangeCase{"äöü: {é: ß, b: x}", "äöü.b", "x", 1, 16},
                    RangeCase{"a: 1\r\nb:\r\n  c: 2\r\n", "b.c", "2", 3, 6},
                    RangeCase{"a: |\r\n  x\r\n  y\r\nb: z\r\n", "b", "z", 4, 4},
                    RangeCase{"é: |\r\n  x\r\nb: z\r\n", "b", "z", 3, 4},
                    RangeCase{"a: 1\rb: 2", "b", "2", 2, 4},
                    RangeCase{"a: 'x\xE2\x80\xA8y'\nb: z", "b", "z", 2, 4},
                    RangeCase{"a:\t1\nb: \t x\t\n", "b", "x", 2, 6},
                    RangeCase{"\xEF\xBB\xBF"
                              "a: b",
                              "a", "b", 1, 4}));

TEST(KeyRangeTest, IsTheTextOfTheKey) {
  const Parsed parsed("'a b': 1\nc: &x k\n*x : 2\n0x10: 3\n? d\n: 4\n");
  std::string keys;
  for (const MapEntry& entry : parsed.root().AsMap()) {
    keys += std::string(parsed.Text(entry.key.range())) + "|";
  }
  EXPECT_EQ(keys, "'a b'|c|*x|0x10|d|");
}

// ---- Split, parse, positions

constexpr std::string_view kManifests = R"(# Two documents of several kinds of text.
%YAML 1.1
---
apiVersion: v1
kind: ConfigMap
metadata: {name: überprüft, labels: {app: "web", tier: 'front'}}
data:
  plain: Standard_LRS   # comment
  multi: one
    two
---
- größe: 10Gi
  "quoted key": [a, b, {c: d}]
-   - nested
    - list: x
...
last: 'é'
)";

// Each plain scalar of one line is the text at its range, and each child lies in its parent.
void CheckRanges(const Parsed& parsed, Value value) {
  if (value.IsString()) {
    const std::string_view text = parsed.Text(value.range());
    const bool is_simple = text.find_first_of("'\"\r\n") == std::string_view::npos;
    if (is_simple) {
      EXPECT_EQ(text, value.AsString());
    }
  }
  if (value.IsList()) {
    for (const Value& item : value.AsList()) {
      EXPECT_TRUE(value.range().Contains(item.range()));
      CheckRanges(parsed, item);
    }
  }
  if (!value.IsMap()) return;
  for (const MapEntry& entry : value.AsMap()) {
    EXPECT_TRUE(value.range().Contains(entry.key.range()));
    EXPECT_TRUE(value.range().Contains(entry.value.range()));
    CheckRanges(parsed, entry.key);
    CheckRanges(parsed, entry.value);
  }
}

TEST(RangesTest, HoldInEveryEncodingOfLines) {
  for (const std::string_view line_break : {"\n", "\r\n", "\r"}) {
    std::string text;
    for (const char c : kManifests) text += c == '\n' ? line_break : std::string_view(&c, 1);
    const Parsed parsed(text);
    ASSERT_EQ(parsed.stream.documents.size(), 3);
    for (const Document& document : parsed.stream.documents) {
      EXPECT_EQ(document.state, DocumentState::kParsed) << parsed.Diagnostic();
      EXPECT_TRUE(document.range.Contains(document.root.range()));
      CheckRanges(parsed, document.root);
    }
  }
}

}  // namespace
}  // namespace restorable::yaml
