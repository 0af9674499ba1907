#include "resource/nearest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace restorable {
namespace {

using Interval = std::pair<std::size_t, std::size_t>;

TEST(NearestTest, CountsCommonDirectories) {
  EXPECT_EQ(CommonDirectories("a/b/c.yaml", "a/b/d.yaml"), 4U);
  EXPECT_EQ(CommonDirectories("a/bb/c.yaml", "a/b/c.yaml"), 2U);
  EXPECT_EQ(CommonDirectories("c.yaml", "d.yaml"), 0U);
  EXPECT_EQ(CommonDirectories("a/b.yaml", "a/b.yaml"), 2U);
}

TEST(NearestTest, PrefersTheSameFile) {
  const std::vector<std::string_view> paths = {"a/x.yaml", "a/y.yaml", "a/y.yaml", "b/z.yaml"};
  EXPECT_EQ(Nearest(paths, "a/y.yaml"), (Interval{1, 3}));
}

TEST(NearestTest, TakesAllThatAreEquallyNear) {
  const std::vector<std::string_view> paths = {"a/b/1.yaml", "a/b/2.yaml", "a/c/1.yaml", "z.yaml"};
  EXPECT_EQ(Nearest(paths, "a/b/9.yaml"), (Interval{0, 2}));
  EXPECT_EQ(Nearest(paths, "a/0.yaml"), (Interval{0, 3}));
  EXPECT_EQ(Nearest(paths, "q/r.yaml"), (Interval{0, 4}));
}

// The neighbours in sorted order are those that a look at every path finds.
TEST(NearestTest, AgreesWithTheSlowWay) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> texts;
    const auto path = [&] {
      std::string text;
      for (unsigned depth = random() % 3; depth > 0; --depth) {
        text += static_cast<char>('a' + random() % 2);
        text += '/';
      }
      return text + static_cast<char>('p' + random() % 3);
    };
    for (int i = 0; i < 8; ++i) texts.push_back(path());
    std::ranges::sort(texts);
    const std::vector<std::string_view> paths(texts.begin(), texts.end());
    const std::string from = path();
    if (std::ranges::find(paths, from) != paths.end()) continue;
    std::size_t most = 0;
    for (const auto candidate : paths) most = std::max(most, CommonDirectories(candidate, from));
    const auto [first, last] = Nearest(paths, from);
    for (std::size_t i = 0; i < paths.size(); ++i) {
      EXPECT_EQ(CommonDirectories(paths[i], from) == most, first <= i && i < last);
    }
  }
}

}  // namespace
}  // namespace restorable
