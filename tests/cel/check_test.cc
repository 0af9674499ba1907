#include <gtest/gtest.h>

#include "cel/program.h"
#include "workbench.h"

namespace restorable::cel {
namespace {

class CheckTest : public testing::Test {
 protected:
  CheckTest() {
    cel_.Declare("object");
    cel_.Declare("variables.sku", "string");
    cel_.Declare("variables.volumes", "list(dyn)");
    cel_.Declare("count", "int");
    cel_.Declare("names", "list(string)");
    cel_.Declare("labels", "map(string, string)");
    cel_.Declare("when", "timestamp");
  }
  std::string Check(std::string_view text) { return cel_.Check(text); }
  std::string TypeOf(std::string_view text) { return cel_.TypeOf(text); }

  Workbench cel_;
};

TEST_F(CheckTest, UndeclaredVariables) {
  EXPECT_EQ(Check("obect.spec"), "[obect] undeclared variable `obect`; did you mean `object`?");
  EXPECT_EQ(Check("quux"), "[quux] undeclared variable `quux`");
}
TEST_F(CheckTest, QualifiedNamesAreSuggestedWhole) {
  EXPECT_EQ(Check("variables.skuu == 'a'"),
            "[variables] undeclared variable `variables.skuu`; did you mean `variables.sku`?");
}
TEST_F(CheckTest, UndeclaredFunctions) {
  EXPECT_EQ(Check("sizes(names)"), "[sizes] undeclared function `sizes`; did you mean `size`?");
  EXPECT_EQ(Check("object.name.startWith('a')"),
            "[startWith] undeclared function `startWith`; did you mean `startsWith`?");
}
TEST_F(CheckTest, WrongCallStyle) {
  EXPECT_EQ(Check("startsWith('abc', 'a')"),
            "[startsWith] `startsWith` is called as `x.startsWith()`");
  EXPECT_EQ(Check("'5'.int()"), "[int] `int` is called as `int(x)`");
}
TEST_F(CheckTest, WrongNumberOfArguments) {
  EXPECT_EQ(Check("'a'.startsWith()"),
            "[startsWith] `startsWith` does not take 0 arguments; there is "
            "`string.startsWith(string)`");
  EXPECT_EQ(Check("size(1, 2)"),
            "[size] `size` does not take 2 arguments; there is `size(string)`, `size(bytes)`, "
            "`size(list(T))`, `size(map(K, V))`");
}
TEST_F(CheckTest, WrongTypesOfArguments) {
  EXPECT_EQ(Check("'a'.startsWith(1)"),
            "[startsWith] `startsWith` does not take `string`, `int`; there is "
            "`string.startsWith(string)`");
}
TEST_F(CheckTest, OperatorsOnTypesThatDoNotFit) {
  EXPECT_EQ(Check("1 + 'a'"), "[1 + 'a'] `+` does not apply to `int` and `string`");
  EXPECT_EQ(Check("1 + 1u"), "[1 + 1u] `+` does not apply to `int` and `uint`");
  EXPECT_EQ(Check("1 == '1'"), "[1 == '1'] `==` does not apply to `int` and `string`");
  EXPECT_EQ(Check("1 == 1.0"), "[1 == 1.0] `==` does not apply to `int` and `double`");
  EXPECT_EQ(Check("1 in names"), "[1 in names] `in` does not apply to `int` and `list(string)`");
  EXPECT_EQ(Check("!1"), "[1] `!` does not apply to `int`");
  EXPECT_EQ(Check("-'a'"), "['a'] `-` does not apply to `string`");
  EXPECT_EQ(Check("5.5 % 2.0"), "[5.5 % 2.0] `%` does not apply to `double` and `double`");
  EXPECT_EQ(Check("[1] < [2]"), "[[1] < [2]] `<` does not apply to `list(int)` and `list(int)`");
}
TEST_F(CheckTest, DynGoesWithEverything) {
  EXPECT_EQ(Check("object.a + 1 == object.b && object.c in names && object.d[object.e]"), "");
  EXPECT_EQ(Check("dyn(1) == '1'"), "");
}
TEST_F(CheckTest, NumbersOfAllKindsHaveAnOrder) {
  EXPECT_EQ(Check("1 < 2.0 && 1u >= 1 && 1.5 <= 2u"), "");
}
TEST_F(CheckTest, NullGoesWithSomeTypes) {
  EXPECT_EQ(Check("when == null"), "");
  EXPECT_EQ(Check("optional.of(1) == null"), "");
  EXPECT_EQ(Check("count == null"), "[count == null] `==` does not apply to `int` and `null_type`");
}
TEST_F(CheckTest, ConditionsAndOperandsAreBools) {
  EXPECT_EQ(Check("count ? 1 : 2"), "[count] the condition of `? :` must be `bool`, this is `int`");
  EXPECT_EQ(Check("true && count"), "[count] an operand of `&&` must be `bool`, this is `int`");
  EXPECT_EQ(Check("names.all(n, n)"),
            "[n] the predicate of `all` must be `bool`, this is `string`");
}
TEST_F(CheckTest, BranchesGoTogether) {
  EXPECT_EQ(Check("true ? 1 : 'a'"),
            "[1 : 'a'] the branches of `? :` differ: `int` and `string`; `dyn(…)` around one "
            "allows that");
}
TEST_F(CheckTest, ScalarsHaveNoFields) {
  EXPECT_EQ(Check("count.x"), "[x] a value of type `int` has no fields");
  EXPECT_EQ(Check("has(variables.sku.x)"), "[x] a value of type `string` has no fields");
}
TEST_F(CheckTest, OnlyContainersAreIterated) {
  EXPECT_EQ(Check("count.map(x, x)"), "[count] `map` works on lists and maps, this is `int`");
}
TEST_F(CheckTest, SeveralMistakesAreAllReported) {
  EXPECT_EQ(Check("foo + 'a'.sizes() == 1 + 'b'"),
            "[foo] undeclared variable `foo`\n"
            "[sizes] undeclared function `sizes`; did you mean `size`?\n"
            "[1 + 'b'] `+` does not apply to `int` and `string`");
}
TEST_F(CheckTest, LiteralsThatNothingCanBeMadeOf) {
  EXPECT_EQ(Check("duration('1 day')"), "[duration('1 day')] `1 day` is not a duration");
  EXPECT_EQ(Check("timestamp('yesterday')"),
            "[timestamp('yesterday')] `yesterday` is not a timestamp");
  EXPECT_EQ(Check("object.name.matches('a(')"),
            "['a('] `a(` is not a regular expression: missing ): a(");
}
TEST_F(CheckTest, MapLiterals) {
  EXPECT_EQ(Check("{'a': 1, 'a': 2}"), "['a'] the key `a` stands in this map twice");
  EXPECT_EQ(Check("{1: 1, 1u: 2}"),
            "[1u] API servers refuse keys of different types (`int` and `uint`): put `dyn(…)` "
            "around them\n[1u] the key `1` stands in this map twice");
  EXPECT_EQ(Check("{1.5: 1}"), "[1.5] `double` cannot be the key of a map");
}
TEST_F(CheckTest, MixedLiteralsAreAWarning) {
  EXPECT_EQ(Check("[1, 'a']"),
            "['a'] API servers refuse elements of different types (`int` and `string`): put "
            "`dyn(…)` around them");
  EXPECT_EQ(TypeOf("[1, 'a']"), "list(dyn)");
  EXPECT_EQ(Check("[dyn(1), 'a']"), "");
}
TEST_F(CheckTest, OptionalElementsAreOptionals) {
  EXPECT_EQ(Check("[?1]"), "[1] an optional is expected here, this is `int`");
  EXPECT_EQ(TypeOf("[?optional.of(1)]"), "list(int)");
  EXPECT_EQ(TypeOf("{?'a': labels[?'b']}"), "map(string, string)");
}

TEST_F(CheckTest, DeducedTypes) {
  EXPECT_EQ(TypeOf("names.map(n, size(n))"), "list(int)");
  EXPECT_EQ(TypeOf("labels.map(k, k)"), "list(string)");
  EXPECT_EQ(TypeOf("labels.transformMap(k, v, size(v))"), "map(string, int)");
  EXPECT_EQ(TypeOf("names.transformList(i, n, i)"), "list(int)");
  EXPECT_EQ(TypeOf("labels.transformMapEntry(k, v, {v: 1})"), "map(string, int)");
  EXPECT_EQ(TypeOf("names.filter(n, n != '')"), "list(string)");
  EXPECT_EQ(TypeOf("names.sortBy(n, size(n))"), "list(string)");
  EXPECT_EQ(TypeOf("names.exists_one(n, n == 'a')"), "bool");
  EXPECT_EQ(TypeOf("cel.bind(x, names, x[0])"), "string");
  EXPECT_EQ(TypeOf("labels.?a"), "optional_type(string)");
  EXPECT_EQ(TypeOf("labels.?a.optMap(x, size(x))"), "optional_type(int)");
  EXPECT_EQ(TypeOf("labels.?a.orValue('')"), "string");
  EXPECT_EQ(TypeOf("object.a"), "dyn");
  EXPECT_EQ(TypeOf("[]"), "list(dyn)");
  EXPECT_EQ(TypeOf("[] + [1]"), "list(int)");
  EXPECT_EQ(TypeOf("type(1)"), "type(int)");
  EXPECT_EQ(TypeOf("when - when"), "google.protobuf.Duration");
  EXPECT_EQ(TypeOf("object.n + 1"), "int");
  EXPECT_EQ(TypeOf("object.n + object.m"), "dyn");
  EXPECT_EQ(TypeOf("[[], [[]], [[[]]]]"), "list(list(list(list(dyn))))");
}
TEST_F(CheckTest, TypesAreValues) {
  EXPECT_EQ(TypeOf("int"), "type(int)");
  EXPECT_EQ(TypeOf("google.protobuf.Timestamp"), "type(google.protobuf.Timestamp)");
  EXPECT_EQ(Check("dyn"), "[dyn] undeclared variable `dyn`");
}
TEST_F(CheckTest, WhatMustBeBool) {
  const CompileResult compiled = Compile(cel_.environment(), "object.enabled", Limits{});
  ASSERT_TRUE(compiled.program);
  EXPECT_FALSE(compiled.program->Gives("bool"));
  EXPECT_TRUE(
      Compile(cel_.environment(), "object.enabled == true", Limits{}).program->Gives("bool"));
}

TEST(ContainerTest, NamesAreLookedForFromTheInside) {
  Workbench cel({.container = "com.example", .check = true});
  cel.Declare("com.example.a", "int");
  cel.Declare("com.a", "string");
  cel.Declare("a", "bool");
  EXPECT_EQ(cel.TypeOf("a"), "int");
  EXPECT_EQ(cel.TypeOf(".a"), "bool");
  EXPECT_EQ(cel.TypeOf("com.a"), "string");
}
TEST(ContainerTest, TheLongestDeclaredPrefixWins) {
  Workbench cel;
  cel.Declare("a.b", "map(string, int)");
  cel.Declare("a.b.c", "string");
  EXPECT_EQ(cel.TypeOf("a.b.c"), "string");
  EXPECT_EQ(cel.TypeOf("a.b.d"), "int");
  EXPECT_EQ(cel.TypeOf("a.b.?c"), "optional_type(int)");
}
TEST(ContainerTest, MacroVariablesShadow) {
  Workbench cel;
  cel.Declare("y.z", "string");
  cel.Declare("y", "string");
  EXPECT_EQ(cel.TypeOf("[{'z': 0}].map(y, y.z)"), "list(int)");
  EXPECT_EQ(cel.TypeOf("[{'z': 0}].map(y, .y.z)"), "list(string)");
  EXPECT_EQ(cel.TypeOf("[1].map(y, [true].map(y, y))"), "list(list(bool))");
}
TEST(ContainerTest, VariablesAndFunctionsDoNotMeet) {
  Workbench cel;
  cel.Declare("size", "int");
  EXPECT_EQ(cel.Check("size('a') > size"), "");
}
TEST(ContainerTest, ALocalVariableMakesAQualifiedFunctionAMethod) {
  Workbench cel;
  EXPECT_EQ(cel.TypeOf("optional.of(1)"), "optional_type(int)");
  EXPECT_NE(cel.Check("[1].map(optional, optional.of(1))"), "");
}

TEST(UncheckedTest, MistakesAreFoundWhenTheyAreEvaluated) {
  Workbench cel({.container = "", .check = false});
  EXPECT_EQ(cel.Run("nothing"), "error: undeclared variable `nothing`");
  EXPECT_EQ(cel.Run("f_unknown(1)"), "error: undeclared function `f_unknown`");
  EXPECT_EQ(cel.Run("f_unknown(1) || true"), "true");
  EXPECT_EQ(cel.Run("1 + 'a'"), "error: no such overload: `+` on int and string");
  EXPECT_EQ(cel.Run("false && 32"), "false");
  EXPECT_EQ(cel.Run("'a'.size(1, 2)"), "error: no such overload: `size` on string, int and int");
  EXPECT_EQ(cel.Run("true ? 1 : 'a'"), "1");
}

}  // namespace
}  // namespace restorable::cel
