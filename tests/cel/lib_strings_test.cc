#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluation.h"

namespace restorable::cel {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(StringFunctions, CharAt) {
  EXPECT_THAT(NotTrue({"'tacocat'.charAt(3) == 'o'", "'tacocat'.charAt(7) == ''",
                       "'©αT'.charAt(1) == 'α'", "''.charAt(0) == ''"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"'abc'.charAt(4)", "'abc'.charAt(-1)"}), IsEmpty());
  EXPECT_EQ(Evaluated("'abc'.charAt(4)"), "error: the string has no position 4");
}

TEST(StringFunctions, IndexOf) {
  EXPECT_THAT(NotTrue({"'tacocat'.indexOf('ac') == 1", "'tacocat'.indexOf('') == 0",
                       "'tacocat'.indexOf('none') == -1", "'tacocat'.indexOf('a', 3) == 5",
                       "'ta©o©αT'.indexOf('©', 3) == 4", "'tacocat'.indexOf('', 7) == 7",
                       "'tacocat'.indexOf('t', 7) == -1", "'a'.indexOf('aa') == -1",
                       "'ααα'.indexOf('α', 2) == 2"}),
              IsEmpty());
  EXPECT_THAT(
      NotErrors({"'abc'.indexOf('c', 4)", "'abc'.indexOf('', 4)", "'abc'.indexOf('c', -1)"}),
      IsEmpty());
}

TEST(StringFunctions, LastIndexOf) {
  EXPECT_THAT(
      NotTrue({"'tacocat'.lastIndexOf('at') == 5", "'tacocat'.lastIndexOf('') == 7",
               "'tacocat'.lastIndexOf('', 3) == 3", "'tacocat'.lastIndexOf('a', 3) == 1",
               "'ta©o©αT'.lastIndexOf('©α', 4) == 4", "'bananananana'.lastIndexOf('nana', 7) == 6",
               "'abc'.lastIndexOf('c', 1) == -1", "'abc'.lastIndexOf('abcd') == -1"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"'abc'.lastIndexOf('c', 4)", "'abc'.lastIndexOf('c', -1)"}), IsEmpty());
}

TEST(StringFunctions, CaseIsAsciiOnly) {
  EXPECT_THAT(NotTrue({"'TacoCÆt'.lowerAscii() == 'tacocÆt'", "'tacoCαt'.upperAscii() == 'TACOCαT'",
                       "'@[`{'.lowerAscii() == '@[`{'", "'@[`{'.upperAscii() == '@[`{'"}),
              IsEmpty());
}

TEST(StringFunctions, Replace) {
  EXPECT_THAT(
      NotTrue({"'a.b.c'.replace('.', '-') == 'a-b-c'", "'aaa'.replace('aa', 'b') == 'ba'",
               "'a.b.c'.replace('.', '-', 1) == 'a-b.c'", "'a.b.c'.replace('.', '-', 0) == 'a.b.c'",
               "'a.b.c'.replace('.', '', -1) == 'abc'", "'abc'.replace('x', 'y') == 'abc'",
               "'αβ'.replace('', '-') == '-α-β-'", "'αβ'.replace('', '-', 2) == '-α-β'",
               "''.replace('', 'x') == 'x'", "'abc'.replace('abc', '') == ''"}),
      IsEmpty());
}

TEST(StringFunctions, ResultsHaveALimit) {
  // Each step makes the string a hundred times as long.
  const std::string ten = "'xxxxxxxxxx'";
  const std::string hundred = ten + ".replace('x', " + ten + ")";
  const std::string huge = hundred + ".replace('x', " + hundred + ").replace('x', " + hundred +
                           ").replace('x', " + hundred + ")";
  EXPECT_EQ(Evaluated(huge + " == '' || true"), "error: the result would be too large");
}

TEST(StringFunctions, Split) {
  EXPECT_THAT(
      NotTrue({"'a,b,c'.split(',') == ['a', 'b', 'c']", "'a,b,'.split(',') == ['a', 'b', '']",
               "''.split(',') == ['']", "''.split('') == []", "'αβγ'.split('') == ['α', 'β', 'γ']",
               "'αβγ'.split('', 2) == ['α', 'βγ']", "'a,b,c'.split(',', 0) == []",
               "'a,b,c'.split(',', 1) == ['a,b,c']", "'a,b,c'.split(',', 2) == ['a', 'b,c']",
               "'a,b,c'.split(',', -5) == ['a', 'b', 'c']", "'a,b'.split(',', 9) == ['a', 'b']"}),
      IsEmpty());
}

TEST(StringFunctions, Join) {
  EXPECT_THAT(
      NotTrue({"['x', 'y'].join() == 'xy'", "['x', 'y'].join('-') == 'x-y'", "[].join('-') == ''",
               "['x'].join('-') == 'x'", "['', ''].join('-') == '-'"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"dyn([1, 2]).join()", "dyn(['a', 1]).join('-')"}), IsEmpty());
  EXPECT_THAT(Evaluated("['a', u].join('-')"), HasSubstr("$unknown"));
}

TEST(StringFunctions, Substring) {
  EXPECT_THAT(NotTrue({"'tacocat'.substring(4) == 'cat'", "'tacocat'.substring(7) == ''",
                       "'ta©o©αT'.substring(2, 6) == '©o©α'", "'tacocat'.substring(3, 3) == ''"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"'abc'.substring(4)", "'abc'.substring(-1)", "'abc'.substring(0, 4)",
                         "'abc'.substring(2, 1)", "'abc'.substring(-1, 1)"}),
              IsEmpty());
}

TEST(StringFunctions, TrimTakesUnicodeWhiteSpace) {
  EXPECT_THAT(NotTrue({R"(' \f\n\r\t\vtext  '.trim() == 'text')",
                       R"('\u0085\u00a0\u1680\u2000\u3000text\u2028\u205f'.trim() == 'text')",
                       R"('\u180etext\u200b'.trim() == '\u180etext\u200b')", "'   '.trim() == ''",
                       "'a b'.trim() == 'a b'"}),
              IsEmpty());
}

TEST(StringFunctions, ReverseAndQuote) {
  EXPECT_THAT(
      NotTrue({"'gums'.reverse() == 'smug'", "'a©🐱'.reverse() == '🐱©a'", "''.reverse() == ''",
               R"(strings.quote('a"b\\c\n\t\a\b\f\r\v€') == r'"a\"b\\c\n\t\a\b\f\r\v€"')"}),
      IsEmpty());
}

TEST(StringFunctions, UnknownArgumentsAreTheResult) {
  EXPECT_THAT(Evaluated("u.lowerAscii()"), HasSubstr("no-default u"));
  EXPECT_THAT(Evaluated("'a'.replace(u, v)"), HasSubstr("no-default u, no-default v"));
  EXPECT_THAT(Evaluated("'%s'.format([u])"), HasSubstr("no-default u"));
}

TEST(StringFormat, PrintsEveryKind) {
  EXPECT_THAT(
      NotTrue({"'%s and %s'.format(['a', 1]) == 'a and 1'",
               "'%s'.format([[1, 2.5, null, 'a', b'b', true, [1u]]]) == "
               "'[1, 2.5, null, a, b, true, [1]]'",
               "'%s'.format([{'b': 1, 'a': {2: true}}]) == '{a: {2: true}, b: 1}'",
               "'%s'.format([duration('1h')]) == '3600s'",
               "'%s'.format([timestamp('2023-02-03T23:31:20+00:00')]) == '2023-02-03T23:31:20Z'",
               "'%s'.format([type(1)]) == 'int'", "'%s'.format([b'\\xffa']) == '\\ufffda'",
               "'%s'.format([1e300]) == '1' + lists.range(300).map(i, '0').join()",
               "'%s'.format([-1.25e20]) == '-125000000000000000000'",
               "'%s'.format([1e20]) == '100000000000000000000'",
               "'%s'.format([double('NaN')]) == 'NaN'", "'%s'.format([-1.0 / 0.0]) == '-Infinity'",
               "'%s'.format([ip('10.0.0.1')]) == '10.0.0.1'", "'100%%'.format([]) == '100%'",
               "'none'.format([1, 2]) == 'none'"}),
      IsEmpty());
}

TEST(StringFormat, PrintsNumbers) {
  EXPECT_THAT(
      NotTrue({"'%d %d'.format([-5, 5u]) == '-5 5'", "'%d'.format([2.5]) == '2.5'",
               "'%f'.format([2]) == '2.000000'", "'%.3f'.format([1.2345]) == '1.234'",
               "'%.0f'.format([2.5]) == '2'", "'%.2e'.format([1052.032911275]) == '1.05e+03'",
               "'%e'.format([3u]) == '3.000000e+00'", "'%f'.format([1.0 / 0.0]) == 'Infinity'",
               "'%b'.format([-5]) == '-101'", "'%b%b'.format([true, false]) == '10'",
               "'%o'.format([11]) == '13'", "'%x %X'.format([-30, 30u]) == '-1e 1E'",
               "'%x'.format(['Hi!']) == '486921'", "'%X'.format([b'\\xff\\x0a']) == 'FF0A'",
               "'%x'.format([-9223372036854775808]) == '-8000000000000000'"}),
      IsEmpty());
}

TEST(StringFormat, RefusesWhatIsWrong) {
  EXPECT_THAT(
      NotErrors({"'%a'.format([1])", "'%d %d'.format([1])", "'%b'.format(['a'])",
                 "'%d'.format([duration('1s')])", "'%o'.format(['a'])", "'%x'.format([0.5])",
                 "'%E'.format([0.5])", "'%d'.format([null])", "'%f'.format(['1'])",
                 "'%'.format([1])", "'%.'.format([1])", "'%.f'.format([1])", "'%.-1f'.format([1])",
                 "'%.99999999999f'.format([1])", "'%.3'.format([1])", "'%é'.format([1])",
                 "'%s'.format([optional.none()])"}),
      IsEmpty());
  EXPECT_EQ(Evaluated("'%é'.format([1])"), "error: `%é` is no verb of a format");
}

}  // namespace
}  // namespace restorable::cel
