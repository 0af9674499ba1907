#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace restorable::webhook {

// One thing that a probe asks for: its name, and what is wrong with it; empty if nothing is.
struct HealthCheck {
  std::string name;
  std::function<std::string()> fault;
};

// Plain HTTP for probes and Prometheus, on a port and threads of its own: /livez, /readyz (each
// with ?verbose) and /metrics.
class Health {
 public:
  struct Parts {
    std::vector<HealthCheck> live;
    std::vector<HealthCheck> ready;
    std::function<std::string()> metrics;
  };

  explicit Health(Parts parts);
  ~Health();

  // Port 0 takes any. Gives the port; 0 if the address cannot be had.
  [[nodiscard]] int Start(const std::string& address, int port);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorable::webhook
