#include "value/origin.h"

namespace restorable {
namespace {

TEST(OriginTable, GoesFromTheLastStepToTheFirst) {
  OriginTable table;
  const Range at_default{FileId{0}, 5, 9};
  const Range at_call{FileId{1}, 20, 30};
  const OriginId first = table.Add(at_default, OriginId::kNone, "default of variable sku");
  const OriginId second = table.Add(at_call, first, "argument sku");
  const auto chain = table.Chain(second);
  ASSERT_EQ(chain.size(), 2U);
  EXPECT_EQ(chain[0].range, at_call);
  EXPECT_EQ(chain[0].text, "argument sku");
  EXPECT_EQ(chain[1].range, at_default);
}

TEST(OriginTable, HasNoStepsForAValueInItsPlace) {
  EXPECT_TRUE(OriginTable().Chain(OriginId::kNone).empty());
}

}  // namespace
}  // namespace restorable
