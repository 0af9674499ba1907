#include "cel/parse.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "cel/print.h"

namespace restorable::cel {
namespace {

// The diagnostics with the text that they point at.
std::string Errors(std::string_view text, const Limits& limits = {}) {
  std::string lines;
  for (const Diagnostic& diagnostic : Parse(text, limits).diagnostics) {
    if (!lines.empty()) lines += '\n';
    const Range range = diagnostic.range;
    lines += "[" + std::string(text.substr(range.begin, range.size())) + "] ";
    lines += Message(diagnostic);
  }
  return lines;
}

Value Parsed(const ParseResult& result) {
  const Literal* literal = result.tree.As<Literal>(result.tree.root());
  return literal == nullptr ? Value() : literal->value;
}

std::string StringOf(std::string_view text) {
  const ParseResult result = Parse(text, {});
  return result.diagnostics.empty() ? std::string(Parsed(result).AsBytes())
                                    : Message(result.diagnostics[0]);
}

// With all parentheses that say how operators bind.
std::string Grouped(const Tree& tree, NodeId id) {
  if (const Chain* chain = tree.As<Chain>(id)) {
    std::string text = Grouped(tree, chain->first);
    for (const Link& link : tree[chain->rest]) {
      text = "(" + text + " " + std::string(Info(link.op).text) + " " +
             Grouped(tree, link.operand) + ")";
    }
    return text;
  }
  if (const Logic* logic = tree.As<Logic>(id)) {
    std::string text = "(";
    for (const NodeId operand : tree[logic->operands]) {
      if (text.size() > 1) text += logic->op == LogicOp::kAnd ? " && " : " || ";
      text += Grouped(tree, operand);
    }
    return text + ")";
  }
  if (const Conditional* node = tree.As<Conditional>(id)) {
    return "(" + Grouped(tree, node->condition) + " ? " + Grouped(tree, node->then) + " : " +
           Grouped(tree, node->otherwise) + ")";
  }
  if (const Unary* unary = tree.As<Unary>(id)) {
    return (unary->op == UnaryOp::kNot ? "!(" : "-(") + Grouped(tree, unary->operand) + ")";
  }
  return Print(tree, id);
}

std::string Grouping(std::string_view text) {
  const ParseResult result = Parse(text, {});
  if (!result.diagnostics.empty()) return Message(result.diagnostics[0]);
  return Grouped(result.tree, result.tree.root());
}

TEST(ParseTest, MultiplicationBindsTighterThanAddition) {
  EXPECT_EQ(Grouping("a + b * c - d"), "((a + (b * c)) - d)");
}
TEST(ParseTest, RelationsAreOneLevelFromTheLeft) {
  EXPECT_EQ(Grouping("a < b == c in d"), "(((a < b) == c) in d)");
}
TEST(ParseTest, AndBindsTighterThanOr) {
  EXPECT_EQ(Grouping("a || b && c || d"), "(a || (b && c) || d)");
}
TEST(ParseTest, ConditionalsNestToTheRight) {
  EXPECT_EQ(Grouping("a ? b : c ? d : e"), "(a ? b : (c ? d : e))");
}
TEST(ParseTest, UnaryBindsTighterThanBinary) { EXPECT_EQ(Grouping("-a * !b"), "(-(a) * !(b))"); }
TEST(ParseTest, SelectionBindsTighterThanUnary) { EXPECT_EQ(Grouping("-a.b"), "-(a.b)"); }
TEST(ParseTest, RunsOfOneUnaryOperator) {
  EXPECT_EQ(Grouping("!!a"), "!(!(a))");
  EXPECT_EQ(Grouping("- -a"), "-(-(a))");
}
TEST(ParseTest, UnaryOperatorsDoNotMix) {
  EXPECT_EQ(Errors("!-a"), "[-] expected an expression, found `-`");
  EXPECT_EQ(Errors("-!a"), "[!] expected an expression, found `!`");
  EXPECT_EQ(Errors("!(-a)"), "");
}
TEST(ParseTest, MinusIsPartOfAnIntLiteral) {
  EXPECT_EQ(Parsed(Parse("-9223372036854775808", {})).AsInt(),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Parsed(Parse("- 0x10", {})).AsInt(), -16);
  EXPECT_EQ(Errors("9223372036854775808"),
            "[9223372036854775808] `9223372036854775808` does not "
            "fit `int`");
  EXPECT_EQ(Errors("-9223372036854775809"),
            "[-9223372036854775809] `-9223372036854775809` does not fit `int`");
  EXPECT_EQ(Grouping("1 -1"), "(1 - 1)");
}
TEST(ParseTest, Numbers) {
  EXPECT_EQ(Parsed(Parse("0xFFFFFFFFFFFFFFFFu", {})).AsUint(),
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(Parsed(Parse("7U", {})).AsUint(), 7U);
  EXPECT_EQ(Parsed(Parse(".5", {})).AsDouble(), 0.5);
  EXPECT_EQ(Parsed(Parse("1.5E-3", {})).AsDouble(), 0.0015);
  EXPECT_EQ(Parsed(Parse("1e3", {})).AsDouble(), 1000);
  EXPECT_EQ(Parsed(Parse("1e-400", {})).AsDouble(), 0);
  EXPECT_EQ(Errors("18446744073709551616u"),
            "[18446744073709551616u] `18446744073709551616u` does not fit `uint`");
  EXPECT_EQ(Errors("1e400"), "[1e400] `1e400` does not fit `double`");
}
TEST(ParseTest, ADoubleNeedsDigitsAfterTheDot) {
  EXPECT_EQ(Errors("1."), "[] expected the name of a field or method, found the end");
}
TEST(ParseTest, NumbersAndNamesNeedAnOperatorBetween) {
  EXPECT_EQ(Errors("12abc"),
            "[abc] expected an operator or the end of the expression, found `abc`");
  EXPECT_EQ(Errors("0X1F"), "[X1F] expected an operator or the end of the expression, found `X1F`");
}

TEST(ParseTest, StringsInAllQuotes) {
  EXPECT_EQ(StringOf(R"('it "is"')"), "it \"is\"");
  EXPECT_EQ(StringOf(R"("it 'is'")"), "it 'is'");
  EXPECT_EQ(StringOf("'''a 'b' ''c'''"), "a 'b' ''c");
  EXPECT_EQ(StringOf("\"\"\"a\nb\"\"\""), "a\nb");
  EXPECT_EQ(StringOf("''"), "");
  EXPECT_EQ(StringOf("''''''"), "");
}
TEST(ParseTest, RawStringsKeepBackslashes) {
  EXPECT_EQ(StringOf(R"(r'\d\')"), R"(\d\)");
  EXPECT_EQ(StringOf(R"(R"\n")"), R"(\n)");
}
TEST(ParseTest, Escapes) {
  EXPECT_EQ(StringOf(R"('\a\b\f\n\r\t\v\\\?\"\'\`')"), "\a\b\f\n\r\t\v\\?\"'`");
  EXPECT_EQ(StringOf(R"('\x41\X42\103\u0044\U00000045')"), "ABCDE");
  EXPECT_EQ(StringOf(R"("\xff")"), "\u00ff");
  EXPECT_EQ(StringOf(R"('\U0001F62C')"), "\U0001F62C");
}
TEST(ParseTest, BytesNameOctets) {
  EXPECT_EQ(StringOf(R"(b'\xff\377')"), "\xff\xff");
  EXPECT_EQ(StringOf("b'\u00ff'"), "\u00ff");
  EXPECT_EQ(StringOf(R"(bR'\x')"), R"(\x)");
  EXPECT_EQ(Errors(R"(b'\u0041')"), R"([\u0041] `\u0041` is not an escape sequence in bytes)");
}
TEST(ParseTest, InvalidEscapesAreShown) {
  EXPECT_EQ(Errors(R"('a\qb')"), R"([\q] `\q` is not an escape sequence)");
  EXPECT_EQ(Errors(R"('\x4')"), R"([\x4] `\x4` is not an escape sequence; it needs more digits)");
  EXPECT_EQ(Errors(R"('\8')"), R"([\8] `\8` is not an escape sequence)");
  EXPECT_EQ(Errors(R"('\400')"), R"([\4] `\4` is not an escape sequence)");
  EXPECT_EQ(Errors(R"('\uD800')"),
            R"([\uD800] `\uD800` is not an escape sequence; surrogates are not code points)");
  EXPECT_EQ(
      Errors(R"('\U00110000')"),
      R"([\U00110000] `\U00110000` is not an escape sequence; the last code point is 10FFFF)");
}
TEST(ParseTest, TripleQuotedLineEndsAreNormalized) {
  EXPECT_EQ(StringOf("'''a\r\nb\rc'''"), "a\nb\nc");
}
TEST(ParseTest, UnclosedStrings) {
  EXPECT_EQ(Errors("'abc"), "['] the string has no closing `'`");
  EXPECT_EQ(Errors("'a\nb'"),
            "['] the string has no closing `'`\n['] the string has no closing `'`");
  EXPECT_EQ(Errors("'''a''"), "['''] the string has no closing `'''`");
}
TEST(ParseTest, EachInvalidTokenIsReported) {
  EXPECT_EQ(Errors(R"('\q' == '\z')"),
            "[\\q] `\\q` is not an escape sequence\n[\\z] `\\z` is not an escape sequence");
}
TEST(ParseTest, UnexpectedCharacters) {
  EXPECT_EQ(Errors("a = b"), "[=] unexpected character `=`; equality is `==`");
  EXPECT_EQ(Errors("a & b"), "[&] unexpected character `&`; the operator is `&&`");
  EXPECT_EQ(Errors("\x01"), "[\x01] unexpected character number 1");
  EXPECT_EQ(Errors("é"), "[é] unexpected character `é`");
}
TEST(ParseTest, SpaceAndComments) {
  EXPECT_EQ(Grouping("a // the first\n\t+\f b // the second"), "(a + b)");
}

TEST(ParseTest, ReservedWordsNameFieldsAndMethodsOnly) {
  EXPECT_EQ(Errors("request.namespace"), "");
  EXPECT_EQ(Errors("x.as()"), "");
  EXPECT_EQ(Errors("namespace"),
            "[namespace] `namespace` is a reserved word and cannot name a variable or function");
  EXPECT_EQ(Errors("if(x)"), "[if] `if` is a reserved word and cannot name a variable or function");
}
TEST(ParseTest, KeywordsAreNoFields) {
  EXPECT_EQ(Errors("a.in"), "[in] expected the name of a field or method, found `in`");
  EXPECT_EQ(Errors("a.true"), "[true] expected the name of a field or method, found `true`");
}
TEST(ParseTest, QuotedFields) {
  EXPECT_EQ(Grouping("a.`app.kubernetes.io/name`"), "a.`app.kubernetes.io/name`");
  EXPECT_EQ(Grouping("has(a.`b-c`)"), "has(a.`b-c`)");
  EXPECT_EQ(Grouping("a.`in`"), "a.`in`");
  EXPECT_EQ(Grouping("a.`plain`"), "a.plain");
  EXPECT_NE(Errors("`a-b`"), "");
  EXPECT_NE(Errors("a.``"), "");
  EXPECT_NE(Errors("a.`b$c`"), "");
  EXPECT_NE(Errors("a.`f`()"), "");
}
TEST(ParseTest, TrailingCommas) {
  EXPECT_EQ(Errors("[1, 2,]"), "");
  EXPECT_EQ(Errors("{'a': 1,}"), "");
  EXPECT_EQ(Errors("f(1,)"), "[)] expected an expression, found `)`");
  EXPECT_EQ(Errors("[,]"), "[,] expected an expression, found `,`");
}
TEST(ParseTest, OptionalSyntax) {
  EXPECT_EQ(Grouping("a.?b[?c]"), "a.?b[?c]");
  EXPECT_EQ(Grouping("[?a, b]"), "[?a, b]");
  EXPECT_EQ(Grouping("{?'k': v}"), "{?'k': v}");
}
TEST(ParseTest, UnclosedParenthesesPointBack) {
  const ParseResult result = Parse("(a + b", {});
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(Message(result.diagnostics[0]), "expected `)`, found the end");
  ASSERT_EQ(result.diagnostics[0].notes.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].notes[0].range.begin, 0U);
}
TEST(ParseTest, ParenthesesBelongToTheRange) {
  const ParseResult result = Parse("(a + b) * c", {});
  EXPECT_EQ(result.tree[result.tree.root()].range.begin, 0U);
}
TEST(ParseTest, MessagesAreRefusedClearly) {
  EXPECT_EQ(Errors("google.protobuf.Any{type_url: 'x'}"),
            "[google.protobuf.Any] message types are not supported");
}
TEST(ParseTest, EmptyAndBrokenText) {
  EXPECT_EQ(Errors(""), "[] expected an expression, found the end");
  EXPECT_EQ(Errors("a b"), "[b] expected an operator or the end of the expression, found `b`");
  EXPECT_EQ(Errors("\"\xC3\x28\""), "[\xC3] the expression is not valid UTF-8");
}

TEST(ParseTest, HasTakesASelection) {
  EXPECT_EQ(Errors("has(a)"), "[a] `has` takes the selection of a field, such as `a.b`");
  EXPECT_EQ(Errors("has(a['b'])"), "[a['b']] `has` takes the selection of a field, such as `a.b`");
  EXPECT_EQ(Errors("has(a.?b)"), "[a.?b] `has` takes the selection of a field, such as `a.b`");
  EXPECT_EQ(Errors("has(a.?b.c)"), "");
  EXPECT_EQ(Grouping("has(a.b, c)"), "has(a.b, c)");  // a call of some function
}
TEST(ParseTest, MacroVariablesAreSimpleNames) {
  EXPECT_EQ(Errors("l.all(x.y, true)"), "[x.y] the variable of `all` must be a simple name");
  EXPECT_EQ(Errors("l.map(1, true)"), "[1] the variable of `map` must be a simple name");
  EXPECT_EQ(Errors("l.exists(.x, true)"), "[.x] the variable of `exists` must be a simple name");
  EXPECT_EQ(Errors("l.all(x, x, true)"), "[x] the two variables of `all` must differ");
  EXPECT_EQ(Errors("cel.bind(a.b, 1, 2)"), "[a.b] the variable of `bind` must be a simple name");
}
TEST(ParseTest, OtherShapesAreCalls) {
  const ParseResult result = Parse("l.all(x)", {});
  EXPECT_NE(result.tree.As<Call>(result.tree.root()), nullptr);
  const ParseResult bind = Parse("x.bind(a, 1, 2)", {});
  EXPECT_NE(bind.tree.As<Call>(bind.tree.root()), nullptr);
}

std::string Repeat(std::string_view text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

TEST(ParseTest, LongChainsAreFlat) {
  EXPECT_EQ(Errors(Repeat("a && ", 10'000) + "a"), "");
  EXPECT_EQ(Errors(Repeat("a || ", 10'000) + "a"), "");
  EXPECT_EQ(Errors(Repeat("1 + ", 10'000) + "1"), "");
}
TEST(ParseTest, DepthIsBounded) {
  EXPECT_EQ(Errors(Repeat("(", 200) + "1" + Repeat(")", 200)), "");
  EXPECT_EQ(Errors(Repeat("(", 300) + "1" + Repeat(")", 300)),
            "[(] the expression is nested deeper than 250 levels");
  EXPECT_EQ(Errors(Repeat("[", 5000)), "[[] the expression is nested deeper than 250 levels");
  EXPECT_EQ(Errors("a" + Repeat(".b", 300)), "[.] the expression is nested deeper than 250 levels");
  EXPECT_EQ(Errors(Repeat("!", 300) + "a"), "[!] the expression is nested deeper than 250 levels");
  EXPECT_EQ(Errors(Repeat("a ? b : ", 300) + "c"),
            "[a] the expression is nested deeper than 250 levels");
}
TEST(ParseTest, LengthIsCountedInCodePoints) {
  Limits limits;
  limits.expression_code_points = 6;
  EXPECT_EQ(Errors("'éééé'", limits), "");
  EXPECT_EQ(Errors("'ééééé'", limits), "[] the expression has more than 6 code points");
}

// Every expression prints as text that parses to the same tree.
TEST(PrintTest, PrintedTextParsesToTheSameTree) {
  for (const std::string_view text : {"(a + b) * c",
                                      "a - (b - c)",
                                      "(a - b) - c",
                                      "(a && b) && c",
                                      "a && (b || c)",
                                      "(a ? b : c) ? d : e",
                                      "a ? (b ? c : d) : e",
                                      "!(a && b)",
                                      "-(1)",
                                      "-(-1)",
                                      "--1",
                                      "!(-1)",
                                      "-(1.5)",
                                      "-(1u)",
                                      "(-1).f()",
                                      "-(1.f())",
                                      "a[b ? c : d]",
                                      "[(a ? b : c)]",
                                      "{'a': b, ?c: d,}",
                                      "x.all(i, v, i in v)",
                                      "x.exists_one(y, y > 1)",
                                      "x.existsOne(y, y > 1)",
                                      "cel.bind(a, 1 + 2, a * a)",
                                      "a.?b.optMap(v, v + 1)",
                                      "a.optFlatMap(v, v.?b)",
                                      "x.transformMapEntry(k, v, k != 'a', {v: k})",
                                      "x.sortBy(e, -e)",
                                      ".a.b(.c)",
                                      "r'\\d+'",
                                      "'it\\'s \"quoted\"'",
                                      "b'\\x00\\'a'",
                                      "1e30",
                                      "1e-7",
                                      "5.0",
                                      "0x10u",
                                      "a.`b-c`.`in`",
                                      "(a == b) == c",
                                      "a == (b == c)",
                                      "(a < b) + 1",
                                      "has((a + b).c)",
                                      "a.b[0].c(1)"}) {
    const ParseResult first = Parse(text, {});
    ASSERT_TRUE(first.diagnostics.empty()) << text;
    const std::string printed = Print(first.tree);
    const ParseResult second = Parse(printed, {});
    ASSERT_TRUE(second.diagnostics.empty()) << printed;
    EXPECT_TRUE(SameSyntax(first.tree, second.tree)) << text << " printed as " << printed;
  }
}
TEST(PrintTest, ParenthesesAreMinimal) {
  const auto printed = [](std::string_view text) { return Print(Parse(text, {}).tree); };
  EXPECT_EQ(printed("((a)+((b)*(c)))"), "a + b * c");
  EXPECT_EQ(printed("((a && b)) || (c)"), "a && b || c");
  EXPECT_EQ(printed("(a) ? (b) : ((c) ? d : e)"), "a ? b : c ? d : e");
  EXPECT_EQ(printed("\"a\" + 'it\\'s'"), "'a' + \"it's\"");
}
TEST(PrintTest, DifferentTreesDiffer) {
  const auto same = [](std::string_view a, std::string_view b) {
    return SameSyntax(Parse(a, {}).tree, Parse(b, {}).tree);
  };
  EXPECT_TRUE(same("a+b", "(a) + b"));
  EXPECT_FALSE(same("a + b", "b + a"));
  EXPECT_FALSE(same("a.b", "a.?b"));
  EXPECT_FALSE(same("1", "1u"));
  EXPECT_FALSE(same(".a", "a"));
  EXPECT_FALSE(same("x.all(y, true)", "x.exists(y, true)"));
}

}  // namespace
}  // namespace restorable::cel
