#include "base/parallel.h"

#include <atomic>
#include <numeric>
#include <vector>

namespace restorable {
namespace {

TEST(ParallelFor, RunsEveryIndexOnce) {
  for (const std::size_t workers : {1U, 2U, 7U}) {
    std::vector<std::atomic<int>> seen(1000);
    ParallelFor(seen.size(), workers, [&](std::size_t i, std::size_t) { ++seen[i]; });
    for (const auto& count : seen) EXPECT_EQ(count, 1);
  }
}

TEST(ParallelFor, NumbersItsWorkers) {
  std::vector<std::atomic<int>> used(3);
  ParallelFor(100, 3, [&](std::size_t, std::size_t worker) { ++used.at(worker); });
  EXPECT_EQ(std::accumulate(used.begin(), used.end(), 0), 100);
}

TEST(ParallelFor, KeepsTheOrderWithOneWorker) {
  std::vector<std::size_t> order;
  ParallelFor(5, 1, [&](std::size_t i, std::size_t) { order.push_back(i); });
  EXPECT_THAT(order, testing::ElementsAre(0, 1, 2, 3, 4));
}

TEST(ParallelFor, DoesNothingForNothing) {
  ParallelFor(0, 4, [](std::size_t, std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace restorable
