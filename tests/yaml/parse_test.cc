#include "yaml/parse.h"

#include <string>

#include "parsed.h"

namespace restorable::yaml {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// ---- Documents

TEST(DocumentsTest, AreReadOneByOne) {
  const Parsed parsed("a: 1\n---\nb: [x, {c: z}]\n...\n# tail\n");
  ASSERT_THAT(parsed.stream.documents, SizeIs(2));
  EXPECT_EQ(parsed.Json(0), R"({"a":1})");
  EXPECT_EQ(parsed.Json(1), R"({"b":["x",{"c":"z"}]})");
}

TEST(DocumentsTest, MayBeEmpty) {
  const Parsed parsed("---\n# nothing\n---\na: 1\n---");
  ASSERT_THAT(parsed.stream.documents, SizeIs(3));
  EXPECT_EQ(parsed.Json(0), "null");
  EXPECT_EQ(parsed.root(0).range(), (Range{FileId{0}, 3, 3}));
  EXPECT_EQ(parsed.Json(2), "null");
}

TEST(DocumentsTest, HideNothingWhenOneIsBroken) {
  const Parsed parsed("good: 1\n---\nbad: [1\n---\nalso: good\n");
  ASSERT_THAT(parsed.stream.documents, SizeIs(3));
  EXPECT_EQ(parsed.Json(0), R"({"good":1})");
  EXPECT_EQ(parsed.document(1).state, DocumentState::kBroken);
  EXPECT_TRUE(parsed.root(1).IsNull());
  EXPECT_EQ(parsed.Json(2), R"({"also":"good"})");
  EXPECT_EQ(parsed.Diagnostic(), "3:6 yaml-unclosed-bracket `[` is not closed in this document");
  EXPECT_THAT(parsed.stream.diagnostics, SizeIs(1));
}

TEST(DocumentsTest, DoNotShareAnchors) {
  const Parsed parsed("a: &x 1\n---\nb: *x\n");
  EXPECT_EQ(parsed.document(1).state, DocumentState::kBroken);
  EXPECT_EQ(parsed.Diagnostic(), "3:4 yaml-unknown-anchor no anchor `&x` stands before this alias");
}

TEST(DocumentsTest, BreakAloneOnInvalidUtf8) {
  const Parsed parsed("a: 1\n---\nb: \xFF\n---\nc: 3\n");
  EXPECT_EQ(parsed.Json(0), R"({"a":1})");
  EXPECT_EQ(parsed.document(1).state, DocumentState::kBroken);
  EXPECT_EQ(parsed.Json(2), R"({"c":3})");
  EXPECT_EQ(parsed.Diagnostic(), "3:4 yaml-invalid-utf8 byte 12 is not valid UTF-8");
}

TEST(DocumentsTest, AreFewInAnEmptyFile) {
  EXPECT_THAT(Parsed("").stream.documents, IsEmpty());
  EXPECT_THAT(Parsed("\xEF\xBB\xBF").stream.documents, IsEmpty());
  EXPECT_THAT(Parsed("\n \n# x\n").stream.documents, IsEmpty());
}

TEST(DocumentsTest, WarnOfAVersionThatKubernetesRefuses) {
  EXPECT_EQ(Parsed("%YAML 1.2\n---\na: 1\n").Diagnostic(),
            "1:1 yaml-version-directive Kubernetes refuses `%YAML 1.2`");
  EXPECT_EQ(Parsed("%YAML 1.1\n---\na: 1\n").Diagnostic(), "");
}

// ---- Scalars, lists and maps

struct ValueCase {
  std::string_view text;
  std::string_view json;
};

void PrintTo(const ValueCase& c, std::ostream* out) { *out << c.text; }

class ValueTest : public testing::TestWithParam<ValueCase> {};

TEST_P(ValueTest, ComesOutAs) {
  const Parsed parsed{std::string(GetParam().text)};
  EXPECT_EQ(parsed.Diagnostic(), "");
  EXPECT_EQ(parsed.Json(), GetParam().json);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ValueTest,
    testing::Values(ValueCase{"x", R"("x")"}, ValueCase{"- 1\n- [2, 3]\n-\n", "[1,[2,3],null]"},
                    ValueCase{"a:\n- 1\nb: 2", R"({"a":[1],"b":2})"},
                    ValueCase{"a: '1'\nb: \"2\"\nc: |\n  3", R"({"a":"1","b":"2","c":"3"})"},
                    ValueCase{"a: 'it''s'\nb: \"\\u00e9\\n\"", R"({"a":"it's","b":"é\n"})"},
                    ValueCase{"a: one\n  two\n\n  three", R"({"a":"one two\nthree"})"},
                    ValueCase{"a: |-\n  x\n   y\n\n", R"({"a":"x\n y"})"},
                    ValueCase{"a: >+\n  x\n  y\n\n", R"({"a":"x y\n\n"})"},
                    ValueCase{"a:\nb: ~\nc: ''", R"({"a":null,"b":null,"c":""})"},
                    ValueCase{"? a\n: 1\n? b\n", R"({"a":1,"b":null})"},
                    ValueCase{"{a, b: , 'c':d}", R"({"a":null,"b":null,"c":"d"})"},
                    ValueCase{"[a: 1, b]", R"([{"a":1},"b"])"},
                    ValueCase{"a: !!str 12\nb: !foo 12\nc: ! 12\nd: !!int \"3\"",
                              R"({"a":"12","b":"12","c":"12","d":3})"},
                    ValueCase{"a: !foo {b: !bar [1]}", R"({"a":{"b":[1]}})"},
                    ValueCase{"1: a\n0x10: b\n1.0e+6: c\n'true': d",
                              R"({"1":"a","16":"b","1e+06":"c","true":"d"})"},
                    ValueCase{"a: 1.0\nb: 1.5\nc: 1e3\nd: 10Gi",
                              R"({"a":1,"b":1.5,"c":1000,"d":"10Gi"})"},
                    ValueCase{"&k key: &v 1.0\n*v : *k", R"({"key":1,"1":"key"})"},
                    ValueCase{"a: &x [1]\nb: [*x, *x]", R"({"a":[1],"b":[[1],[1]]})"},
                    ValueCase{"a: &x 1\nb: &x 2\nc: *x", R"({"a":1,"b":2,"c":2})"},
                    ValueCase{"a: &x {b: &x 1}\nc: *x", R"({"a":{"b":1},"c":1})"}));

TEST(ValueTest, PointsIntoTheSourceWhereTheSameBytesStandThere) {
  const Parsed parsed("a: Premium_LRS\nb: 'x y'\nc: \"z\"\n");
  const std::string_view text = parsed.file.text();
  const auto within = [&](std::string_view part) {
    return part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size();
  };
  for (const MapEntry& entry : parsed.root().AsMap()) {
    EXPECT_TRUE(within(entry.key.AsString())) << entry.key.AsString();
    EXPECT_TRUE(within(entry.value.AsString())) << entry.value.AsString();
  }
}

TEST(ValueTest, LeavesNullEntriesOutOnDemand) {
  const Parsed parsed("a:\nb: {c: ~, d: 1}\ne: [~]\nf: 1\nf:\n", {.drop_null_entries = true});
  EXPECT_EQ(parsed.Json(), R"({"b":{"d":1},"e":[null]})");
}

// ---- Duplicate keys

TEST(DuplicateKeyTest, KeepsTheLastAndReportsBoth) {
  const Parsed parsed("a: 1\nb: 2\na: 3\n");
  EXPECT_EQ(parsed.Json(), R"({"a":3,"b":2})");
  EXPECT_EQ(parsed.Diagnostic(),
            "3:1 yaml-duplicate-key the key `a` stands twice; the last one counts");
  ASSERT_THAT(parsed.stream.diagnostics.front().notes, SizeIs(1));
  EXPECT_EQ(parsed.stream.diagnostics.front().notes.front().range, (Range{FileId{0}, 0, 1}));
}

TEST(DuplicateKeyTest, ComparesWhatKeysBecome) {
  EXPECT_THAT(Parsed("1: a\n0x1: b\n").Diagnostic(), HasSubstr("yaml-duplicate-key"));
  EXPECT_THAT(Parsed("yes: a\n'true': b\n").stream.diagnostics, SizeIs(2));
}

TEST(DuplicateKeyTest, IsFoundInLargeMaps) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "k" + std::to_string(i) + ": 1\n";
  const Parsed parsed(text + "k42: 2\n");
  EXPECT_EQ(parsed.root().Find("k42")->AsInt(), 2);
  EXPECT_EQ(parsed.root().size(), 100);
  EXPECT_THAT(parsed.stream.diagnostics, SizeIs(1));
}

TEST(DuplicateKeyTest, IsReportedSoManyTimesOnly) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a: 1\n";
  EXPECT_THAT(Parsed(text).stream.diagnostics, SizeIs(100));
}

struct BoolKeyCase {
  std::string_view text;
  std::string_view warning;
};

class BoolKeyTest : public testing::TestWithParam<BoolKeyCase> {};

TEST_P(BoolKeyTest, IsWorthAWarning) {
  EXPECT_EQ(Parsed(std::string(GetParam().text)).Diagnostic(), GetParam().warning);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BoolKeyTest,
    testing::Values(
        BoolKeyCase{"y: 1",
                    "1:1 yaml-bool-key Kubernetes reads the key `y` as `true`; put it in quotes"},
        BoolKeyCase{"a: 1\non: 2",
                    "2:1 yaml-bool-key Kubernetes reads the key `on` as `true`; put it in quotes"},
        BoolKeyCase{"n: 1",
                    "1:1 yaml-bool-key Kubernetes reads the key `n` as `false`; put it in quotes"},
        BoolKeyCase{"true: 1", ""}, BoolKeyCase{"'y': 1", ""}));

// ---- Aliases

TEST(AliasTest, KeepsItsRangeAndSaysHowItCame) {
  const Parsed parsed("a: &x fast\nb: *x\n");
  const Value value = *parsed.root().Find("b");
  EXPECT_EQ(parsed.Text(value.range()), "fast");
  const std::vector<Note> chain = parsed.origins.Chain(value.via());
  ASSERT_THAT(chain, SizeIs(1));
  EXPECT_EQ(parsed.Text(chain.front().range), "*x");
  EXPECT_EQ(chain.front().text, "alias `*x`");
}

TEST(AliasTest, SharesWhatItStandsFor) {
  const Parsed parsed("a: &x [1, 2]\nb: *x\n");
  EXPECT_EQ(parsed.root().Find("a")->AsList().data(), parsed.root().Find("b")->AsList().data());
}

// ---- Merge keys

INSTANTIATE_TEST_SUITE_P(
    Merge, ValueTest,
    testing::Values(ValueCase{"<<: {a: 1}\nb: 2", R"({"a":1,"b":2})"},
                    ValueCase{"x: &x {a: 1}\nm: {<<: *x, b: 2}",
                              R"({"x":{"a":1},"m":{"a":1,"b":2}})"},
                    ValueCase{"<<: {a: 2}\na: 1", R"({"a":1})"},
                    ValueCase{"<<: [{a: 1}, {a: 2, b: 3}]", R"({"a":1,"b":3})"},
                    ValueCase{"!!merge <<: {a: 1}", R"({"a":1})"},
                    ValueCase{"'<<': {a: 1}", R"({"<<":{"a":1}})"},
                    ValueCase{"x: &x {a: 1, b: 1}\nm: &m {<<: *x, b: 2}\nz: {<<: [*m]}",
                              R"({"x":{"a":1,"b":1},"m":{"a":1,"b":2},"z":{"a":1,"b":2}})"}));

TEST(MergeTest, OverridesWhatStandsBeforeItAndSaysSo) {
  const Parsed parsed("a: 1\n<<: {a: 2}\n");
  EXPECT_EQ(parsed.Json(), R"({"a":2})");
  EXPECT_EQ(parsed.Diagnostic(),
            "1:1 yaml-merge-overrides Kubernetes lets this `<<` override the key `a`, which stands "
            "before it");
}

TEST(MergeTest, LeavesTheAliasInTheOrigin) {
  const Parsed parsed("x: &x {sku: fast}\nm: {<<: *x}\n");
  const Value sku = *parsed.root().Find("m")->Find("sku");
  EXPECT_EQ(parsed.Text(sku.range()), "fast");
  const std::vector<Note> chain = parsed.origins.Chain(sku.via());
  ASSERT_THAT(chain, SizeIs(1));
  EXPECT_EQ(parsed.Text(chain.front().range), "*x");
}

TEST(MergeTest, WorksInLargeMaps) {
  std::string text = "x: &x {k3: merged, k99: merged}\nm:\n";
  for (int i = 0; i < 20; ++i) text += "  k" + std::to_string(i) + ": own\n";
  const Parsed parsed(text + "  <<: *x\n");
  const Value m = *parsed.root().Find("m");
  EXPECT_EQ(m.size(), 21);
  EXPECT_EQ(m.Find("k3")->AsString(), "merged");
  EXPECT_EQ(m.Find("k4")->AsString(), "own");
  EXPECT_EQ(m.Find("k99")->AsString(), "merged");
}

// ---- What Kubernetes refuses

struct RefusedCase {
  std::string_view text;
  std::string_view diagnostic;
};

void PrintTo(const RefusedCase& c, std::ostream* out) { *out << c.text; }

class RefusedTest : public testing::TestWithParam<RefusedCase> {};

TEST_P(RefusedTest, IsAnErrorAtItsPlace) {
  const Parsed parsed{std::string(GetParam().text)};
  EXPECT_EQ(parsed.Diagnostic(), GetParam().diagnostic);
  EXPECT_EQ(parsed.document().state, DocumentState::kBroken);
}

INSTANTIATE_TEST_SUITE_P(
    Values, RefusedTest,
    testing::Values(
        RefusedCase{"a: *b", "1:4 yaml-unknown-anchor no anchor `&b` stands before this alias"},
        RefusedCase{"a: &x [*x]",
                    "1:8 yaml-alias-loop the value of the anchor `&x` contains itself"},
        RefusedCase{"? [a]\n: b", "1:3 yaml-bad-key a list cannot be a key in Kubernetes"},
        RefusedCase{"{a: 1}: b", "1:1 yaml-bad-key a map cannot be a key in Kubernetes"},
        RefusedCase{"~: b", "1:1 yaml-bad-key null cannot be a key in Kubernetes"},
        RefusedCase{"x: &x [1]\n*x : b", "2:1 yaml-bad-key a list cannot be a key in Kubernetes"},
        RefusedCase{"9223372036854775808: b",
                    "1:1 yaml-bad-key an integer over 63 bits cannot be a key in Kubernetes"},
        RefusedCase{"<<: 1", "1:5 yaml-bad-merge `<<` takes a map or a list of maps, not a number"},
        RefusedCase{
            "<<: [{a: 1}, b]",
            "1:5 yaml-bad-merge `<<` takes a map or a list of maps, not a list with a string"},
        RefusedCase{"x: &x [{a: 1}]\n<<: *x",
                    "2:5 yaml-bad-merge `<<` takes a map or a list of maps, not a list"},
        RefusedCase{"a: .inf",
                    "1:4 yaml-no-json-form `.inf` has no form in JSON, so Kubernetes refuses it"},
        RefusedCase{"- .nan",
                    "1:3 yaml-no-json-form `.nan` has no form in JSON, so Kubernetes refuses it"},
        RefusedCase{"a: !!int x",
                    "1:10 yaml-bad-tag `x` is not of the type that its tag "
                    "`tag:yaml.org,2002:int` names"}));

// ---- Text that is no YAML, explained at the culprit

INSTANTIATE_TEST_SUITE_P(
    Syntax, RefusedTest,
    testing::Values(
        RefusedCase{"a:\n\tb: 1", "2:1 yaml-tab a tab cannot indent; use spaces"},
        RefusedCase{"a: |\n\tb", "2:1 yaml-tab a tab cannot indent; use spaces"},
        RefusedCase{"a: @b",
                    "1:4 yaml-reserved-character a value without quotes cannot start with `@`"},
        RefusedCase{"a: `b`",
                    "1:4 yaml-reserved-character a value without quotes cannot start with ```"},
        RefusedCase{"a: %b",
                    "1:4 yaml-reserved-character a value without quotes cannot start with `%`"},
        RefusedCase{"a: b: c",
                    "1:5 yaml-colon-in-value a value without quotes cannot contain `: `"},
        RefusedCase{"a: b\n  c: d",
                    "2:4 yaml-misplaced-key no key can stand here; see whether it is indented like "
                    "its neighbours"},
        RefusedCase{"a: 1\nfoo bar  # x\nb: 2",
                    "2:1 yaml-missing-colon expected `:` after the key `foo bar  # x`"},
        RefusedCase{"a: 1\nb: \"x\nc: 2\nd: 3",
                    "2:4 yaml-unclosed-quote the string has no closing quote"},
        RefusedCase{"a: 'x", "1:4 yaml-unclosed-quote the string has no closing quote"},
        RefusedCase{"a: {b: 1", "1:4 yaml-unclosed-bracket `{` is not closed in this document"},
        RefusedCase{"a: [1, 2\nb: 3", "2:2 yaml-missing-delimiter expected `,` or `]`"},
        RefusedCase{"a: {b: 1 c: 2}", "1:11 yaml-missing-delimiter expected `,` or `}`"},
        RefusedCase{"a:\n  b: 1\n c: 2",
                    "3:2 yaml-missing-key expected a key of the map, indented like the others"},
        RefusedCase{"a:\n- b\nc", "3:1 yaml-missing-colon expected `:` after the key `c`"},
        RefusedCase{"- a\nb: c",
                    "2:1 yaml-missing-dash expected `-` for an item of the list, "
                    "indented like the others"},
        RefusedCase{"a: - b",
                    "1:4 yaml-misplaced-item no list item can start here; the first one "
                    "stands on a line of its own"},
        RefusedCase{"a: \"\\q\"",
                    "1:5 yaml-bad-escape `\\q` is no escape; in single quotes a backslash is only "
                    "itself"},
        RefusedCase{"a: \x07",
                    "1:4 yaml-control-character the character U+0007 is not allowed in YAML"},
        RefusedCase{"{a: 1} b", "1:8 yaml-text-after-end the document has ended before this text"},
        RefusedCase{"a: !e!x y",
                    "1:4 yaml-unknown-tag-handle no `%TAG` line declares the handle of this tag"},
        RefusedCase{"%FOO\na: 1", "1:5 yaml-syntax found unknown directive name"},
        RefusedCase{"a: [b, , c]", "1:8 yaml-syntax did not find expected node content"}));

TEST(SyntaxTest, PointsToWhereTheTroubleBegan) {
  const Parsed parsed("a: 1\nlist: [x,\n  y\nb: 2\n");
  ASSERT_THAT(parsed.stream.diagnostics, SizeIs(1));
  const Diagnostic& diagnostic = parsed.stream.diagnostics.front();
  ASSERT_THAT(diagnostic.notes, SizeIs(1));
  EXPECT_EQ(parsed.Text(diagnostic.notes.front().range), "[");
}

}  // namespace
}  // namespace restorable::yaml
