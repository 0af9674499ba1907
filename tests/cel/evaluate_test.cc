#include <gtest/gtest.h>

#include <string>

#include "cel/program.h"
#include "value/json.h"
#include "workbench.h"

namespace restorable::cel {
namespace {

class EvaluateTest : public testing::Test {
 protected:
  std::string Run(std::string_view text) { return cel_.Run(text); }

  Workbench cel_;
};

TEST_F(EvaluateTest, Arithmetic) {
  EXPECT_EQ(Run("7 / -2"), "-3");
  EXPECT_EQ(Run("-7 % 3"), "-1");
  EXPECT_EQ(Run("1 - 2 - 3"), "-4");
  EXPECT_EQ(Run("1.0 / 0.0 > 1e300"), "true");
  EXPECT_EQ(Run("7u / 2u"), "3");
}
TEST_F(EvaluateTest, ArithmeticErrors) {
  EXPECT_EQ(Run("1 / 0"), "error: division by zero");
  EXPECT_EQ(Run("1u % 0u"), "error: modulus by zero");
  EXPECT_EQ(Run("9223372036854775807 + 1"), "error: int overflow");
  EXPECT_EQ(Run("-9223372036854775808 % -1"), "error: int overflow");
  EXPECT_EQ(Run("0u - 1u"), "error: uint overflow");
  EXPECT_EQ(Run("duration('9223372036s') + duration('9223372036s')"), "error: duration overflow");
  EXPECT_EQ(Run("timestamp('9999-12-31T23:59:59Z') + duration('1s')"), "error: timestamp overflow");
}
TEST_F(EvaluateTest, Joining) {
  EXPECT_EQ(Run("'a' + 'b' + ''"), "\"ab\"");
  EXPECT_EQ(Run("[1] + [] + [2, 3]"), "[1,2,3]");
  EXPECT_EQ(Run("b'a' + b'b' == b'ab'"), "true");
}
TEST_F(EvaluateTest, Selection) {
  EXPECT_EQ(Run("{'a': {'b': 1}}.a.b"), "1");
  EXPECT_EQ(Run("{'a': 1}.b"), "error: no such key: `b`");
  EXPECT_EQ(Run("{'a': 1}['b']"), "error: no such key: `b`");
  EXPECT_EQ(Run("dyn(1).a"), "error: a value of type int has no field `a`");
  EXPECT_EQ(Run("{'x.y/z': 1}.`x.y/z`"), "1");
}
TEST_F(EvaluateTest, KeysMeetOnOneNumberLine) {
  EXPECT_EQ(Run("{1: 'a'}[dyn(1u)] + {1u: 'b'}[dyn(1.0)]"), "\"ab\"");
  EXPECT_EQ(Run("{1: 'a'}[dyn(1.5)]"), "error: no such key: `1.5`");
  EXPECT_EQ(Run("dyn(null) in {1: 'a'}"), "false");
}
TEST_F(EvaluateTest, ListIndexes) {
  EXPECT_EQ(Run("[1, 2][dyn(1u)]"), "2");
  EXPECT_EQ(Run("[1, 2][dyn(1.0)]"), "2");
  EXPECT_EQ(Run("[1, 2][2]"), "error: index 2 is out of range, the list has 2 elements");
  EXPECT_EQ(Run("[1][-1]"), "error: index -1 is out of range, the list has 1 element");
  EXPECT_EQ(Run("[1][dyn(0.5)]"), "error: a list cannot be indexed with `0.5`");
}
TEST_F(EvaluateTest, Presence) {
  EXPECT_EQ(Run("has({'a': null}.a)"), "true");
  EXPECT_EQ(Run("has({'a': null}.b)"), "false");
  EXPECT_EQ(Run("has({'a': {}}.b.c)"), "error: no such key: `b`");
  EXPECT_EQ(Run("has({'a': dyn(1)}.a.b)"), "error: a value of type int has no field `b`");
  EXPECT_EQ(Run("has(optional.none().a)"), "false");
}
TEST_F(EvaluateTest, LogicAbsorbsErrors) {
  EXPECT_EQ(Run("1 / 0 == 1 || true"), "true");
  EXPECT_EQ(Run("false && 1 / 0 == 1"), "false");
  EXPECT_EQ(Run("1 / 0 == 1 || false"), "error: division by zero");
  EXPECT_EQ(Run("true && dyn(1)"), "error: no such overload: `&&` on int");
  EXPECT_EQ(Run("dyn(1) && false"), "false");
}
TEST_F(EvaluateTest, EmptyMacros) {
  EXPECT_EQ(Run("[].all(x, false)"), "true");
  EXPECT_EQ(Run("[].exists(x, true)"), "false");
  EXPECT_EQ(Run("[].exists_one(x, true)"), "false");
}
TEST_F(EvaluateTest, AllAndExistsAbsorbErrorsOfOtherElements) {
  EXPECT_EQ(Run("[0, 1].all(x, 1 / x == 2)"), "false");
  EXPECT_EQ(Run("[0, 1].exists(x, 1 / x == 1)"), "true");
  EXPECT_EQ(Run("[0, 1].exists(x, 1 / x == 2)"), "error: division by zero");
}
TEST_F(EvaluateTest, OtherMacrosDoNot) {
  EXPECT_EQ(Run("[1, 1, 0].exists_one(x, 1 / x == 1)"), "error: division by zero");
  EXPECT_EQ(Run("[1, 0].filter(x, 1 / x == 1)"), "error: division by zero");
  EXPECT_EQ(Run("[1, 0].map(x, 1 / x)"), "error: division by zero");
}
TEST_F(EvaluateTest, TwoVariableMacros) {
  EXPECT_EQ(Run("[3, 1].transformList(i, v, i * 10 + v)"), "[3,11]");
  EXPECT_EQ(Run("[3, 1].transformList(i, v, v > 2, i)"), "[0]");
  EXPECT_EQ(Run("{'a': 1}.transformMap(k, v, v + 1)"), "{\"a\":2}");
  EXPECT_EQ(Run("['x'].transformMap(i, v, v)"), "{\"0\":\"x\"}");
  EXPECT_EQ(Run("{'a': 'b'}.transformMapEntry(k, v, {v: k})"), "{\"b\":\"a\"}");
  EXPECT_EQ(Run("['a', 'a'].transformMapEntry(i, v, {v: i})"),
            "error: the key `a` stands in the map twice");
  EXPECT_EQ(Run("{'a': 1, 'b': 2}.existsOne(k, v, v > 1)"), "true");
}
TEST_F(EvaluateTest, SortBy) {
  EXPECT_EQ(Run("['ccc', 'a', 'bb', 'd'].sortBy(s, size(s))"), "[\"a\",\"d\",\"bb\",\"ccc\"]");
  EXPECT_EQ(Run("[1, 2].sortBy(x, [x])"), "error: values of type `list` have no order");
}
TEST_F(EvaluateTest, Bindings) {
  EXPECT_EQ(Run("cel.bind(x, 2, cel.bind(y, x + 1, x * y))"), "6");
  EXPECT_EQ(Run("cel.bind(x, 1 / 0, true || x == 1)"), "true");
  EXPECT_EQ(Run("cel.bind(x, 1 / 0, x)"), "error: division by zero");
  EXPECT_EQ(Run("[1, 2].map(i, cel.bind(x, i * i, x + x))"), "[2,8]");
  // The inner variable of the initializer does not disturb the loop around its use.
  EXPECT_EQ(Run("cel.bind(x, [7].map(a, a), [1, 2].map(b, x[0] + b))"), "[8,9]");
}
TEST_F(EvaluateTest, Optionals) {
  EXPECT_EQ(Run("{'a': {'b': 1}}.?a.b"), "1");
  EXPECT_EQ(Run("{'a': {}}.?a.b"), "{\"$none\":\"\"}");
  EXPECT_EQ(Run("{'a': dyn(null)}.?a.b"), "error: a value of type null_type has no field `b`");
  EXPECT_EQ(Run("[1][?5].orValue(9)"), "9");
  EXPECT_EQ(Run("optional.of(1).orValue(1 / 0)"), "1");
  EXPECT_EQ(Run("optional.none().or(optional.of(2)).value()"), "2");
  EXPECT_EQ(Run("optional.of(1).or(optional.of(1 / 0)).value()"), "1");
  EXPECT_EQ(Run("optional.none().value()"), "error: the optional has no value");
  EXPECT_EQ(Run("optional.of(2).optMap(x, x * x).value()"), "4");
  EXPECT_EQ(Run("optional.of(2).optFlatMap(x, optional.none()).hasValue()"), "false");
  EXPECT_EQ(Run("[?optional.none(), ?optional.of(1), 2]"), "[1,2]");
  EXPECT_EQ(Run("{?'a': optional.none(), ?'b': optional.of(1)}"), "{\"b\":1}");
}
TEST_F(EvaluateTest, Conversions) {
  EXPECT_EQ(Run("int('+5') + int(3.9) + int(2u)"), "10");
  EXPECT_EQ(Run("int(' 5')"), "error: ` 5` is not a int");
  EXPECT_EQ(Run("int(1e19)"), "error: `1e+19` does not fit `int`");
  EXPECT_EQ(Run("uint(-1)"), "error: `-1` does not fit `uint`");
  EXPECT_EQ(Run("uint('+1')"), "error: `+1` is not a uint");
  EXPECT_EQ(Run("string(1234567.0)"), "\"1.234567e+06\"");
  EXPECT_EQ(Run("string(duration('1h2m10.5s'))"), "\"3730.5s\"");
  EXPECT_EQ(Run("string(b'\\xff')"), "error: the bytes are not valid UTF-8");
  EXPECT_EQ(Run("bool('True') && !bool('f')"), "true");
  EXPECT_EQ(Run("bool('yes')"), "error: `yes` is not a bool");
  EXPECT_EQ(Run("timestamp(0) == timestamp('1970-01-01T00:00:00Z')"), "true");
}
TEST_F(EvaluateTest, TimeParts) {
  EXPECT_EQ(Run("timestamp('2024-02-29T23:30:05.25Z').getDayOfYear('+01:00')"), "60");
  EXPECT_EQ(Run("timestamp('2024-02-29T23:30:05.25Z').getMilliseconds()"), "250");
  EXPECT_EQ(Run("timestamp('2024-02-29T23:30:05Z').getHours('Mars/Phobos')"),
            "error: no such time zone: `Mars/Phobos`");
  EXPECT_EQ(Run("duration('-90m').getHours()"), "-1");
  EXPECT_EQ(Run("duration('3.75s').getMilliseconds()"), "750");
}
TEST_F(EvaluateTest, SizesCountCodePoints) {
  EXPECT_EQ(Run("size('é🐱') + 'é'.size() + size(b'é')"), "5");
}
TEST_F(EvaluateTest, MatchesIsUnanchored) {
  EXPECT_EQ(Run("'abc'.matches('b') && matches('abc', '^a')"), "true");
  cel_.Set("pattern", Value::String("a("));
  EXPECT_EQ(Run("'abc'.matches(pattern)"), "error: not a regular expression: missing ): a(");
}

TEST_F(EvaluateTest, ErrorsPointAtWhatFailed) {
  cel_.Set("zero", Value::Int(0));
  cel_.Set("m", cel_.Map({}));
  EXPECT_EQ(cel_.ErrorText("1 + 2 / zero + 3"), "2 / zero");
  EXPECT_EQ(cel_.ErrorText("1 + 2 + 3 / zero"), "3 / zero");
  EXPECT_EQ(cel_.ErrorText("true && m.a.b == 1"), "m.a");
  EXPECT_EQ(cel_.ErrorText("[1].map(x, x / zero)"), "x / zero");
  EXPECT_EQ(cel_.ErrorText("size(m.a) == 1"), "m.a");
  EXPECT_EQ(cel_.ErrorText("int('a' + string(zero)) == 1"), "int('a' + string(zero))");
}
TEST_F(EvaluateTest, SelectedValuesAreHandedOnUntouched) {
  const Range where{FileId{7}, 10, 15};
  cel_.Set("object", cel_.Map({{Value::String("a"), Value::String("x").At(where)}}));
  EXPECT_EQ(cel_.Evaluate("object.a").range(), where);
  EXPECT_EQ(cel_.Evaluate("[object].filter(o, true)[0]['a']").range(), where);
  EXPECT_EQ(cel_.Evaluate("object.?a.orValue('')").range(), where);
  EXPECT_EQ(cel_.Evaluate("true ? object.a : ''").range(), where);
  EXPECT_EQ(cel_.Evaluate("cel.bind(v, object.a, v)").range(), where);
}

TEST_F(EvaluateTest, LongChainsAreEvaluatedWithoutRecursion) {
  std::string sum = "1";
  std::string all = "t";
  for (int i = 0; i < 5000; ++i) {
    sum += " + one";
    all += " && t";
  }
  cel_.Set("one", Value::Int(1));
  cel_.Set("t", Value::Bool(true));
  EXPECT_EQ(Run(sum), "5001");
  EXPECT_EQ(Run(all), "true");
}

}  // namespace
}  // namespace restorable::cel
