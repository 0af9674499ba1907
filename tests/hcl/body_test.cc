#include "reading.h"

namespace restorable::hcl {
namespace {

std::string TreeOf(std::string text) {
  const Reading reading = ReadBody(std::move(text));
  EXPECT_THAT(reading.diagnostics, testing::IsEmpty());
  return reading.tree;
}

TEST(Body, EmptyAndBlankFiles) {
  EXPECT_EQ(TreeOf(""), "");
  EXPECT_EQ(TreeOf(" \n\t\r\n"), "");
}

TEST(Body, ByteOrderMark) {
  EXPECT_EQ(TreeOf("\xEF\xBB\xBF"
                   "a = 1\n"),
            "argument: a(1)");
}

TEST(Body, LineEndsOfBothKindsAndNoneAtTheEnd) {
  EXPECT_EQ(TreeOf("a = 1\r\nb = 2"), "argument: a(1), argument: b(2)");
}

TEST(Body, LabelsQuotedOrBare) { EXPECT_EQ(TreeOf("b \"x y\" z {\n}\n"), R"(block: b "x y" "z")"); }

TEST(Body, LabelsDecodeEscapes) { EXPECT_EQ(TreeOf("b \"\\u00e9\" {}\n"), "block: b \"é\""); }

TEST(Body, OneLineBlocks) {
  EXPECT_EQ(TreeOf("b {}\nc { a = 1 }\n"), "block: b, block: c(argument: a(1))");
}

TEST(Body, BlocksOfATypeRepeat) { EXPECT_EQ(TreeOf("b {}\nb {}\n"), "block: b, block: b"); }

TEST(Body, CommentsOfEveryKind) {
  EXPECT_EQ(TreeOf("# x\na = 1 # y\n// z\nb = /* in */ 2 // end\n/* c = 3\n*/\n"),
            "argument: a(1), argument: b(2)");
}

TEST(Body, BlockCommentOverLinesEndsNoArgument) {
  EXPECT_EQ(TreeOf("a = 1 /*\n*/ + 2\n"), "argument: a(binary +(1, 2))");
}

TEST(Body, CommentsDoNotNest) { EXPECT_EQ(TreeOf("/* /* */ a = 1\n"), "argument: a(1)"); }

TEST(Body, KeywordsAreNames) {
  EXPECT_EQ(TreeOf("for = 1\nif = 2\ntrue {}\n"), "argument: for(1), argument: if(2), block: true");
}

TEST(Body, LastOfTwoArgumentsCounts) {
  const SourceFile file(FileId{0}, "main.tf", "a = 1\nb = 2\na = 3\n");
  const ParseResult result = Parse(file, {});
  const Argument* const found = result.tree.FindArgument(result.tree.root(), "a");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(file.Text(found->range), "a = 3");
  EXPECT_EQ(result.tree.FindArgument(result.tree.root(), "c"), nullptr);
}

TEST(Body, EveryRangeIsTheTextOfItsNode) {
  const SourceFile file(FileId{0}, "main.tf",
                        "resource \"a\" \"b\" {\n  x = (1 + 2) * f(y[0], \"s${z}\")\n}\n");
  const ParseResult result = Parse(file, {});
  const Block& block = result.tree.Blocks(result.tree.root())[0];
  EXPECT_EQ(file.Text(block.header), "resource \"a\" \"b\"");
  EXPECT_EQ(file.Text(block.range), file.text().substr(0, file.text().size() - 1));
  const Argument& argument = result.tree.Arguments(block.body)[0];
  EXPECT_EQ(file.Text(argument.range), "x = (1 + 2) * f(y[0], \"s${z}\")");
  const Node& product = result.tree[argument.value];
  EXPECT_EQ(file.Text(product.range), "(1 + 2) * f(y[0], \"s${z}\")");
  const Node& call = result.tree[std::get<Binary>(product.expression).rhs];
  EXPECT_EQ(file.Text(call.range), "f(y[0], \"s${z}\")");
  const auto arguments = result.tree[std::get<Call>(call.expression).arguments];
  EXPECT_EQ(file.Text(result.tree[arguments[0]].range), "y[0]");
  EXPECT_EQ(file.Text(result.tree[arguments[1]].range), "\"s${z}\"");
}

TEST(Template, AFileIsOneTemplate) {
  const SourceFile file(FileId{0}, "x.tftpl",
                        "a \"${b}\"\n%{ for v in xs ~}\n  - ${v}\n%{ endfor ~}\n");
  const ParseResult result = ParseTemplate({.text = file.text(), .file = file.id()}, {});
  EXPECT_THAT(result.diagnostics, testing::IsEmpty());
  EXPECT_EQ(Compact(DumpExpression(file, result.tree, result.tree.expression())),
            R"(template("a \"", variable b, "\"\n", template for v(in: variable xs, )"
            R"(each: template("  - ", variable v, "\n"))))");
}

}  // namespace
}  // namespace restorable::hcl
