// Clients that mean harm or are very slow.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <deque>
#include <memory>
#include <thread>
#include <vector>

#include "serving.h"

namespace restorable::webhook {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

TEST(Hostile, SlowClientsHoldNobodyUp) {
  Serving serving(QuickOptions());
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 64; ++i) {
    idle.push_back(std::make_unique<Client>(serving.port()));
    ASSERT_EQ(idle.back()->Ask(Post(CannedReview())).status, 200);
  }
  const std::string request = Post(CannedReview());
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 64; ++i) {
    slow.push_back(std::make_unique<Client>(serving.port(), i % 3 != 0));
    // A third says nothing of a handshake, a third stops in its headers, a third in its body.
    slow.back()->Send(i % 3 == 0   ? std::string_view("\x16")
                      : i % 3 == 1 ? std::string_view(request).substr(0, 20)
                                   : std::string_view(request).substr(0, request.size() - 100));
  }
  const auto begun = steady_clock::now();
  std::size_t sent = 0;
  while (steady_clock::now() - begun < 1s) {
    EXPECT_LT(serving.TimeFreshReview(), 100ms * kSlowness);
    for (std::size_t i = 0; i < slow.size(); ++i) {
      if (i % 3 != 0) slow[i]->Send(request.substr(20 + sent % 50, 1));
    }
    ++sent;
    std::this_thread::sleep_for(100ms);
  }
  for (const auto& client : slow) {
    const auto left = begun + 2500ms * kSlowness - steady_clock::now();
    EXPECT_TRUE(
        client->IsClosedWithin(std::max(std::chrono::ceil<std::chrono::milliseconds>(left), 1ms)));
  }
  for (const auto& client : idle) EXPECT_EQ(client->Ask(request).status, 200);
}

TEST(Hostile, AThousandIdleConnectionsCostNothing) {
  ServerOptions options = QuickOptions();
  options.io.handshake = 60s;
  Serving serving(options);
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < 4500) GTEST_SKIP() << "too few descriptors";
  const std::size_t before = ResidentBytes();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 1'000; ++i) {
    clients.push_back(std::make_unique<Client>(serving.port(), false));
    clients.push_back(std::make_unique<Client>(serving.port()));
  }
  EXPECT_LT(serving.TimeFreshReview(), 250ms * kSlowness);
  // Both ends are here.
  if (kMeasuresMemory) {
    EXPECT_LT((ResidentBytes() - before) / 1'000, std::size_t{128} << 10);
  }
  const double cpu = CpuSeconds();
  std::this_thread::sleep_for(2s);
  EXPECT_LT(CpuSeconds() - cpu, 0.04 * kSlowness);
}

TEST(Hostile, WhatIsTooLargeIsRefusedUnread) {
  Serving serving(QuickOptions());
  ASSERT_TRUE(serving.AnswersFreshReview());
  const std::size_t before = ResidentBytes();
  const auto ask = [&](const std::string& head, std::size_t more) {
    Client client(serving.port());
    client.Send(head);
    // As much as gets through: the server may have hung up.
    const std::string block(std::size_t{64} << 10, 'x');
    for (std::size_t sent = 0; sent < more; sent += block.size()) {
      if (!client.Send(block)) break;
    }
    return client.Receive().status;
  };
  const std::string post = "POST /validate HTTP/1.1\r\nContent-Type: application/json\r\n";
  constexpr std::size_t kMore = 128 << 10;
  EXPECT_EQ(ask(post + "Content-Length: 10485760\r\n\r\n", kMore), 413);
  EXPECT_EQ(ask(post + "Content-Length: 104857600\r\n\r\n", kMore), 413);
  EXPECT_EQ(ask(post + "Transfer-Encoding: chunked\r\n\r\n4000000\r\n", kMore), 411);
  EXPECT_EQ(ask(post + "\r\n", kMore), 411);
  EXPECT_EQ(ask("GET /" + std::string(17 << 10, 'a'), kMore), 431);
  std::string headers = post;
  while (headers.size() < (17U << 10)) headers += "a: b\r\n";
  EXPECT_EQ(ask(headers, kMore), 431);
  if (kMeasuresMemory) {
    EXPECT_LT(ResidentBytes(), before + (std::size_t{1} << 20));
  }
  EXPECT_TRUE(serving.AnswersFreshReview());
}

TEST(Hostile, NothingAClientSendsEndsTheServer) {
  Serving serving(QuickOptions());
  const auto status = [&](const std::string& request) {
    Client client(serving.port());
    return client.Ask(request).status;
  };
  EXPECT_EQ(status(Post("\x1f\x8b\x08", "Content-Encoding: gzip\r\n")), 415);
  std::string ranges = "Range: bytes=0-0";
  for (int i = 0; i < 1'900; ++i) ranges += ",1-1";
  EXPECT_EQ(status(Post("{}", ranges + "\r\n")), 400);
  EXPECT_EQ(status(Post(std::string(100'000, '['))), 400);
  EXPECT_EQ(status(Post("\xff\xfe")), 400);
  EXPECT_EQ(status(Post(std::string("\0\0", 2))), 400);
  EXPECT_EQ(status(std::string("GET /\0 HTTP/1.1\r\n\r\n", 20)), 400);
  std::string too_short = Post(CannedReview());
  too_short.replace(too_short.find("Content-Length: "), 17, "Content-Length: 1");
  EXPECT_EQ(status(too_short), 400);
  Client lying(serving.port());
  ASSERT_TRUE(lying.Send(Post(CannedReview()).substr(0, 150)));
  EXPECT_TRUE(lying.IsClosedWithin(3s * kSlowness));
  EXPECT_TRUE(serving.AnswersFreshReview());
}

TEST(Hostile, ABurstOfConnectionsIsServed) {
  Serving serving(QuickOptions());
  std::vector<std::chrono::milliseconds> times(400);
  std::vector<std::thread> threads;
  std::atomic<std::size_t> next = 0;
  for (int i = 0; i < 40; ++i) {
    threads.emplace_back([&] {
      for (std::size_t at = next++; at < times.size(); at = next++)
        times[at] = serving.TimeFreshReview();
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::ranges::sort(times);
  EXPECT_NE(times.back(), kNever);
  EXPECT_LT(times[times.size() * 99 / 100], 1s * kSlowness);
}

TEST(Hostile, AtTheCapTheLongestIdleMakesRoom) {
  ServerOptions options = QuickOptions();
  options.io.connections = 32;
  Serving serving(options);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 40; ++i) {
    clients.push_back(std::make_unique<Client>(serving.port()));
    EXPECT_EQ(clients.back()->Ask(Post(CannedReview())).status, 200);
  }
  EXPECT_TRUE(clients.front()->IsClosedWithin(1s));
  EXPECT_EQ(clients.back()->Ask(Post(CannedReview())).status, 200);
  EXPECT_TRUE(serving.AnswersFreshReview());
}

// A process that connects often and says nothing; it has descriptors of its own.
class SilentProcess {
 public:
  SilentProcess(int port, int connections) : id_(fork()) {
    if (id_ != 0) return;
    // Only what is safe in the child of a process with threads. It ends with its parent.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < connections; ++i) {
      connect(socket(AF_INET, SOCK_STREAM, 0), reinterpret_cast<sockaddr*>(&address),
              sizeof address);
    }
    while (true) pause();
  }
  SilentProcess(const SilentProcess&) = delete;
  SilentProcess& operator=(const SilentProcess&) = delete;
  ~SilentProcess() {
    kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
  }

 private:
  pid_t id_;
};

TEST(Hostile, WithoutDescriptorsItWaitsAndRecovers) {
  if (kSlowness > 1) GTEST_SKIP() << "a sanitizer needs descriptors to look at memory";
  Serving serving(QuickOptions());
  rlimit before = {};
  getrlimit(RLIMIT_NOFILE, &before);
  const SilentProcess silent(serving.port(), 200);
  const rlimit few = {.rlim_cur = 64, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  std::this_thread::sleep_for(300ms);
  const double cpu = CpuSeconds();
  std::this_thread::sleep_for(500ms);
  EXPECT_LT(CpuSeconds() - cpu, 0.025 * kSlowness);
  // Those who do not finish their handshake go after a second, and then the next come in.
  const auto until = steady_clock::now() + 10s * kSlowness;
  bool is_answered = false;
  while (!is_answered && steady_clock::now() < until) is_answered = serving.AnswersFreshReview();
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_TRUE(is_answered);
  EXPECT_THAT(serving.Probe("/metrics"),
              HasSubstr("restorable_webhook_refused_total{reason=\"cap\"}"));
}

TEST(Hostile, RecoversWhenAcceptFails) {
  for (const int error : {ECONNABORTED, ENFILE, EMFILE, EPROTO, ENOBUFS}) {
    std::atomic<int> failures = 50;
    ServerOptions options = QuickOptions();
    options.accept = [&](int listener) {
      if (failures-- > 0) {
        errno = error;
        return -1;
      }
      return accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    };
    Serving serving(options);
    const double cpu = CpuSeconds();
    EXPECT_LT(serving.TimeFreshReview(), 1500ms * kSlowness) << error;
    EXPECT_LT(CpuSeconds() - cpu, 0.5 * kSlowness) << error;
  }
}

}  // namespace
}  // namespace restorable::webhook
