#include "azure/lowered.h"

#include <gtest/gtest.h>

#include "value/json.h"

namespace restorable::azure {
namespace {

constexpr std::string_view kType = "Microsoft.Compute/disks";

class LoweredTest : public testing::Test {
 protected:
  LoweredTest() {
    object_.kind = "Disk";
    object_.group = "compute.azure.com";
    object_.name = "data";
    object_.address = "Disk/data";
    object_.range = {FileId{0}, 0, 100};
    object_.name_range = {FileId{0}, 20, 24};
  }

  Arena arena_;
  Resource object_;
};

TEST_F(LoweredTest, IsOfTheTypeAndKeepsWhereItWasWritten) {
  const Resource disk = MakeLowered(
      object_, {.type = kType, .name = Value::String("disk1"), .id = Value::String("/disk1")},
      arena_);
  EXPECT_EQ(disk.schema, Schema::kAzure);
  EXPECT_EQ(TypeName(disk), kType);
  EXPECT_EQ(disk.name, "disk1");
  EXPECT_EQ(disk.address, "Disk/data");
  EXPECT_EQ(disk.range, object_.range);
  EXPECT_EQ(disk.name_range, object_.name_range);
  EXPECT_EQ(ToJson(disk.body), R"({"name":"disk1","id":"/disk1"})");
}

TEST_F(LoweredTest, PointsToTheNameItWasGiven) {
  const Range name{FileId{0}, 50, 55};
  const Resource disk =
      MakeLowered(object_, {.type = kType, .name = Value::String("disk1").At(name)}, arena_);
  EXPECT_EQ(disk.name_range, name);
}

TEST_F(LoweredTest, OfAPartIsThePart) {
  const Range part{FileId{0}, 40, 60};
  const Resource disk = MakeLowered(
      object_, {.type = kType, .item = Value::String("x").At(part), .name = Value::String("disk1")},
      arena_);
  EXPECT_EQ(disk.range, part);
  EXPECT_EQ(disk.name_range, part);
  EXPECT_EQ(disk.address, "Disk/data/disk1");
}

TEST_F(LoweredTest, HasNoNameWhileItIsNotKnown) {
  const Value unknown = Value::Unknown(arena_, {UnknownReason::kTemplate, "name", {}});
  const Resource disk = MakeLowered(object_, {.type = kType, .name = unknown}, arena_);
  EXPECT_EQ(disk.name, "");
  EXPECT_TRUE(disk.body.Find("name")->IsUnknown());
}

}  // namespace
}  // namespace restorable::azure
