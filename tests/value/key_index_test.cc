#include "value/key_index.h"

#include <string>

namespace restorable {
namespace {

class KeyIndexTest : public testing::TestWithParam<std::size_t> {};

TEST_P(KeyIndexTest, FindsEachKeyWhereItWasAdded) {
  const std::size_t count = GetParam();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("key" + std::to_string(i));
  KeyIndex index;
  for (int turn = 0; turn < 2; ++turn) {  // the second one reuses the memory of the first
    std::vector<MapEntry> entries;
    index.Reset(count);
    for (const std::string& name : names) {
      ASSERT_EQ(index.Find(entries, name), entries.size());
      entries.push_back({Value::String(name), {}});
    }
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(index.Find(entries, names[i]), i);
  }
}

INSTANTIATE_TEST_SUITE_P(Counts, KeyIndexTest, testing::Values(0, 1, 8, 9, 16, 1000));

}  // namespace
}  // namespace restorable
