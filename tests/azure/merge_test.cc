#include "azure/merge.h"

#include <gtest/gtest.h>

#include "value/json.h"

namespace restorable::azure {
namespace {

class MergeTest : public testing::Test {
 protected:
  Value Map(std::initializer_list<MapEntry> entries) {
    return Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(entries)));
  }
  static MapEntry Entry(std::string_view key, Value value) { return {Value::String(key), value}; }
  Value Unknown() { return Value::Unknown(arena_, {UnknownReason::kNoDefault, "u", {}}); }
  Resource Cluster(std::string_view address, Value body, bool is_part = false) {
    Resource resource;
    resource.schema = Schema::kAzure;
    resource.address = address;
    resource.body = body;
    resource.is_part = is_part;
    return resource;
  }

  Arena arena_;
};

TEST_F(MergeTest, TheSecondGoesOverTheFirst) {
  const Value a = Map({Entry("x", Value::Int(1)),
                       Entry("m", Map({Entry("p", Value::Int(1)), Entry("q", Value::Int(2))}))});
  const Value b = Map({Entry("m", Map({Entry("q", Value::Int(3))})), Entry("y", Value::Int(4))});
  EXPECT_EQ(ToJson(Merge(a, b, arena_)), R"({"x":1,"m":{"p":1,"q":3},"y":4})");
}

TEST_F(MergeTest, WhatIsUnknownMayGoOverAllThatIsNotSaidBehindIt) {
  const Value known = Map({Entry("x", Value::Int(1))});
  const Value open = Value::OpenMap(arena_, {}, Unknown());
  EXPECT_EQ(ToJson(Merge(Unknown(), known, arena_)),
            R"({"x":1,"$rest":{"$unknown":"no-default u"}})");
  EXPECT_EQ(ToJson(Merge(known, open, arena_)), R"({"$rest":{"$unknown":"no-default u"}})");
  EXPECT_EQ(ToJson(Merge(known, Unknown(), arena_)), R"({"$unknown":"no-default u"})");
}

TEST_F(MergeTest, PartsGoIntoTheirWhole) {
  std::vector<Resource> resources{
      Cluster("a", Map({Entry("id", Value::String("/Clusters/A")), Entry("x", Value::Int(1))})),
      Cluster("part", Map({Entry("id", Value::String("/clusters/a")), Entry("x", Value::Int(2))}),
              true)};
  MergeParts(resources, arena_);
  ASSERT_EQ(resources.size(), 1U);
  EXPECT_EQ(resources[0].address, "a");
  EXPECT_EQ(resources[0].body.Find("x")->AsInt(), 2);
}

TEST_F(MergeTest, PartsBringTheStateBefore) {
  const auto body = [&](std::int64_t x) {
    return Map({Entry("id", Value::String("/clusters/a")), Entry("x", Value::Int(x))});
  };
  const Value old_whole = body(1);
  const Value old_part = body(2);
  const Value created = Value::Null();
  const auto before = [&](const Value* of_whole, const Value* of_part) -> std::string {
    std::vector<Resource> resources{Cluster("a", body(3)), Cluster("part", body(4), true)};
    resources[0].before = of_whole;
    resources[1].before = of_part;
    MergeParts(resources, arena_);
    const Value* const merged = resources[0].before;
    if (merged == nullptr) return "not said";
    return merged->IsNull() ? "null" : ToJson(*merged->Find("x"));
  };
  EXPECT_EQ(before(nullptr, nullptr), "not said");
  EXPECT_EQ(before(&old_whole, &old_part), "2");
  EXPECT_EQ(before(&old_whole, nullptr), "4");   // the part stays as it is
  EXPECT_EQ(before(nullptr, &old_part), "2");    // the whole stays as it is
  EXPECT_EQ(before(&old_whole, &created), "1");  // the part is new
  EXPECT_EQ(before(nullptr, &created), "3");
  EXPECT_EQ(before(&created, &created), "null");  // so is all of it
}

TEST_F(MergeTest, PartsFindTheirWholeByParentAndName) {
  const auto pool = [&](std::string_view id, std::int64_t count, bool is_part) {
    Resource resource =
        Cluster(id,
                Map({Entry("id", Value::String(id)), Entry("parent", Value::String("/clusters/A")),
                     Entry("name", Value::String("p")), Entry("count", Value::Int(count))}),
                is_part);
    resource.kind = "Microsoft.ContainerService/managedClusters/agentPools";
    return resource;
  };
  std::vector<Resource> resources{pool("whole", 1, false), pool("part", 2, true)};
  MergeParts(resources, arena_);
  ASSERT_EQ(resources.size(), 1U);
  EXPECT_EQ(resources[0].body.Find("id")->AsString(), "whole");
  EXPECT_EQ(resources[0].body.Find("count")->AsInt(), 2);
}

TEST_F(MergeTest, PartsFindTheirWholeInTheirParent) {
  const Value items[] = {Map({Entry("name", Value::String("P")), Entry("count", Value::Int(1))}),
                         Map({Entry("name", Value::String("q"))})};
  const Value profiles = Value::List(arena_.Copy(std::span<const Value>(items)));
  Resource cluster =
      Cluster("cluster", Map({Entry("id", Value::String("/clusters/a")),
                              Entry("properties", Map({Entry("agentPoolProfiles", profiles)}))}));
  Resource part =
      Cluster("part",
              Map({Entry("id", Value::String("part")), Entry("name", Value::String("p")),
                   Entry("parent", Value::String("/clusters/a")),
                   Entry("properties", Map({Entry("count", Value::Int(2))}))}),
              true);
  part.kind = "Microsoft.ContainerService/managedClusters/agentPools";
  std::vector<Resource> resources{cluster, part};
  MergeParts(resources, arena_);
  ASSERT_EQ(resources.size(), 1U);
  EXPECT_EQ(ToJson(*resources[0].body.Find("properties")),
            R"({"agentPoolProfiles":[{"name":"P","count":2},{"name":"q"}]})");
}

TEST_F(MergeTest, APartOfWhatIsElsewhereIsOpen) {
  std::vector<Resource> resources{
      Cluster("part", Map({Entry("id", Value::String("/a")), Entry("m", Map({}))}), true)};
  MergeParts(resources, arena_);
  ASSERT_EQ(resources.size(), 1U);
  EXPECT_NE(resources[0].body.OpenRest(), nullptr);
  EXPECT_NE(resources[0].body.Find("m")->OpenRest(), nullptr);
}

}  // namespace
}  // namespace restorable::azure
