#include "cluster/shard.h"

#include <cstdlib>
#include <string>

namespace restorable::cluster {
namespace {

TEST(Shard, EachNamespaceIsInExactlyOne) {
  constexpr std::uint32_t kCount = 7;
  std::size_t sizes[kCount] = {};
  for (int i = 0; i < 2000; ++i) {
    const std::string name = "team-" + std::to_string(i);
    int owners = 0;
    for (std::uint32_t index = 0; index < kCount; ++index) {
      if (!Shard{index, kCount}.Has(name)) continue;
      ++owners;
      ++sizes[index];
    }
    EXPECT_EQ(owners, 1) << name;
  }
  for (const std::size_t size : sizes) EXPECT_GT(size, 2000 / kCount / 2);
}

TEST(Shard, IsTheSameInEveryRun) {
  EXPECT_TRUE((Shard{1, 4}.Has("shop")));
  EXPECT_TRUE((Shard{0, 4}.Has("")));
  EXPECT_FALSE((Shard{1, 4}.Has("")));
}

TEST(Shard, IsRead) {
  EXPECT_EQ(ReadShard("2/4")->index, 2u);
  EXPECT_EQ(ReadShard("2/4")->count, 4u);
  for (const char* const bad : {"", "4", "4/4", "1/0", "-1/4", "a/4", "1/", "/4", "1/4/5"}) {
    EXPECT_FALSE(ReadShard(bad)) << bad;
  }
}

TEST(Shard, OfAPodOfAnIndexedJobIsItsIndex) {
  setenv("JOB_COMPLETION_INDEX", "3", 1);
  EXPECT_EQ(ReadShard("4")->index, 3u);
  EXPECT_EQ(ReadShard("1/4")->index, 1u);
  EXPECT_FALSE(ReadShard("3"));
  unsetenv("JOB_COMPLETION_INDEX");
}

}  // namespace
}  // namespace restorable::cluster
