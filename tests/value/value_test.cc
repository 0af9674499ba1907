#include "value/value.h"

#include <string>
#include <vector>

namespace restorable {
namespace {

class ValueTest : public testing::Test {
 protected:
  Value MapOf(const std::vector<MapEntry>& entries) {
    return Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(entries)));
  }
  Value UnknownVariable(std::string_view name) {
    return Value::Unknown(arena_, {UnknownReason::kNoDefault, name, {}});
  }

  Arena arena_;
};

TEST_F(ValueTest, IsNullUntilItIsSomething) { EXPECT_TRUE(Value().IsNull()); }

TEST_F(ValueTest, CarriesItsPlaceThroughCopies) {
  const Value value = Value::Int(1).At({FileId{2}, 3, 4}).Via(OriginId{7});
  const Value copy = value;
  EXPECT_EQ(copy.range(), (Range{FileId{2}, 3, 4}));
  EXPECT_EQ(copy.via(), OriginId{7});
}

TEST_F(ValueTest, FindsKeysInSmallAndLargeMaps) {
  for (const int count : {0, 1, 8, 9, 1000}) {
    std::vector<MapEntry> entries;
    for (int i = 0; i < count; ++i) {
      entries.push_back({Value::String(arena_.Copy("key" + std::to_string(i))), Value::Int(i)});
    }
    const Value map = MapOf(entries);
    for (int i = 0; i < count; ++i) {
      const Value* const found = map.Find("key" + std::to_string(i));
      ASSERT_NE(found, nullptr);
      EXPECT_EQ(found->AsInt(), i);
    }
    EXPECT_EQ(map.Find("absent"), nullptr);
  }
}

TEST_F(ValueTest, TakesEqualNumbersOfDifferentKindsAsOneKey) {
  std::vector<MapEntry> entries = {{Value::Int(1), Value::String("one")},
                                   {Value::Uint(2), Value::String("two")},
                                   {Value::Int(-1), Value::String("minus one")}};
  for (int i = 10; i < 30; ++i) entries.push_back({Value::Int(i), Value::Int(i)});
  const Value map = MapOf(entries);
  EXPECT_EQ(map.FindEntry(Value::Uint(1))->value.AsString(), "one");
  EXPECT_EQ(map.FindEntry(Value::Double(2.0))->value.AsString(), "two");
  EXPECT_EQ(map.FindEntry(Value::Double(-1.0))->value.AsString(), "minus one");
  EXPECT_EQ(map.FindEntry(Value::Double(1.5)), nullptr);
  EXPECT_EQ(map.FindEntry(Value::Double(1e300)), nullptr);
  EXPECT_EQ(map.FindEntry(Value::Bool(true)), nullptr);
  EXPECT_EQ(map.FindEntry(Value::String("1")), nullptr);
}

TEST_F(ValueTest, FindsNothingInWhatIsNoMap) {
  EXPECT_EQ(Value::Int(1).Find("a"), nullptr);
  EXPECT_EQ(Value::List({}).FindEntry(Value::Int(0)), nullptr);
}

TEST_F(ValueTest, KnowsWhetherAMapMayHaveMore) {
  EXPECT_EQ(MapOf({}).OpenRest(), nullptr);
  const Value open = Value::OpenMap(arena_, {}, UnknownVariable("var.tags"));
  ASSERT_NE(open.OpenRest(), nullptr);
  EXPECT_TRUE(open.OpenRest()->IsUnknown());
}

TEST_F(ValueTest, JoinsCausesSortedAndOnce) {
  const Value joined =
      Value::Unknown(arena_, Value::Unknown(arena_, UnknownVariable("b"), UnknownVariable("a")),
                     UnknownVariable("b"));
  const UnknownSet& set = joined.AsUnknown();
  ASSERT_EQ(set.causes.size(), 2U);
  EXPECT_EQ(set.causes[0].what, "a");
  EXPECT_EQ(set.causes[1].what, "b");
  EXPECT_EQ(set.total, 2U);
}

TEST_F(ValueTest, KeepsAFewCausesAndCountsTheRest) {
  Value joined = UnknownVariable("v0");
  for (int i = 1; i < 40; ++i) {
    joined = Value::Unknown(arena_, joined, UnknownVariable("v" + std::to_string(i)));
  }
  EXPECT_EQ(joined.AsUnknown().causes.size(), UnknownSet::kMostCauses);
  EXPECT_GE(joined.AsUnknown().total, UnknownSet::kMostCauses);
}

TEST_F(ValueTest, JoiningWithTheSameCausesMakesNothingNew) {
  const Value a = UnknownVariable("a");
  EXPECT_EQ(&Value::Unknown(arena_, a, a).AsUnknown(), &a.AsUnknown());
  EXPECT_EQ(&Value::Unknown(arena_, a, UnknownVariable("a")).AsUnknown(), &a.AsUnknown());
}

TEST_F(ValueTest, NamesTypesAsCelDoes) {
  EXPECT_EQ(TypeName(Value::Null()), "null_type");
  EXPECT_EQ(TypeName(Value::Uint(1)), "uint");
  EXPECT_EQ(TypeName(Value::None()), "optional_type");
  EXPECT_EQ(TypeName(Value::Timestamp(0, 0)), "google.protobuf.Timestamp");
}

TEST_F(ValueTest, HoldsAnOptionalOrNothing) {
  EXPECT_EQ(Value::None().AsOptional(), nullptr);
  const Value some = Value::Some(arena_, Value::Int(3).At({FileId{1}, 2, 3}));
  EXPECT_EQ(some.AsOptional()->AsInt(), 3);
  EXPECT_EQ(some.range(), (Range{FileId{1}, 2, 3}));
}

}  // namespace
}  // namespace restorable
