// Load, small enough for every run; the figures proper are those of `make bench-webhook`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "serving.h"

namespace restorable::webhook {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

TEST(Load, ManyConnectionsAreServedEvenly) {
  Serving serving(QuickOptions());
  std::mutex mutex;
  std::vector<std::chrono::microseconds> times;
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 128; ++i) {
    threads.emplace_back([&] {
      Client client(serving.port());
      std::vector<std::chrono::microseconds> own;
      for (int j = 0; j < 30; ++j) {
        const auto begun = steady_clock::now();
        if (client.Ask(Post(CannedReview())).status != 200) ++failures;
        own.push_back(
            std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begun));
      }
      const std::lock_guard lock(mutex);
      times.insert(times.end(), own.begin(), own.end());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  // Nobody starves. A ratio of percentiles would measure what else the machine is doing.
  EXPECT_LT(*std::ranges::max_element(times), 5s);
}

TEST(Load, OverloadIsSaidAndPasses) {
  ServerOptions options = QuickOptions();
  options.workers = 1;
  options.queue = 2;
  Serving serving(options);
  std::atomic<int> accepted = 0;
  std::atomic<int> shed = 0;
  std::atomic<int> other = 0;
  std::atomic<int> late = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 32; ++i) {
    threads.emplace_back([&] {
      Client client(serving.port());
      for (int j = 0; j < 20; ++j) {
        const auto begun = steady_clock::now();
        const Reply reply = client.Ask(Post(CannedReview()));
        if (steady_clock::now() - begun > options.most_evaluation * kSlowness) ++late;
        const bool retries = reply.head.find("Retry-After: 1") != std::string::npos;
        ++(reply.status == 200 ? accepted : reply.status == 429 && retries ? shed : other);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(other, 0);
  EXPECT_EQ(late, 0);
  EXPECT_GT(accepted, 0);
  EXPECT_GT(shed, 0);
  EXPECT_LT(serving.TimeFreshReview(), 1s * kSlowness);
}

TEST(Load, ManyReviewsLeaveNothingBehind) {
  Serving serving(QuickOptions());
  Client client(serving.port());
  const auto run = [&](int count) {
    for (int i = 0; i < count; ++i) ASSERT_EQ(client.Ask(Post(CannedReview())).status, 200);
  };
  run(1'000);
  const std::size_t before = ResidentBytes();
  run(4'000);
  // Sanitizers keep what was freed.
  if (kMeasuresMemory) {
    EXPECT_LT(ResidentBytes(), before + before / 20);
  }
}

}  // namespace
}  // namespace restorable::webhook
