#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evaluation.h"

namespace restorable::cel {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ListFunctions, IsSorted) {
  EXPECT_THAT(NotTrue({"[1, 2, 2, 3].isSorted()", "!['b', 'a'].isSorted()", "[].isSorted()",
                       "[duration('1s'), duration('1m')].isSorted()", "[false, true].isSorted()",
                       "dyn([1, 1u, 1.5]).isSorted()"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"dyn([1, 'a']).isSorted()", "dyn([[1], [2]]).isSorted()"}), IsEmpty());
}

TEST(ListFunctions, Sum) {
  EXPECT_THAT(
      NotTrue({"[1, 3].sum() == 4", "[1u, 3u].sum() == 4u", "[1.5, 0.5].sum() == 2.0",
               "[duration('1m'), duration('1s')].sum() == duration('61s')", "[].sum() == 0",
               "type([1u].filter(x, false).sum()) == uint", "type(dyn([1.0]).sum()) == double"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"[9223372036854775807, 1].sum()", "[18446744073709551615u, 1u].sum()",
                         "dyn(['a']).sum()", "dyn([1, 1.0]).sum()", "dyn([true]).sum()",
                         "[duration('2562047h'), duration('1h')].sum()"}),
              IsEmpty());
}

TEST(ListFunctions, MinAndMax) {
  EXPECT_THAT(NotTrue({"[3, 1, 2].min() == 1", "[3, 1, 2].max() == 3", "['b', 'a'].min() == 'a'",
                       "[duration('1s'), duration('1h')].max() == duration('1h')",
                       "dyn([1, 2.5, 2u]).max() == 2.5", "[b'a', b'b'].max() == b'b'"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"[].min()", "[].max()", "dyn([1, 'a']).min()", "dyn([[1]]).min()",
                         "[1.0, double('NaN')].max()"}),
              IsEmpty());
}

TEST(ListFunctions, IndexOf) {
  EXPECT_THAT(
      NotTrue({"[1, 2, 2, 3].indexOf(2) == 1", "[1, 2, 2, 3].lastIndexOf(2) == 2",
               "[1.0].indexOf(1.1) == -1", "[].indexOf('a') == -1",
               "dyn([1, [2]]).indexOf([2.0]) == 1", "[{'a': 1}].lastIndexOf({'a': 1}) == 0"}),
      IsEmpty());
}

TEST(ListFunctions, Includes) {
  EXPECT_THAT(NotTrue({"[1, 2].includes(2)", "![1, 2].includes(3)", "'a'.includes('a')",
                       "!'a'.includes('b')", "![].includes(1)"}),
              IsEmpty());
}

TEST(ListFunctions, UnknownItemsMakeTheResultUnknown) {
  for (const char* call : {"sum()", "min()", "isSorted()", "indexOf(7)", "sort()", "distinct()"}) {
    EXPECT_THAT(Evaluated(std::string("[1, u].") + call), HasSubstr("no-default u")) << call;
  }
}

// Which overload an operand of unknown type will meet is not settled by the first one that fits.
TEST(ListFunctions, TypesOfUncheckedListsStayOpen) {
  EXPECT_THAT(NotTrue({"bytes(dyn(['a']).min()) == b'a'",
                       "[].flatten().map(x, x > math.least([2, 1]), x * 2) == []",
                       "[].map(x, x + dyn('a')).sortBy(x, x.size()) == []",
                       "dyn([2, 1]).sort().map(x, x > dyn(1), x * 2) == [4]"}),
              IsEmpty());
}

TEST(ExtendedLists, Distinct) {
  EXPECT_THAT(NotTrue({"[1, 2, 2, 3, 1].distinct() == [1, 2, 3]", "[].distinct() == []",
                       "dyn([1, 1u, 1.0, 'a', [1], [1]]).distinct() == [1, 'a', [1]]"}),
              IsEmpty());
}

TEST(ExtendedLists, Flatten) {
  EXPECT_THAT(NotTrue({"[[1, 2], [3]].flatten() == [1, 2, 3]",
                       "dyn([1, [2, [3]]]).flatten() == [1, 2, [3]]",
                       "dyn([1, [2, [3]]]).flatten(2) == [1, 2, 3]",
                       "dyn([1, [2, [3]]]).flatten(0) == [1, [2, [3]]]", "[].flatten() == []",
                       "[[], []].flatten() == []",
                       "dyn([1, [2, [3]]]).flatten(9223372036854775807) == [1, 2, 3]"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"[[1]].flatten(-1)"}), IsEmpty());
  EXPECT_THAT(Evaluated("[[1], u].flatten()"), HasSubstr("no-default u"));
  EXPECT_THAT(NotTrue({"[[1], [u]].flatten().size() == 2", "dyn([1, u]).flatten(0)[0] == 1",
                       "[[1], [u]].flatten()[0] == 1"}),
              IsEmpty());
  EXPECT_THAT(Evaluated("[[[1]], [u]].flatten(2)"), HasSubstr("{\"$unknown\""));
}

TEST(ExtendedLists, Slice) {
  EXPECT_THAT(NotTrue({"[1, 2, 3, 4].slice(1, 3) == [2, 3]", "[1, 2].slice(0, 2) == [1, 2]",
                       "[1, 2].slice(2, 2) == []", "[1, u, 3].slice(2, 3) == [3]"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"[1, 2].slice(-1, 1)", "[1, 2].slice(0, 3)", "[1, 2].slice(2, 1)",
                         "[1, 2].slice(3, 3)"}),
              IsEmpty());
}

TEST(ExtendedLists, Sort) {
  EXPECT_THAT(NotTrue({"[3, 1, 2].sort() == [1, 2, 3]", "['b', 'a'].sort() == ['a', 'b']",
                       "[].sort() == []", "[true, false].sort() == [false, true]",
                       "[{'n': 2}, {'n': 1}].sortBy(x, x.n) == [{'n': 1}, {'n': 2}]"}),
              IsEmpty());
  EXPECT_THAT(NotErrors({"dyn([1, 'a']).sort()", "dyn([1, 1.0]).sort()", "dyn([[1], [2]]).sort()",
                         "[double('NaN'), 1.0].sort()", "[0.0, 1.0].sortBy(x, x / x)",
                         "[1, 2].sortBy(x, [x])", "[1, 2].sortBy(x, x == 1 ? dyn('a') : dyn(x))"}),
              IsEmpty());
}

TEST(ExtendedLists, ReverseAndRange) {
  EXPECT_THAT(
      NotTrue({"[1, 2, 3].reverse() == [3, 2, 1]", "[].reverse() == []",
               "lists.range(3) == [0, 1, 2]", "lists.range(0) == []", "[u, 1].reverse()[0] == 1"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"lists.range(-1)", "lists.range(9223372036854775807)"}), IsEmpty());
}

TEST(SetFunctions, IgnoreOrderAndRepetition) {
  EXPECT_THAT(NotTrue({"sets.contains([1, 2, 3], [3, 1, 1])", "!sets.contains([1], [1, 2])",
                       "sets.contains([], [])", "sets.contains([1], [1.0, 1u].map(x, dyn(x)))",
                       "sets.equivalent([1, 2, 2], [2, 1])", "!sets.equivalent([1, 2], [1])",
                       "sets.equivalent([[1], [2]], [[2], [1]])", "sets.intersects([1, 2], [2, 3])",
                       "!sets.intersects([1], [2])", "!sets.intersects([], [])"}),
              IsEmpty());
  EXPECT_THAT(Evaluated("sets.contains([1, u], [1])"), HasSubstr("no-default u"));
}

TEST(OptionalFunctions, HoldValues) {
  EXPECT_THAT(
      NotTrue({"optional.of(null).hasValue()", "!optional.none().hasValue()",
               "optional.of(1).value() == 1", "!optional.ofNonZeroValue(0).hasValue()",
               "!optional.ofNonZeroValue({}).hasValue()",
               "!optional.ofNonZeroValue(b'').hasValue()",
               "!optional.ofNonZeroValue(duration('0s')).hasValue()",
               "optional.ofNonZeroValue([0]).value() == [0]",
               "optional.unwrap([optional.of(1), optional.none(), optional.of(2)]) == [1, 2]",
               "[optional.none(), optional.of('a')].unwrapOpt() == ['a']",
               "[1, 2].first() == optional.of(1)", "[1, 2].last().value() == 2",
               "[].first() == optional.none()", "![].last().hasValue()"}),
      IsEmpty());
  EXPECT_THAT(NotErrors({"optional.none().value()", "dyn([1]).unwrapOpt()"}), IsEmpty());
}

TEST(OptionalFunctions, HoldUnknowns) {
  EXPECT_EQ(Evaluated("optional.of(u).hasValue()"), "true");
  EXPECT_THAT(Evaluated("optional.of(u).value()"), HasSubstr("no-default u"));
  EXPECT_THAT(Evaluated("optional.ofNonZeroValue(u)"), HasSubstr("no-default u"));
  EXPECT_EQ(Evaluated("optional.ofNonZeroValue([u]).hasValue()"), "true");
  EXPECT_THAT(Evaluated("[optional.of(1), u].unwrapOpt()"), HasSubstr("no-default u"));
  EXPECT_EQ(Evaluated("[1, u].first().value()"), "1");
}

}  // namespace
}  // namespace restorable::cel
