#include "cel/compare.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace restorable::cel {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

class CompareTest : public ::testing::Test {
 protected:
  Value List(std::vector<Value> items) {
    return Value::List(arena_.Copy(std::span<const Value>(items)));
  }
  std::span<const MapEntry> Entries(const std::vector<MapEntry>& entries) {
    return arena_.Copy(std::span<const MapEntry>(entries));
  }
  Value Map(const std::vector<MapEntry>& entries) { return Value::Map(arena_, Entries(entries)); }
  Value Unknown(std::string_view what) {
    return Value::Unknown(arena_, UnknownCause{.reason = UnknownReason::kNoDefault, .what = what});
  }
  // 'y', 'n', 'u', or 'e' for an error.
  char Same(Value a, Value b) {
    const Value result = Equals(arena_, a, b);
    if (result.IsUnknown()) return 'u';
    if (result.IsError()) return 'e';
    return result.IsTrue() ? 'y' : 'n';
  }

  Arena arena_;
};

TEST_F(CompareTest, NumbersMeetOnOneLine) {
  EXPECT_EQ(Same(Value::Int(1), Value::Uint(1)), 'y');
  EXPECT_EQ(Same(Value::Uint(1), Value::Double(1.0)), 'y');
  EXPECT_EQ(Same(Value::Int(-1), Value::Uint(std::numeric_limits<std::uint64_t>::max())), 'n');
  EXPECT_EQ(Same(Value::Double(-0.0), Value::Int(0)), 'y');
  EXPECT_EQ(Same(Value::Double(kNaN), Value::Double(kNaN)), 'n');
  // The integer is rounded to a double.
  EXPECT_EQ(Same(Value::Int(std::numeric_limits<std::int64_t>::max()), Value::Double(0x1p63)), 'y');
  EXPECT_EQ(Same(Value::Int(9007199254740993), Value::Double(9007199254740992.0)), 'y');
}

TEST_F(CompareTest, OrderOfNumbersCrossesKinds) {
  using Order = std::partial_ordering;
  EXPECT_EQ(Compare(Value::Int(-1), Value::Uint(0)), Order::less);
  EXPECT_EQ(Compare(Value::Uint(0), Value::Int(-1)), Order::greater);
  EXPECT_EQ(Compare(Value::Double(-1), Value::Uint(0)), Order::less);
  EXPECT_EQ(Compare(Value::Double(1e30), Value::Uint(5)), Order::greater);
  EXPECT_EQ(Compare(Value::Int(5), Value::Double(-1e30)), Order::greater);
  EXPECT_EQ(Compare(Value::Int(5), Value::Double(kNaN)), Order::unordered);
  EXPECT_EQ(Compare(Value::Double(kNaN), Value::Uint(5)), Order::unordered);
}

TEST_F(CompareTest, OrderWithinKinds) {
  using Order = std::partial_ordering;
  EXPECT_EQ(Compare(Value::Bool(false), Value::Bool(true)), Order::less);
  EXPECT_EQ(Compare(Value::String("Z"), Value::String("a")), Order::less);
  EXPECT_EQ(Compare(Value::String("\u00E9"), Value::String("z")), Order::greater);
  EXPECT_EQ(Compare(Value::Bytes("\xFF"), Value::Bytes("\x01")), Order::greater);
  EXPECT_EQ(Compare(Value::Timestamp(1, 5), Value::Timestamp(1, 6)), Order::less);
  EXPECT_EQ(Compare(Value::Duration(-5), Value::Duration(-5)), Order::equivalent);
}

TEST_F(CompareTest, SomeValuesHaveNoOrder) {
  EXPECT_EQ(Compare(Value::Null(), Value::Null()), std::nullopt);
  EXPECT_EQ(Compare(Value::Int(1), Value::String("1")), std::nullopt);
  EXPECT_EQ(Compare(Value::Int(1), Value::Bool(true)), std::nullopt);
  EXPECT_EQ(Compare(List({}), List({})), std::nullopt);
  EXPECT_EQ(Compare(Value::Type("int"), Value::Type("int")), std::nullopt);
}

TEST_F(CompareTest, KindsDiffer) {
  EXPECT_EQ(Same(Value::Int(1), Value::String("1")), 'n');
  EXPECT_EQ(Same(Value::Null(), Value::Bool(false)), 'n');
  EXPECT_EQ(Same(Value::String("a"), Value::Bytes("a")), 'n');
  EXPECT_EQ(Same(Value::Null(), Value::Null()), 'y');
  EXPECT_EQ(Same(Value::Type("int"), Value::Type("int")), 'y');
  EXPECT_EQ(Same(Value::Type("int"), Value::Type("uint")), 'n');
}

TEST_F(CompareTest, ContainersAreComparedThrough) {
  EXPECT_EQ(Same(List({Value::Int(1), List({Value::Uint(2)})}),
                 List({Value::Double(1), List({Value::Int(2)})})),
            'y');
  EXPECT_EQ(Same(List({Value::Int(1)}), List({Value::Int(1), Value::Int(1)})), 'n');
  EXPECT_EQ(Same(List({Value::Double(kNaN)}), List({Value::Double(kNaN)})), 'n');
  EXPECT_EQ(Same(Map({{Value::String("a"), Value::Int(1)}, {Value::Int(2), Value::Int(2)}}),
                 Map({{Value::Uint(2), Value::Double(2)}, {Value::String("a"), Value::Int(1)}})),
            'y');
  EXPECT_EQ(
      Same(Map({{Value::String("a"), Value::Int(1)}}), Map({{Value::String("b"), Value::Int(1)}})),
      'n');
}

TEST_F(CompareTest, Optionals) {
  EXPECT_EQ(Same(Value::None(), Value::None()), 'y');
  EXPECT_EQ(Same(Value::None(), Value::Some(arena_, Value::Null())), 'n');
  EXPECT_EQ(Same(Value::Some(arena_, Value::Int(1)), Value::Some(arena_, Value::Uint(1))), 'y');
  EXPECT_EQ(Same(Value::Some(arena_, Value::Int(1)), Value::Int(1)), 'n');
}

TEST_F(CompareTest, CertainDifferenceOutweighsUnknown) {
  const Value u = Unknown("var.a");
  EXPECT_EQ(Same(u, Value::Int(1)), 'u');
  EXPECT_EQ(Same(List({u}), List({Value::Int(1)})), 'u');
  EXPECT_EQ(Same(List({u, Value::Int(1)}), List({Value::Int(2), Value::Int(2)})), 'n');
  EXPECT_EQ(Same(List({Value::Int(1), u}), List({Value::Int(2), Value::Int(2)})), 'n');
  EXPECT_EQ(Same(List({u}), List({})), 'n');
  EXPECT_EQ(Same(List({u}), Value::Int(1)), 'n');
  EXPECT_EQ(Same(Map({{Value::String("k"), u}}), Map({{Value::String("j"), u}})), 'n');
  EXPECT_EQ(Same(Value::Some(arena_, u), Value::None()), 'n');
}

TEST_F(CompareTest, AllCausesAreKept) {
  const Value result = Equals(arena_, List({Unknown("var.a"), Value::Int(1)}),
                              List({Value::Int(1), Unknown("var.b")}));
  ASSERT_TRUE(result.IsUnknown());
  EXPECT_EQ(result.AsUnknown().total, 2U);
}

TEST_F(CompareTest, OpenMapsMayHaveMore) {
  const Value rest = Unknown("var.tags");
  const MapEntry a{Value::String("a"), Value::Int(1)};
  const MapEntry b{Value::String("b"), Value::Int(1)};
  const Value open_a = Value::OpenMap(arena_, Entries({a}), rest);
  EXPECT_EQ(Same(open_a, Map({a})), 'u');
  EXPECT_EQ(Same(open_a, Map({a, b})), 'u');
  EXPECT_EQ(Same(open_a, Map({b})), 'n');
  EXPECT_EQ(Same(Map({}), open_a), 'n');
  EXPECT_EQ(Same(open_a, Value::OpenMap(arena_, Entries({b}), rest)), 'u');
  EXPECT_EQ(Same(open_a, Map({{Value::String("a"), Value::Int(2)}})), 'n');
}

TEST_F(CompareTest, SharedPartsDoNotMakeItEndless) {
  Value a = Value::Int(1);
  Value b = Value::Int(1);
  for (int i = 0; i < 64; ++i) {
    a = List({a, a});
    b = List({b, b});
  }
  const Value result = Equals(arena_, a, b);
  ASSERT_TRUE(result.IsError());
  EXPECT_TRUE(result.AsError().absolute);
}

TEST_F(CompareTest, UnknownsAreFoundInside) {
  EXPECT_TRUE(FindUnknown(arena_, List({Value::Int(1), Map({})})).IsNull());
  EXPECT_TRUE(FindUnknown(arena_, Value::None()).IsNull());
  const Value nested = List({Map({{Value::String("k"), Value::Some(arena_, Unknown("a"))}}),
                             Value::OpenMap(arena_, {}, Unknown("b"))});
  EXPECT_EQ(FindUnknown(arena_, nested).AsUnknown().total, 2U);
}

}  // namespace
}  // namespace restorable::cel
