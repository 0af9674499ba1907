#include "azure/shape.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "value/json.h"

namespace restorable::azure {
namespace {

class ShapeTest : public testing::Test {
 protected:
  Shape Leaf(Value value) {
    leaves_.push_back(value);
    return {Shape::Leaf{leaves_.size() - 1}};
  }
  static Shape Map(std::vector<Shape::Entry> entries) { return {Shape::Map{std::move(entries)}}; }
  static Shape::Entry Entry(std::string_view key, Shape value) {
    return {Value::String(key), std::move(value)};
  }
  std::string Built(const Shape& shape) {
    const auto value = Build(
        shape, [&](std::size_t i) { return leaves_[i]; }, arena_);
    return value ? ToJson(*value) : "nothing";
  }

  Arena arena_;
  std::vector<Value> leaves_;
};

TEST_F(ShapeTest, PutsValuesInTheirPlaces) {
  EXPECT_EQ(Built(Map({Entry("location", Leaf(Value::String("westeurope"))),
                       Entry("sku", Map({Entry("name", Leaf(Value::String("Base")))})),
                       Entry("zones", {Shape::List{{Leaf(Value::Int(1)), Leaf(Value::Int(2))}}})})),
            R"({"location":"westeurope","sku":{"name":"Base"},"zones":[1,2]})");
}

TEST_F(ShapeTest, LeavesOutWhatIsNone) {
  const Value some = Value::Some(arena_, Value::Int(3));
  EXPECT_EQ(Built(Map({Entry("a", Leaf(Value::None())), Entry("b", Leaf(some))})), R"({"b":3})");
}

TEST_F(ShapeTest, LeavesOutMapsOfNothing) {
  EXPECT_EQ(Built(Map({Entry("sku", Map({Entry("name", Leaf(Value::None()))})),
                       Entry("kind", Leaf(Value::Int(1)))})),
            R"({"kind":1})");
  EXPECT_EQ(Built(Map({Entry("a", Leaf(Value::None()))})), "nothing");
}

TEST_F(ShapeTest, KeepsProperties) {
  EXPECT_EQ(Built(Map({Entry("properties", Map({Entry("a", Leaf(Value::None()))}))})),
            R"({"properties":{}})");
}

TEST_F(ShapeTest, HandsUnknownsOn) {
  const Value unknown = Value::Unknown(arena_, {UnknownReason::kNoDefault, "var.a", {}});
  EXPECT_EQ(Built(Map({Entry("a", Leaf(unknown))})), R"({"a":{"$unknown":"no-default var.a"}})");
}

}  // namespace
}  // namespace restorable::azure
