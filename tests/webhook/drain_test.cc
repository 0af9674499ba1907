// Stopping.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "serving.h"

namespace restorable::webhook {
namespace {

using testing::StartsWith;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

TEST(Drain, EndsAtOnceWithIdleConnections) {
  Serving serving(QuickOptions());
  Client unused(serving.port());
  Client used(serving.port());
  ASSERT_EQ(used.Ask(Post(CannedReview())).status, 200);
  const auto begun = steady_clock::now();
  serving.server().Stop();
  EXPECT_LT(steady_clock::now() - begun, 3s);
  EXPECT_TRUE(unused.IsClosedWithin(1s));
  EXPECT_TRUE(used.IsClosedWithin(1s));
}

TEST(Drain, ServesOnWhileItIsUnready) {
  ServerOptions options = QuickOptions();
  options.shutdown_delay = 2s;
  Serving serving(options);
  Client old(serving.port());
  ASSERT_EQ(old.Ask(Post(CannedReview())).status, 200);
  std::thread stopping([&] { serving.server().Stop(); });
  while (!serving.Probe("/readyz").starts_with("503")) std::this_thread::sleep_for(10ms);
  EXPECT_THAT(serving.Probe("/livez"), StartsWith("200"));
  const Reply last = old.Ask(Post(CannedReview()));
  EXPECT_EQ(last.status, 200);
  EXPECT_TRUE(last.closes);
  EXPECT_TRUE(serving.AnswersFreshReview());
  stopping.join();
}

TEST(Drain, ASecondSignalSkipsTheDelay) {
  ServerOptions options = QuickOptions();
  options.shutdown_delay = 60s;
  Serving serving(options);
  const auto begun = steady_clock::now();
  serving.server().Stop([] { return true; });
  EXPECT_LT(steady_clock::now() - begun, 3s);
}

TEST(Drain, FinishesARequestThatIsBeingSent) {
  Serving serving(QuickOptions());
  Client client(serving.port());
  const std::string request = Post(CannedReview());
  ASSERT_TRUE(client.Send(std::string_view(request).substr(0, 100)));
  std::this_thread::sleep_for(100ms);
  std::thread stopping([&] { serving.server().Stop(); });
  std::this_thread::sleep_for(200ms);
  EXPECT_EQ(client.Ask(std::string_view(request).substr(100)).status, 200);
  stopping.join();
}

// A client as Kubernetes has it: connections that are kept until they are told to close, no second
// try of a request that was sent. Replicas are rolled one by one under it.
TEST(Drain, RollingReplicasLosesNoRequest) {
  ServerOptions options = QuickOptions();
  options.shutdown_delay = 500ms;
  std::vector<std::unique_ptr<Serving>> replicas;
  for (int i = 0; i < 2; ++i) replicas.push_back(std::make_unique<Serving>(options));
  std::atomic<int> endpoint = replicas[0]->port();
  std::atomic<bool> ends = false;
  std::atomic<int> answered = 0;
  std::atomic<int> lost = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      std::unique_ptr<Client> connection;
      while (!ends) {
        if (!connection) connection = std::make_unique<Client>(endpoint);
        const Reply reply = connection->Ask(Post(CannedReview()));
        ++(reply.status == 200 ? answered : lost);
        if (reply.status != 200 || reply.closes) connection.reset();
      }
    });
  }
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(300ms);
    const std::size_t next = replicas.size();
    replicas.push_back(std::make_unique<Serving>(options));
    endpoint = replicas[next - 1]->port();
    replicas[next - 2]->server().Stop();
  }
  ends = true;
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(lost, 0);
  EXPECT_GT(answered, 100);
}

}  // namespace
}  // namespace restorable::webhook
