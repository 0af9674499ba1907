#include "value/json.h"

#include <limits>
#include <vector>

namespace restorable {
namespace {

class ToJsonTest : public testing::Test {
 protected:
  Arena arena_;
};

TEST_F(ToJsonTest, PrintsScalars) {
  EXPECT_EQ(ToJson(Value::Null()), "null");
  EXPECT_EQ(ToJson(Value::Bool(true)), "true");
  EXPECT_EQ(ToJson(Value::Int(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(ToJson(Value::Uint(18446744073709551615U)), "18446744073709551615");
  EXPECT_EQ(ToJson(Value::Double(2)), "2.0");
  EXPECT_EQ(ToJson(Value::String("a\"b\n\x01")), R"("a\"b\n\u0001")");
}

TEST_F(ToJsonTest, PrintsContainersInTheirOrder) {
  const std::vector<Value> items = {Value::Int(1), Value::String("x")};
  const std::vector<MapEntry> entries = {{Value::String("b"), Value::List(items)},
                                         {Value::String("a"), Value::Null()}};
  const Value map = Value::Map(arena_, entries);
  EXPECT_EQ(ToJson(map), R"({"b":[1,"x"],"a":null})");
  EXPECT_EQ(ToJson(map, JsonStyle::kIndented),
            "{\n  \"b\": [\n    1,\n    \"x\"\n  ],\n  \"a\": null\n}");
}

TEST_F(ToJsonTest, SaysWhatAnUnknownWaitsFor) {
  const Value unknown =
      Value::Unknown(arena_, {UnknownReason::kNoDefault, "var.disk_sku", Range{FileId{0}, 1, 2}});
  EXPECT_EQ(ToJson(unknown), R"({"$unknown":"no-default var.disk_sku"})");
}

TEST_F(ToJsonTest, PrintsNoSecret) {
  EXPECT_EQ(ToJson(Value::String("hunter2").Sensitive()), "\"(sensitive)\"");
}

TEST_F(ToJsonTest, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(ToJson(Value::String("a\xFF"
                                 "b")),
            "\"a\xEF\xBF\xBD"
            "b\"");
}

TEST_F(ToJsonTest, MarksTheRestOfAnOpenMap) {
  const Value rest = Value::Unknown(arena_, {UnknownReason::kTemplate, "", {}});
  EXPECT_EQ(ToJson(Value::OpenMap(arena_, {}, rest)), R"({"$rest":{"$unknown":"template"}})");
}

}  // namespace
}  // namespace restorable
