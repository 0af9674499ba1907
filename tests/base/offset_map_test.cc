#include "base/offset_map.h"

namespace restorable {
namespace {

constexpr FileId kFile{3};

TEST(OffsetMap, ShiftsEachPieceByItsOwnDistance) {
  OffsetMap map(kFile);
  map.Add(0, 10);  // "ab"
  map.Add(2, 20);  // "cd", two lines below
  EXPECT_EQ(map.ToSource({FileId::kNone, 0, 1}), (Range{kFile, 10, 11}));
  EXPECT_EQ(map.ToSource({FileId::kNone, 2, 4}), (Range{kFile, 20, 22}));
}

TEST(OffsetMap, EndsARangeWithItsLastByteAndNotWhereTheNextPieceBegins) {
  OffsetMap map(kFile);
  map.Add(0, 10);
  map.Add(2, 20);
  EXPECT_EQ(map.ToSource({FileId::kNone, 0, 2}), (Range{kFile, 10, 12}));
}

TEST(OffsetMap, MapsAnEmptyRangeToAnEmptyOne) {
  OffsetMap map(kFile);
  map.Add(0, 10);
  EXPECT_EQ(map.ToSource({FileId::kNone, 1, 1}), (Range{kFile, 11, 11}));
}

}  // namespace
}  // namespace restorable
