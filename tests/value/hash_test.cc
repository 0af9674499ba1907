#include "value/hash.h"

#include <set>
#include <string>

namespace restorable {
namespace {

TEST(HashKey, IsTheSameForTheSameText) { EXPECT_EQ(HashKey("name"), HashKey(std::string("name"))); }

TEST(HashKey, TakesATextThatPointsNowhere) { EXPECT_EQ(HashKey({}), HashKey("")); }

TEST(HashKey, TellsLengthsAndTailsApart) {
  std::set<std::uint64_t> seen;
  std::string text;
  for (int i = 0; i < 64; ++i) {
    seen.insert(HashKey(text));
    text += '\0';
  }
  EXPECT_EQ(seen.size(), 64U);
}

}  // namespace
}  // namespace restorable
