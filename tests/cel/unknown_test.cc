#include <gtest/gtest.h>

#include <string>

#include "value/value.h"
#include "workbench.h"

namespace restorable::cel {
namespace {

// `u` and `v` are unknown; results show what an unknown waits for.
class UnknownTest : public testing::Test {
 protected:
  UnknownTest() {
    cel_.Set("u", cel_.Unknown("u"));
    cel_.Set("v", cel_.Unknown("v"));
    cel_.Set("m", cel_.Map({{Value::String("known"), Value::Int(1)},
                            {Value::String("open"), cel_.Unknown("u")}}));
    cel_.Set("rest", cel_.OpenMap({{Value::String("known"), Value::Int(1)}}, "rest"));
    cel_.Set("zero", Value::Int(0));
    cel_.Set("partial",
             cel_.List({Value::Int(1), cel_.Unknown("u"), Value::Int(2)}).Shaped(Shape::kPartial));
  }
  std::string Run(std::string_view text) { return cel_.Run(text); }

  static std::string U(std::string_view what) {
    return "{\"$unknown\":\"no-default " + std::string(what) + "\"}";
  }

  Workbench cel_;
};

TEST_F(UnknownTest, ACertainOperandDecides) {
  EXPECT_EQ(Run("false && u"), "false");
  EXPECT_EQ(Run("u && false"), "false");
  EXPECT_EQ(Run("true || u"), "true");
  EXPECT_EQ(Run("u || true"), "true");
}
TEST_F(UnknownTest, OtherwiseTheUnionIsUnknown) {
  EXPECT_EQ(Run("true && u"), U("u"));
  EXPECT_EQ(Run("u || false"), U("u"));
  EXPECT_EQ(Run("u && v"), U("u, no-default v"));
  EXPECT_EQ(Run("u || v || u"), U("u, no-default v"));
}
TEST_F(UnknownTest, AnUnknownOutweighsAnErrorInLogic) {
  EXPECT_EQ(Run("1 / zero == 1 && u"), U("u"));
  EXPECT_EQ(Run("u || 1 / zero == 1"), U("u"));
}
TEST_F(UnknownTest, OperatorsAndFunctionsHandItOn) {
  EXPECT_EQ(Run("!u"), U("u"));
  EXPECT_EQ(Run("-u"), U("u"));
  EXPECT_EQ(Run("u + 1"), U("u"));
  EXPECT_EQ(Run("u == 1"), U("u"));
  EXPECT_EQ(Run("size(u)"), U("u"));
  EXPECT_EQ(Run("u.startsWith('a')"), U("u"));
  EXPECT_EQ(Run("[1, 2][u]"), U("u"));
  EXPECT_EQ(Run("m[u]"), U("u"));
  EXPECT_EQ(Run("u < v"), U("u, no-default v"));
}
TEST_F(UnknownTest, SelectionsExtendThePath) {
  EXPECT_EQ(Run("u.spec.sku"), U("u.spec.sku"));
  EXPECT_EQ(Run("u['a']"), U("u.a"));
  EXPECT_EQ(Run("has(u.a)"), U("u.a"));
  EXPECT_EQ(Run("u[0]"), U("u"));
}
TEST_F(UnknownTest, AnErrorOutweighsAnUnknownArgument) {
  EXPECT_EQ(Run("u + 1 / zero"), "error: division by zero");
  EXPECT_EQ(Run("u.startsWith(string(1 / zero))"), "error: division by zero");
}
TEST_F(UnknownTest, AnUnknownConditionDecidesNothingUnlessBothBranchesAgree) {
  EXPECT_EQ(Run("u ? 1 : 2"), U("u"));
  EXPECT_EQ(Run("u ? 1 : 1"), "1");
  EXPECT_EQ(Run("u ? dyn(1) : 1u"), U("u"));
  EXPECT_EQ(Run("u ? v : v"), U("u"));
  EXPECT_EQ(Run("u ? 1 / zero : 1"), U("u"));
}
TEST_F(UnknownTest, MacrosOverAnUnknownRange) {
  for (const std::string_view macro :
       {"all(x, true)", "exists(x, true)", "exists_one(x, true)", "filter(x, true)", "map(x, x)",
        "transformList(i, x, x)", "transformMap(k, x, x)", "sortBy(x, x)"}) {
    EXPECT_EQ(Run("u." + std::string(macro)), U("u")) << macro;
  }
}
TEST_F(UnknownTest, AllAndExistsWeighElements) {
  EXPECT_EQ(Run("[1, 2].all(x, x == 1 ? u : false)"), "false");
  EXPECT_EQ(Run("[1, 2].all(x, x == 1 ? u : true)"), U("u"));
  EXPECT_EQ(Run("[0, 1].all(x, x == 1 ? u : 1 / x == 1)"), U("u"));
  EXPECT_EQ(Run("[1, 2].exists(x, x == 1 ? u : true)"), "true");
  EXPECT_EQ(Run("[1, 2].exists(x, x == 1 ? u : v)"), U("u, no-default v"));
  EXPECT_EQ(Run("[0, 1].exists(x, x == 1 ? u : 1 / x == 1)"), U("u"));
}
TEST_F(UnknownTest, ExistsOne) {
  EXPECT_EQ(Run("[1, 2].exists_one(x, x == 1 ? u : true)"), U("u"));
  EXPECT_EQ(Run("[1, 2, 3].exists_one(x, x == 1 ? u : true)"), "false");
  EXPECT_EQ(Run("[1, 0].exists_one(x, x == 1 ? u : 1 / x == 1)"), "error: division by zero");
}
TEST_F(UnknownTest, AnUnknownPredicateLeavesTheListOpen) {
  EXPECT_EQ(Run("[1, 2].filter(x, u)"), U("u"));
  EXPECT_EQ(Run("[1, 2].map(x, u, x)"), U("u"));
  EXPECT_EQ(Run("[1, 2].transformMap(i, x, u, x)"), U("u"));
}
TEST_F(UnknownTest, AnUnknownElementKeepsItsPlace) {
  EXPECT_EQ(Run("[1, 2].map(x, x == 1 ? u : x)"), "[" + U("u") + ",2]");
  EXPECT_EQ(Run("[u, 1][1]"), "1");
  EXPECT_EQ(Run("[u, 1].size()"), "2");
  EXPECT_EQ(Run("{'k': u, 'l': 2}.l"), "2");
  EXPECT_EQ(Run("size({'k': u})"), "1");
  EXPECT_EQ(Run("['a'].transformMap(i, x, u)"), "{\"0\":" + U("u") + "}");
}
TEST_F(UnknownTest, AnUnknownKeyLeavesTheMapOpen) {
  EXPECT_EQ(Run("{u: 1}"), U("u"));
  EXPECT_EQ(Run("[?u]"), U("u"));
  EXPECT_EQ(Run("{?'a': u}"), "{\"a\":" + U("u") + "}");
}
TEST_F(UnknownTest, InLooksForACertainElement) {
  EXPECT_EQ(Run("1 in [u, 1]"), "true");
  EXPECT_EQ(Run("2 in [u, 1]"), U("u"));
  EXPECT_EQ(Run("u in [1]"), U("u"));
  EXPECT_EQ(Run("u in []"), U("u"));
  EXPECT_EQ(Run("'known' in m"), "true");
  EXPECT_EQ(Run("'absent' in m"), "false");
}
TEST_F(UnknownTest, DeepEqualityPrefersACertainDifference) {
  EXPECT_EQ(Run("[1, u] == [2, u]"), "false");
  EXPECT_EQ(Run("[u] == [1]"), U("u"));
  EXPECT_EQ(Run("[u] == [1, 2]"), "false");
  EXPECT_EQ(Run("{'a': u, 'b': 1} == {'a': 1, 'b': 2}"), "false");
  EXPECT_EQ(Run("{'a': u} != {'b': 1}"), "true");
  EXPECT_EQ(Run("[[u]] == [[1]]"), U("u"));
}
TEST_F(UnknownTest, FunctionsThatReadElements) {
  EXPECT_EQ(Run("['a', u].join(',')"), U("u"));
  EXPECT_EQ(Run("[1, u].sum()"), U("u"));
  EXPECT_EQ(Run("'%s'.format([u])"), U("u"));
  EXPECT_EQ(Run("sets.contains([u], [1])"), U("u"));
}
TEST_F(UnknownTest, TypeAndDyn) {
  EXPECT_EQ(Run("type(u)"), U("u"));
  EXPECT_EQ(Run("dyn(u)"), U("u"));
  EXPECT_EQ(Run("type([u])"), "{\"$type\":\"list\"}");
}
TEST_F(UnknownTest, OptionalsOfUnknowns) {
  EXPECT_EQ(Run("u.orValue(1)"), U("u"));
  EXPECT_EQ(Run("optional.of(u).hasValue()"), "true");
  EXPECT_EQ(Run("optional.of(u).value()"), U("u"));
  EXPECT_EQ(Run("optional.none().orValue(u)"), U("u"));
  EXPECT_EQ(Run("u.optMap(x, 1)"), U("u"));
}
TEST_F(UnknownTest, PresenceOfAnUnknownEntryIsOpen) {
  EXPECT_EQ(Run("has(m.known)"), "true");
  EXPECT_EQ(Run("has(m.open)"), U("u"));
  EXPECT_EQ(Run("has(m.absent)"), "false");
  EXPECT_EQ(Run("'open' in m"), U("u"));
  EXPECT_EQ(Run("m.?open"), U("u"));
  EXPECT_EQ(Run("m[?'open']"), U("u"));
  EXPECT_EQ(Run("m.?absent.hasValue()"), "false");
  EXPECT_EQ(Run("m.open"), U("u"));
}
TEST_F(UnknownTest, AbsentEntriesOfAnOpenMap) {
  EXPECT_EQ(Run("rest.known"), "1");
  EXPECT_EQ(Run("rest.absent"), U("rest"));
  EXPECT_EQ(Run("has(rest.known)"), "true");
  EXPECT_EQ(Run("has(rest.absent)"), U("rest"));
  EXPECT_EQ(Run("'absent' in rest"), U("rest"));
  EXPECT_EQ(Run("rest.?absent"), U("rest"));
  EXPECT_EQ(Run("rest['absent']"), U("rest"));
  EXPECT_EQ(Run("size(rest)"), U("rest"));
  EXPECT_EQ(Run("rest == {'known': 2}"), "false");
  EXPECT_EQ(Run("rest == {'known': 1}"), U("rest"));
}
TEST_F(UnknownTest, MacrosOverAnOpenMap) {
  EXPECT_EQ(Run("rest.all(k, k == 'known')"), U("rest"));
  EXPECT_EQ(Run("rest.all(k, k != 'known')"), "false");
  EXPECT_EQ(Run("rest.exists(k, k == 'known')"), "true");
  EXPECT_EQ(Run("rest.exists(k, k == 'other')"), U("rest"));
  EXPECT_EQ(Run("rest.filter(k, true)"), U("rest"));
  EXPECT_EQ(Run("rest.exists_one(k, true)"), U("rest"));
  EXPECT_EQ(Run("rest.transformMap(k, v, v)"), U("rest"));
}
TEST_F(UnknownTest, ManyCausesAreCountedAndCapped) {
  std::vector<Value> items;
  std::vector<std::string> names;
  for (int i = 0; i < 100; ++i) names.push_back("var" + std::to_string(i));
  for (const std::string& name : names) items.push_back(cel_.Unknown(name));
  cel_.Set("many", cel_.List(items));
  const Value sum = cel_.Evaluate("many.sum()");
  ASSERT_TRUE(sum.IsUnknown());
  EXPECT_EQ(sum.AsUnknown().causes.size(), UnknownSet::kMostCauses);
  EXPECT_EQ(sum.AsUnknown().total, 100U);
}

TEST_F(UnknownTest, ItemsThatMayNotBeThereLeaveTheNumberOpen) {
  EXPECT_EQ(Run("size(partial)"), U("u"));
  EXPECT_EQ(Run("partial.size() == 0"), U("u"));
  EXPECT_EQ(Run("(partial + [3]).size()"), U("u"));
  EXPECT_EQ(Run("partial.map(x, 1).size()"), U("u"));
  EXPECT_EQ(Run("partial.map(x, 1).sum()"), U("u"));
  EXPECT_EQ(Run("partial.filter(x, true).size()"), U("u"));
  EXPECT_EQ(Run("partial.reverse().size()"), U("u"));
  EXPECT_EQ(Run("partial == [1, 5, 2]"), U("u"));
  EXPECT_EQ(Run("partial == [1, 2]"), U("u"));
  EXPECT_EQ(Run("partial.slice(0, 1)"), U("u"));
}
TEST_F(UnknownTest, ItemsBeforeThoseThatMayNotBeThereAreKnown) {
  EXPECT_EQ(Run("partial[0]"), "1");
  EXPECT_EQ(Run("partial[1]"), U("u"));
  EXPECT_EQ(Run("partial[2]"), U("u"));
  EXPECT_EQ(Run("partial[?9]"), U("u"));
  EXPECT_EQ(Run("partial.first().value()"), "1");
  EXPECT_EQ(Run("partial.last().value()"), "2");
  EXPECT_EQ(Run("partial.reverse().map(x, x)[1]"), U("u"));
  EXPECT_EQ(Run("partial.slice(1, 2)"), U("u"));
  EXPECT_EQ(Run("partial.exists(x, x == 2)"), "true");
  EXPECT_EQ(Run("3 in partial"), U("u"));
}

}  // namespace
}  // namespace restorable::cel
