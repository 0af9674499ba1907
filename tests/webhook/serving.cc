#include "serving.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

namespace restorable::webhook {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

Serving::Serving(ServerOptions options) {
  const TestCertificate made = MakeCertificate();
  options.tls.certificate = directory_.Write("tls.crt", made.certificate);
  options.tls.key = directory_.Write("tls.key", made.key);
  options.address = "127.0.0.1";
  options.port = 0;
  options.health_port = 0;
  options.log_level = LogLevel::kError;
  server_ = std::make_unique<Server>(std::move(options));
  EXPECT_TRUE(server_->Start());
}

bool Serving::AnswersFreshReview() const {
  Client client(port());
  return client.connected() && client.Ask(Post(CannedReview())).status == 200;
}

milliseconds Serving::TimeFreshReview() const {
  const auto begun = steady_clock::now();
  if (!AnswersFreshReview()) return kNever;
  return std::chrono::duration_cast<milliseconds>(steady_clock::now() - begun);
}

std::string Serving::Probe(const std::string& path) const {
  Client client(server_->health_port(), false);
  const Reply reply =
      client.Ask("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  return std::to_string(reply.status) + "\n" + reply.body;
}

ServerOptions QuickOptions() {
  ServerOptions options;
  options.io.handshake = milliseconds(1'000);
  options.io.request = milliseconds(1'500);
  options.io.response = milliseconds(1'500);
  options.shutdown_delay = milliseconds(0);
  options.workers = 2;
  return options;
}

std::size_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

double CpuSeconds() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace restorable::webhook
