#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "admission/policy.h"
#include "webhook/health.h"
#include "webhook/io_loop.h"
#include "webhook/log.h"
#include "webhook/metrics.h"
#include "webhook/service.h"
#include "webhook/tls.h"
#include "webhook/workers.h"

namespace restorable::webhook {

struct ServerOptions {
  std::string address = "0.0.0.0";
  int port = 8443;
  int health_port = 8080;
  TlsFiles tls;
  admission::PolicyFiles policy;
  IoLimits io;
  std::chrono::milliseconds most_evaluation{2'000};
  std::chrono::milliseconds shutdown_delay{15'000};
  std::chrono::milliseconds drain{10'000};
  std::chrono::milliseconds reload_interval{10'000};
  std::size_t workers = 0;  // 0: as many as the processors that the container may use
  std::size_t queue = 1024;
  LogLevel log_level = LogLevel::kInfo;
  std::function<int(int)> accept;  // for tests; as accept4()
};

// The webhook: everything between the sockets and the rules.
class Server {
 public:
  explicit Server(ServerOptions options);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  // Loads the rules and the certificate, binds the ports and serves. False, with the reason in the
  // log, if something is broken.
  [[nodiscard]] bool Start();
  // Stops as a pod has to: unready at once, serving until the delay is over or `hurries` says so,
  // then until no request is in flight. Returns when nothing runs any more.
  void Stop(const std::function<bool()>& hurries = [] { return false; });

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] int health_port() const { return health_port_; }
  // Reads certificate and policy again, as it does by itself every now and then.
  void Reload();
  [[nodiscard]] const Metrics& metrics() const { return metrics_; }
  [[nodiscard]] Log& log() { return log_; }

 private:
  [[nodiscard]] int Bind();
  [[nodiscard]] Health::Parts HealthParts();
  void WatchFiles();
  void ReloadCertificate();
  void ReloadPolicyIfChanged();
  [[nodiscard]] std::string PolicyState() const;
  [[nodiscard]] bool AsksItself() const;

  ServerOptions options_;
  Log log_;
  Metrics metrics_;
  CurrentTls tls_;
  Service service_;
  std::unique_ptr<IoLoop> loop_;
  std::unique_ptr<Workers> workers_;
  std::unique_ptr<Health> health_;
  int port_ = 0;
  int health_port_ = 0;
  std::atomic<bool> has_answered_ = false;
  std::atomic<bool> stops_ = false;
  std::mutex reload_mutex_;
  std::string policy_state_;
  std::mutex watch_mutex_;
  std::condition_variable watch_changed_;
  bool watch_ends_ = false;
  std::thread watcher_;
};

// Whole processors that the container may use of the host's, rounded up, at least 2. `quota` is
// what cpu.max of a control group says: "150000 100000", microseconds in each period, or "max
// 100000".
[[nodiscard]] std::size_t UsableProcessors(const std::string& quota, std::size_t host);

}  // namespace restorable::webhook
