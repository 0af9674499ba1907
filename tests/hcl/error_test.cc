// Every diagnostic, at the place that is to blame, and what is read in spite of it.

#include <algorithm>
#include <ostream>
#include <set>

#include "hcl/diagnostics.h"
#include "reading.h"

namespace restorable::hcl {
namespace {

struct Row {
  std::string_view name;
  std::string_view text;
  std::string_view diagnostic;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.text; }

class Error : public testing::TestWithParam<Row> {};

// The next argument is always read.
TEST_P(Error, IsReportedOnce) {
  const Reading reading = ReadBody(std::string(GetParam().text) + "\nafter = 1\n");
  EXPECT_THAT(reading.diagnostics, testing::ElementsAre(GetParam().diagnostic));
  EXPECT_TRUE(reading.tree.ends_with("argument: after(1)")) << reading.tree;
}

constexpr Row kErrors[] = {
    {"invalid_utf8", "a = \"\xFF\"", "1:6-7 hcl-encoding the text is not valid UTF-8"},
    {"single_quotes", "a = 'b'",
     "1:5-6 hcl-invalid-character `'` has no meaning here; strings stand in double quotes"},
    {"curly_quotes", "a = “b”",
     "1:5-6 hcl-invalid-character `“` has no meaning here; strings stand in straight quotes"},
    {"single_ampersand", "a = b & c",
     "1:7-8 hcl-invalid-character `&` has no meaning here; `and` is written `&&`"},
    {"semicolon", "a = 1;",
     "1:6-7 hcl-invalid-character `;` has no meaning here; arguments end with their line"},
    {"unclosed_string", "a = \"b",
     "1:5-6 hcl-unclosed-string string has no closing quote on its line; text of several lines is "
     "written as `<<-EOT`"},
    {"unclosed_interpolation", "a = \"${b\"",
     "1:6-8 hcl-unclosed-template `${` has no closing brace"},
    {"heredoc_marker", "a = <<EOT b",
     "1:5-7 hcl-heredoc-marker `<<` is followed by one word and the end of the line, as in "
     "`<<-EOT`"},
    {"no_value", "a =",
     "1:4-2:1 hcl-expected-expression expected an expression, found the end of "
     "the line"},
    {"no_operand", "a = 1 +",
     "1:8-2:1 hcl-expected-expression expected an expression, found the end of the line"},
    {"unary_plus", "a = +1", "1:5-6 hcl-expected-expression expected an expression, found `+`"},
    {"leading_point", "a = .5", "1:5-6 hcl-expected-expression expected an expression, found `.`"},
    {"conditional_over_lines", "a = b ?\n  c : d",
     "1:8-2:1 hcl-expected-expression expected an expression, found the end of the line"},
    {"no_comma", "a = [1 2]", "1:8-9 hcl-expected expected `,` or `]`, found `2`"},
    {"comma_on_marker_line", "a = [<<A\nx\nA\n , 1 2]",
     "4:6-7 hcl-expected expected `,` or `]`, found `2`"},
    {"unclosed_list", "a = [1,\n2\nb = 3", "1:5-6 hcl-unclosed-bracket `[` has no closing `]`"},
    {"unclosed_call", "a = f(1,\nb = 3", "1:6-7 hcl-unclosed-bracket `(` has no closing `)`"},
    {"unclosed_parenthesis", "a = (1\nb = 3", "1:5-6 hcl-unclosed-bracket `(` has no closing `)`"},
    {"stray_brace", "}", "1:1-2 hcl-stray-closing `}` closes nothing"},
    {"no_item", "= 1",
     "1:1-2 hcl-expected-item expected an argument `name = value` or a block `type {`, found `=`"},
    {"word_alone", "a", "1:2-2:1 hcl-expected expected `=` or `{`, found the end of the line"},
    {"quoted_argument", "\"a\" = 1",
     "1:1-4 hcl-quoted-argument the name of an argument stands without quotes: `a`"},
    {"colon", "a: 1", "1:2-3 hcl-expected expected `=`, found `:`"},
    {"duplicate_argument", "a = 1\nb = 2\na = 3",
     "3:1-2 hcl-duplicate-argument argument `a` is set twice in this block (1:1 set here first)"},
    {"two_arguments_on_a_line", "a = 1 b = 2",
     "1:7-8 hcl-end-of-line expected the end of the line after the argument, found `b`"},
    {"brace_on_the_arguments_line", "b {\n a = 1 }",
     "2:8-9 hcl-end-of-line expected the end of the line after the argument, found `}`"},
    {"text_behind_block", "b {\n} c",
     "2:3-4 hcl-end-of-line expected the end of the line after the block, found `c`"},
    {"brace_on_next_line", "b \"x\"\n{\n  a = 1\n}",
     "1:6-2:1 hcl-expected expected `{` on the line of the block's type, found the end of the "
     "line"},
    {"two_arguments_in_one_line_block", "b { a = 1, c = 2 }",
     "1:10-11 hcl-one-line-block a block on one line holds one argument and nothing else"},
    {"block_in_one_line_block", "b { c {} }",
     "1:5-6 hcl-one-line-block a block on one line holds one argument and nothing else"},
    {"template_in_label", "b \"x-${y}\" {\n}",
     "1:6-8 hcl-label-template the label of a block is not a template"},
    {"address", "a = 10.1.1.0",
     "1:5-13 hcl-invalid-number `10.1.1.0` is not a number; addresses and versions stand in "
     "quotes"},
    {"invalid_escape", R"(a = "x\.y")",
     R"(1:7-9 hcl-invalid-escape `\.` is not an escape; there are `\n`, `\r`, `\t`, `\"`, `\\`, )"
     R"(`\uXXXX` and `\UXXXXXXXX`)"},
    {"short_unicode_escape", R"(a = "\u12")",
     R"(1:6-10 hcl-invalid-escape `\u12` is not an escape; there are `\n`, `\r`, `\t`, `\"`, )"
     R"(`\\`, `\uXXXX` and `\UXXXXXXXX`)"},
    {"chained_legacy_index", "a = b.0.1",
     "1:7-10 hcl-chained-index `.0.1` reads as a fraction; write `[0][1]`"},
    {"attribute_name", "a = b.[0]",
     "1:7-8 hcl-attribute-name expected the name of an attribute, found `[`"},
    {"splat_in_attribute_splat", "a = b.*.c.*.d",
     "1:11-12 hcl-nested-splat `.*` cannot follow another `.*`; write `[*]` for the first one"},
    {"object_for_without_key", "a = {for v in xs : v}",
     "1:20-21 hcl-for-key a `for` between `{` and `}` makes keys and values: `key => value`"},
    {"tuple_for_with_key", "a = [for v in xs : v => v]",
     "1:5-27 hcl-for-key a `for` between `[` and `]` makes values alone, without `=>` and `...`"},
    {"for_without_in", "a = [for v of xs : v]", "1:12-14 hcl-expected expected `in`, found `of`"},
    {"no_key_sign", "a = {b}", "1:7-8 hcl-expected expected `=` or `:` after the key, found `}`"},
    {"argument_behind_expansion", "a = f(xs..., 1)",
     "1:12-13 hcl-expected expected `)` after `...`, found `,`"},
    {"unknown_directive", R"(a = "%{ while x }")",
     "1:9-14 hcl-directive expected `if`, `for`, `else`, `endif` or `endfor`, found `while`"},
    {"stray_directive", R"(a = "x%{ endif }")",
     "1:7-17 hcl-stray-directive `endif` belongs to no `if` before it"},
    {"wrong_end", R"(a = "%{ if x }%{ endfor }")",
     "1:15-26 hcl-stray-directive `endfor` belongs to no `for` before it"},
    {"unclosed_directive", R"(a = "%{ if x }y")",
     "1:6-15 hcl-unclosed-directive `%{ if }` has no `%{ endif }`"},
    {"text_in_interpolation", R"(a = "${b c}")", "1:10-11 hcl-expected expected `}`, found `c`"},
};

INSTANTIATE_TEST_SUITE_P(Body, Error, testing::ValuesIn(kErrors),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Recovery, UnclosedHeredocEndsBeforeTheNextBrace) {
  const Reading reading = ReadBody("b {\n  a = <<EOT\n  text\n}\nc = 1\n");
  EXPECT_THAT(reading.diagnostics,
              testing::ElementsAre("2:7-12 hcl-unclosed-heredoc no line `EOT` ends this text"));
  EXPECT_EQ(reading.tree, R"(block: b(argument: a("  text\n")), argument: c(1))");
}

TEST(Recovery, UnclosedCommentEndsTheFile) {
  const Reading reading = ReadBody("a = 1\n/* b = 2\n");
  EXPECT_THAT(reading.diagnostics,
              testing::ElementsAre("2:1-3 hcl-unclosed-comment comment has no closing `*/`"));
  EXPECT_EQ(reading.tree, "argument: a(1)");
}

TEST(Recovery, BlockWithoutBraceEndsBeforeTheNextOneAtTheMargin) {
  const Reading reading = ReadBody(
      "resource \"a\" \"b\" {\n  x {\n    y = 1\n}\n\nresource \"c\" \"d\" {\n  z = 2\n}\n");
  EXPECT_THAT(reading.diagnostics,
              testing::ElementsAre("1:1-17 hcl-unclosed-block block `resource` has no closing "
                                   "brace (1:18 opened here)"));
  EXPECT_EQ(reading.tree, R"(block: resource "a" "b"(block: x(argument: y(1))), )"
                          R"(block: resource "c" "d"(argument: z(2)))");
}

TEST(Recovery, UnformattedBlocksThatBalanceStayWhereTheyAre) {
  const Reading reading = ReadBody("a {\nb \"c\" {\nd = 1\n}\n}\n");
  EXPECT_THAT(reading.diagnostics, testing::IsEmpty());
  EXPECT_EQ(reading.tree, R"(block: a(block: b "c"(argument: d(1))))");
}

TEST(Recovery, ReportsOneErrorAnItemAndSeveralAFile) {
  const Reading reading = ReadBody("a = [1 2 3\nb = )\nc = 1\nd = *\n");
  EXPECT_THAT(reading.diagnostics,
              testing::ElementsAre(testing::StartsWith("1:8-9 hcl-expected"),
                                   testing::StartsWith("2:5-6 hcl-expected-expression"),
                                   testing::StartsWith("4:5-6 hcl-expected-expression")));
  EXPECT_THAT(reading.tree, testing::HasSubstr("argument: c(1)"));
}

TEST(Recovery, KeepsWhatWasReadOfABrokenList) {
  EXPECT_EQ(ReadBody("a = [1, 2 3]\n").tree, "argument: a(tuple(1, 2))");
}

TEST(Recovery, BadBytesInACommentAreNoError) {
  const Reading reading = ReadBody(
      "# Gr\xFC\xDF"
      "e\na = 1\n");
  EXPECT_THAT(reading.diagnostics, testing::IsEmpty());
  EXPECT_EQ(reading.tree, "argument: a(1)");
}

TEST(Limit, ExpressionsWithinEachOther) {
  Limits limits;
  limits.expression_depth = 20;
  const Reading reading = ReadBody("a = " + std::string(50, '(') + "\nb = 1\n", limits);
  ASSERT_EQ(reading.diagnostics.size(), 1U);
  EXPECT_THAT(reading.diagnostics[0],
              testing::HasSubstr("hcl-too-deep more than 20 expressions within each other (limit "
                                 "expression_depth)"));
}

TEST(Limit, ChainsMakeATreeDeepToo) {
  Limits limits;
  limits.expression_depth = 20;
  std::string text = "a = 1";
  for (int i = 0; i < 50; ++i) text += " + 1";
  EXPECT_THAT(ReadBody(text + "\n", limits).diagnostics,
              testing::ElementsAre(testing::HasSubstr("hcl-too-deep")));
  std::string dots = "a = b";
  for (int i = 0; i < 50; ++i) dots += ".c";
  EXPECT_THAT(ReadBody(dots + "\n", limits).diagnostics,
              testing::ElementsAre(testing::HasSubstr("hcl-too-deep")));
}

TEST(Limit, BlocksWithinEachOther) {
  Limits limits;
  limits.nesting = 3;
  std::string text;
  for (int i = 0; i < 5; ++i) text += "b {\n";
  for (int i = 0; i < 5; ++i) text += "}\n";
  const Reading reading = ReadBody(text + "a = 1\n", limits);
  EXPECT_THAT(reading.diagnostics,
              testing::ElementsAre("4:3-4 hcl-too-deep more than 3 blocks within each other (limit "
                                   "nesting)"));
  EXPECT_TRUE(reading.tree.ends_with("argument: a(1)")) << reading.tree;
}

TEST(Limit, Diagnostics) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "a = )\n";
  const Reading reading = ReadBody(text);
  ASSERT_EQ(reading.diagnostics.size(), kMostDiagnostics + 1);
  EXPECT_THAT(reading.diagnostics.back(), testing::HasSubstr("hcl-too-many-errors"));
}

// Nothing is reported that no test shows; the JSON syntax has its own test.
TEST(Diagnostics, EachKindIsShownHere) {
  std::set<std::string_view> shown{kUnclosedHeredoc.id, kUnclosedComment.id, kUnclosedBlock.id,
                                   kTooDeep.id,         kTooManyErrors.id,   kJsonShape.id};
  for (const Row& row : kErrors) {
    const std::size_t begin = row.diagnostic.find(' ') + 1;
    shown.insert(row.diagnostic.substr(begin, row.diagnostic.find(' ', begin) - begin));
  }
  for (const DiagnosticKind* kind : kKinds) EXPECT_TRUE(shown.contains(kind->id)) << kind->id;
}

}  // namespace
}  // namespace restorable::hcl
