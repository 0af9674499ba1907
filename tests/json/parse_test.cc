#include "json/parse.h"

#include <chrono>
#include <string>

#include "value/json.h"

namespace restorable::json {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

// A text and what came of it, kept alive together.
struct Parsed {
  explicit Parsed(std::string text, const Options& options = {}, const Limits& limits = {})
      : file(FileId{0}, "test.json", std::move(text)),
        result(json::Parse(file, arena, limits, options)) {}

  [[nodiscard]] std::string Json() const { return ToJson(result.root); }
  [[nodiscard]] std::string_view Text(Range range) const { return file.Text(range); }

  // "line:column id message" of the first diagnostic; "" without one.
  [[nodiscard]] std::string Diagnostic() const {
    if (result.diagnostics.empty()) return "";
    const restorable::Diagnostic& first = result.diagnostics.front();
    const Position at = file.PositionAt(first.range.begin);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
           std::string(first.kind->id) + " " + Message(first);
  }

  SourceFile file;
  Arena arena;
  ParseResult result;
};

struct ValueCase {
  std::string_view text;
  std::string_view json;
};

void PrintTo(const ValueCase& c, std::ostream* out) { *out << c.text; }

class ValueTest : public testing::TestWithParam<ValueCase> {};

TEST_P(ValueTest, ComesOutAs) {
  const Parsed parsed{std::string(GetParam().text)};
  EXPECT_TRUE(parsed.result.ok) << parsed.Diagnostic();
  EXPECT_EQ(parsed.Json(), GetParam().json);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ValueTest,
    testing::Values(
        ValueCase{"null", "null"}, ValueCase{" true ", "true"}, ValueCase{"false", "false"},
        ValueCase{"0", "0"}, ValueCase{"-0", "0"}, ValueCase{"12", "12"}, ValueCase{"1.0", "1.0"},
        ValueCase{"-0.0", "-0.0"}, ValueCase{"1e2", "100.0"}, ValueCase{"1E-2", "0.01"},
        ValueCase{"1e-999", "0.0"}, ValueCase{"9223372036854775807", "9223372036854775807"},
        ValueCase{"-9223372036854775808", "-9223372036854775808"},
        ValueCase{"18446744073709551615", "18446744073709551615"},
        ValueCase{"18446744073709551616", "1.8446744073709552e+19"}, ValueCase{"\"\"", "\"\""},
        ValueCase{R"("a\"\\\/\b\f\n\r\t")", R"("a\"\\/\u0008\u000c\n\r\t")"},
        ValueCase{R"("\u0041\u00e9\u20AC")", "\"Aé€\""}, ValueCase{R"("\ud83d\ude00")", "\"😀\""},
        ValueCase{R"("\u0000")", R"("\u0000")"}, ValueCase{"\"é😀\x7F\"", "\"é😀\\u007f\""},
        ValueCase{"[]", "[]"}, ValueCase{"{ }", "{}"},
        ValueCase{"[1 , [2,[]], {} ]", "[1,[2,[]],{}]"},
        ValueCase{"{\"a\":{\"b\":[1,2]},\"\":null}", R"({"a":{"b":[1,2]},"":null})"},
        ValueCase{"\xEF\xBB\xBF[1]", "[1]"}, ValueCase{"\r\n\t [1]\n", "[1]"}));

struct RefusedCase {
  std::string_view text;
  std::string_view diagnostic;
};

void PrintTo(const RefusedCase& c, std::ostream* out) { *out << c.text; }

class RefusedTest : public testing::TestWithParam<RefusedCase> {};

TEST_P(RefusedTest, IsAnErrorAtTheByte) {
  const Parsed parsed{std::string(GetParam().text)};
  EXPECT_FALSE(parsed.result.ok);
  EXPECT_TRUE(parsed.result.root.IsNull());
  EXPECT_EQ(parsed.Diagnostic(), GetParam().diagnostic);
}

INSTANTIATE_TEST_SUITE_P(
    Structure, RefusedTest,
    testing::Values(
        RefusedCase{"", "1:1 json-unexpected expected a value, found the end of the text"},
        RefusedCase{"[1,]", "1:4 json-unexpected expected a value, found `]`"},
        RefusedCase{"[1 2]", "1:4 json-unexpected expected `,` or `]`, found `2`"},
        RefusedCase{"[1", "1:3 json-unexpected expected `,` or `]`, found the end of the text"},
        RefusedCase{"{\"a\"}", "1:5 json-unexpected expected `:`, found `}`"},
        RefusedCase{"{\"a\":1,}", "1:8 json-unexpected expected a key in quotes, found `}`"},
        RefusedCase{"{a:1}", "1:2 json-unexpected expected a key in quotes, found `a`"},
        RefusedCase{"{\"a\":1 \"b\":2}", "1:8 json-unexpected expected `,` or `}`, found `\"`"},
        RefusedCase{"[1]]", "1:4 json-unexpected expected the end of the text, found `]`"},
        RefusedCase{"[1}", "1:3 json-unexpected expected `,` or `]`, found `}`"},
        RefusedCase{"nul", "1:1 json-unexpected expected a value, found `n`"},
        RefusedCase{"nullx", "1:5 json-unexpected expected the end of the text, found `x`"},
        RefusedCase{"NaN", "1:1 json-unexpected expected a value, found `N`"},
        RefusedCase{"[\n  'a']", "2:3 json-unexpected expected a value, found `'`"},
        RefusedCase{"[é]", "1:2 json-unexpected expected a value, found `é`"},
        RefusedCase{"// a\n1", "1:1 json-unexpected expected a value, found `/`"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, RefusedTest,
    testing::Values(
        RefusedCase{"01", "1:2 json-unexpected expected the end of the text, found `1`"},
        RefusedCase{"-", "1:2 json-unexpected expected a digit, found the end of the text"},
        RefusedCase{"+1", "1:1 json-unexpected expected a value, found `+`"},
        RefusedCase{"1.", "1:3 json-unexpected expected a digit, found the end of the text"},
        RefusedCase{"[1.e2]", "1:4 json-unexpected expected a digit, found `e`"},
        RefusedCase{".5", "1:1 json-unexpected expected a value, found `.`"},
        RefusedCase{"1e", "1:3 json-unexpected expected a digit, found the end of the text"},
        RefusedCase{"[1e999]", "1:2 json-number-out-of-range `1e999` does not fit a 64-bit number"},
        RefusedCase{"-1e999",
                    "1:1 json-number-out-of-range `-1e999` does not fit a 64-bit "
                    "number"}));

INSTANTIATE_TEST_SUITE_P(
    Strings, RefusedTest,
    testing::Values(
        RefusedCase{"[\"a]", "1:2 json-unclosed-string the string has no closing quote"},
        RefusedCase{"\"a\\\"", "1:1 json-unclosed-string the string has no closing quote"},
        RefusedCase{"\"a\\q\"", "1:3 json-bad-escape `\\q` is no escape of JSON"},
        RefusedCase{"\"\\u12g4\"", "1:2 json-bad-escape `\\u12g` is no escape of JSON"},
        RefusedCase{"\"\\u-123\"", "1:2 json-bad-escape `\\u-` is no escape of JSON"},
        RefusedCase{"\"a\nb\"",
                    "1:3 json-control-character control character 0x0A in a string; write it as an "
                    "escape"},
        RefusedCase{"\"\x01\"",
                    "1:2 json-control-character control character 0x01 in a string; write it as an "
                    "escape"},
        RefusedCase{R"("\ud800")", "1:2 json-lone-surrogate `\\ud800` is half of a surrogate pair"},
        RefusedCase{R"("\ude00")", "1:2 json-lone-surrogate `\\ude00` is half of a surrogate pair"},
        RefusedCase{R"("\ud800\u0041")",
                    "1:2 json-lone-surrogate `\\ud800` is half of a surrogate pair"},
        RefusedCase{"[\"\xC3\x28\"]", "1:3 json-invalid-utf8 byte 2 is not valid UTF-8"},
        RefusedCase{"\"\xED\xA0\x80\"", "1:2 json-invalid-utf8 byte 1 is not valid UTF-8"}));

// ---- What Azure's tools accept on top

constexpr Options kAzure{.comments = true, .multiline_strings = true, .trailing_commas = true};

TEST(CommentsTest, MayStandBetweenAllTokens) {
  const Parsed parsed("// a\n{ /* b */ \"k\" // c\n : /* d\n */ [ 1, // e\n 2 /**/ ] } // f",
                      kAzure);
  EXPECT_EQ(parsed.Diagnostic(), "");
  EXPECT_EQ(parsed.Json(), R"({"k":[1,2]})");
}

TEST(CommentsTest, MustEnd) {
  EXPECT_EQ(Parsed("[1 /* x ]", kAzure).Diagnostic(),
            "1:4 json-unclosed-comment the comment has no `*/`");
  EXPECT_EQ(Parsed("[1 / 2]", kAzure).Diagnostic(),
            "1:4 json-unexpected expected a value, found `/`");
}

TEST(MultilineStringsTest, KeepTheirLineBreaks) {
  const Parsed parsed("[\"a\r\n\tb\", \"c\\n\nd\"]", kAzure);
  EXPECT_EQ(parsed.Json(), R"(["a\r\n\tb","c\n\nd"])");
  EXPECT_THAT(Parsed("\"\x01\"", kAzure).Diagnostic(), HasSubstr("json-control-character"));
}

TEST(TrailingCommasTest, AreTakenOnceAtTheEnd) {
  EXPECT_EQ(Parsed("{\"a\": [1, 2,], }", kAzure).Json(), R"({"a":[1,2]})");
  EXPECT_THAT(Parsed("[1,,]", kAzure).Diagnostic(), HasSubstr("1:4 json-unexpected"));
  EXPECT_THAT(Parsed("[,]", kAzure).Diagnostic(), HasSubstr("1:2 json-unexpected"));
  EXPECT_THAT(Parsed("[1,]", {}).Diagnostic(), HasSubstr("1:4 json-unexpected"));
}

// ---- Null and duplicates

TEST(NullEntriesTest, AreLeftOutOnDemand) {
  constexpr Options kDrop{.drop_null_entries = true};
  EXPECT_EQ(Parsed(R"({"a":null,"b":{"c":null},"d":[null]})", kDrop).Json(),
            R"({"b":{},"d":[null]})");
  EXPECT_EQ(Parsed(R"({"a":1,"a":null})", kDrop).Json(), "{}");
}

TEST(DuplicateKeyTest, IsReportedWithBothRanges) {
  const Parsed parsed("{\"a\": 1, \"b\": 2,\n \"a\": 3}");
  EXPECT_TRUE(parsed.result.ok);
  EXPECT_EQ(parsed.Json(), R"({"a":3,"b":2})");
  EXPECT_EQ(parsed.Diagnostic(),
            "2:2 json-duplicate-key the key `a` stands twice; the last one counts");
  ASSERT_THAT(parsed.result.diagnostics.front().notes, SizeIs(1));
  EXPECT_EQ(parsed.Text(parsed.result.diagnostics.front().notes.front().range), "\"a\"");
}

TEST(DuplicateKeyTest, ComparesWhatEscapesMean) {
  EXPECT_THAT(Parsed(R"({"a":1,"\u0061":2})").Diagnostic(), HasSubstr("json-duplicate-key"));
}

TEST(DuplicateKeyTest, IsFoundInLargeMaps) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"k" + std::to_string(i) + "\": 1, ";
  const Parsed parsed(text + "\"k500\": 2}");
  EXPECT_EQ(parsed.result.root.Find("k500")->AsInt(), 2);
  EXPECT_EQ(parsed.result.root.size(), 1000);
  EXPECT_THAT(parsed.result.diagnostics, SizeIs(1));
}

TEST(DuplicateKeyTest, IsReportedSoManyTimesOnly) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"a\": 1, ";
  EXPECT_THAT(Parsed(text + "\"b\": 2}").result.diagnostics, SizeIs(100));
}

// ---- Ranges

TEST(RangesTest, CoverEveryKeyAndValue) {
  const Parsed parsed("\xEF\xBB\xBF{ \"é\": [ 1, \"x\\n\" ],\n  \"b\" : { } }");
  const Value root = parsed.result.root;
  EXPECT_EQ(parsed.Text(root.range()), "{ \"é\": [ 1, \"x\\n\" ],\n  \"b\" : { } }");
  EXPECT_EQ(parsed.Text(root.AsMap()[0].key.range()), "\"é\"");
  EXPECT_EQ(parsed.Text(root.AsMap()[0].value.range()), "[ 1, \"x\\n\" ]");
  EXPECT_EQ(parsed.Text(root.AsMap()[0].value.AsList()[1].range()), "\"x\\n\"");
  EXPECT_EQ(parsed.Text(root.AsMap()[1].value.range()), "{ }");
}

TEST(RangesTest, LetStringsWithoutEscapesPointIntoTheSource) {
  const Parsed parsed("[\"abc\", \"a\\u0062c\"]");
  const std::span<const Value> items = parsed.result.root.AsList();
  EXPECT_EQ(items[0].AsString().data(), parsed.file.text().data() + 2);
  EXPECT_EQ(items[1].AsString(), "abc");
}

// ---- Limits

std::string Repeat(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(LimitsTest, BoundTheNesting) {
  EXPECT_TRUE(Parsed(Repeat("[", 200) + Repeat("]", 200)).result.ok);
  EXPECT_EQ(Parsed(Repeat("[", 1'000'000)).Diagnostic(),
            "1:201 json-too-deep nested deeper than the limit of 200");
  EXPECT_THAT(Parsed(Repeat("{\"a\":", 1'000'000)).Diagnostic(), HasSubstr("json-too-deep"));
}

TEST(LimitsTest, BoundTheNodes) {
  EXPECT_TRUE(Parsed("[1,2,3]", {}, {.document_nodes = 4}).result.ok);
  EXPECT_EQ(Parsed("[1,2,3]", {}, {.document_nodes = 3}).Diagnostic(),
            "1:6 json-too-many-nodes more values than the limit of 3");
}

TEST(LimitsTest, BoundTheText) {
  EXPECT_EQ(Parsed("[1,2,3]", {}, {.file_bytes = 6}).Diagnostic(),
            "1:1 json-too-large the text is larger than the limit of 6 bytes");
}

TEST(LimitsTest, KeepHostileTextsFast) {
  const auto begin = std::chrono::steady_clock::now();
  std::string keys = "{";
  for (int i = 0; i < 200'000; ++i) keys += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(Parsed(keys + "\"k\":0}").result.ok);
  EXPECT_TRUE(Parsed("\"" + Repeat("\\u0041", 1'000'000) + "\"").result.ok);
  EXPECT_TRUE(Parsed("[" + Repeat("0,", 500'000) + "0]").result.ok);
  EXPECT_TRUE(Parsed(Repeat("/**/", 500'000) + "0", kAzure).result.ok);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

}  // namespace
}  // namespace restorable::json
