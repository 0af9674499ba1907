#include "hcl/parse_json.h"
#include "reading.h"

namespace restorable::hcl {
namespace {

constexpr BlockShape kInResource[] = {{"lifecycle"}};
constexpr BlockShape kShapes[] = {{"resource", 2, kInResource}, {"variable", 1}, {"locals"}};

Reading ReadJson(std::string text) {
  const SourceFile file(FileId{0}, "main.tf.json", std::move(text));
  const ParseResult result = ParseJson(file, kShapes, {});
  Reading reading{.tree = Compact(Dump(file, result.tree)), .diagnostics = {}};
  for (const Diagnostic& d : result.diagnostics) reading.diagnostics.push_back(Describe(file, d));
  return reading;
}

std::string TreeOf(std::string text) {
  const Reading reading = ReadJson(std::move(text));
  EXPECT_THAT(reading.diagnostics, testing::IsEmpty());
  return reading.tree;
}

TEST(JsonSyntax, ObjectsNestByTypeAndLabel) {
  EXPECT_EQ(TreeOf(R"({"resource": {"a": {"b": {"x": 1}, "c": {}}}})"),
            R"(block: resource "a" "b"(argument: x(1)), block: resource "a" "c")");
}

TEST(JsonSyntax, ListsStandForRepeatedBlocks) {
  EXPECT_EQ(TreeOf(R"({"resource": [{"a": [{"b": {"x": 1}}, {"c": [{"x": 2}]}]}]})"),
            R"(block: resource "a" "b"(argument: x(1)), block: resource "a" "c"(argument: x(2)))");
  EXPECT_EQ(TreeOf(R"([{"locals": {"x": 1}}, {"locals": [{"y": 2}, {"z": 3}]}])"),
            "block: locals(argument: x(1)), block: locals(argument: y(2)), "
            "block: locals(argument: z(3))");
}

TEST(JsonSyntax, StringsAreTemplates) {
  EXPECT_EQ(TreeOf(R"({"a": "${1 + 1}", "b": "x ${y}", "c": "$${z}", "d": "plain"})"),
            R"(argument: a(wrap(binary +(1, 1))), argument: b(template("x ", variable y)), )"
            R"(argument: c("${z}"), argument: d("plain"))");
}

TEST(JsonSyntax, ValuesOfEveryKind) {
  EXPECT_EQ(
      TreeOf(R"({"a": [1, 2.5, true, null], "b": {"k": "${v}", "${w}": 18446744073709551615}})"),
      R"(argument: a(tuple(1, 2.5, true, null)), argument: b(object(key: "k", )"
      R"(value: wrap(variable v), key: wrap(variable w), value: 1.8446744073709552e+19)))");
}

TEST(JsonSyntax, CommentsAreSkipped) {
  EXPECT_EQ(TreeOf(R"({"//": "x", "resource": {"//": "y", "a": {"b": {"//": "z"}}}})"),
            R"(block: resource "a" "b")");
}

TEST(JsonSyntax, NullIsNoBlock) { EXPECT_EQ(TreeOf(R"({"locals": null})"), ""); }

TEST(JsonSyntax, BlocksWithinBlocks) {
  EXPECT_EQ(TreeOf(R"({"resource": {"a": {"b": {"lifecycle": {"x": 1}, "y": {"z": 2}}}}})"),
            R"(block: resource "a" "b"(block: lifecycle(argument: x(1)), )"
            R"(argument: y(object(key: "z", value: 2))))");
}

TEST(JsonSyntax, RangesLeadBackThroughEscapes) {
  const SourceFile file(FileId{0}, "main.tf.json", R"({"a": "\u00e9\n\ud83d\ude00 ${ size }"})");
  const ParseResult result = ParseJson(file, kShapes, {});
  ASSERT_THAT(result.diagnostics, testing::IsEmpty());
  const Argument& argument = result.tree.Arguments(result.tree.root())[0];
  const auto& parts = std::get<Template>(result.tree[argument.value].expression);
  EXPECT_EQ(file.Text(result.tree[result.tree[parts.parts][1]].range), "size");
}

TEST(JsonSyntax, ErrorsInTemplatesPointIntoTheFile) {
  EXPECT_THAT(
      ReadJson("{\n  \"a\": \"\\t${ b + }\"\n}").diagnostics,
      testing::ElementsAre("2:18-19 hcl-expected-expression expected an expression, found `}`"));
}

TEST(JsonSyntax, WrongShapes) {
  EXPECT_THAT(ReadJson(R"({"resource": {"a": 1}})").diagnostics,
              testing::ElementsAre("1:20-21 hcl-json-shape `resource` takes an object whose keys "
                                   "are its labels, found a number"));
  EXPECT_THAT(ReadJson(R"({"locals": "x"})").diagnostics,
              testing::ElementsAre("1:12-15 hcl-json-shape `locals` takes an object or a list of "
                                   "objects, found a string"));
  EXPECT_THAT(ReadJson("[1]").diagnostics,
              testing::ElementsAre("1:2-3 hcl-json-shape `a body` takes objects, found a number"));
}

TEST(JsonSyntax, BrokenTextGivesAnEmptyTree) {
  const Reading reading = ReadJson(R"({"a": )");
  EXPECT_EQ(reading.tree, "");
  EXPECT_EQ(reading.diagnostics.size(), 1U);
}

}  // namespace
}  // namespace restorable::hcl
