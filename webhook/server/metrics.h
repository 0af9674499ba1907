#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "admission/policy.h"
#include "admission/reviewer.h"

// What Prometheus is told. No label holds the name of a namespace, an object or a user.
namespace restorable::webhook {

// States of connections, for a gauge.
struct ConnectionCounts {
  std::size_t handshake = 0;
  std::size_t idle = 0;
  std::size_t reading = 0;
  std::size_t processing = 0;
  std::size_t writing = 0;
  std::size_t closing = 0;
};

class Metrics {
 public:
  Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;
  ~Metrics();

  // The rules in force: the kinds that reviews are told apart by, and the labels of build_info.
  void SetPolicy(const admission::Policy& policy);
  void CountReview(const admission::Record& record, int status, std::chrono::nanoseconds evaluation,
                   std::chrono::nanoseconds queued);
  void BeginRequest();
  void EndRequest();
  void CountRefused(std::string_view reason);
  void CountClosed(std::string_view reason);
  void CountHandshake(std::string_view result);
  void CountCertificateReload(std::string_view result);
  void CountPolicyReload(std::string_view result);
  void SetCertificateExpiry(std::chrono::system_clock::time_point expiry);
  void SetConnections(const ConnectionCounts& counts);
  void SetQueueLength(std::size_t length);
  void SetBodyBytes(std::size_t bytes);
  void SetDroppedLogLines(std::size_t lines);

  // The exposition in text form 0.0.4.
  [[nodiscard]] std::string Text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorable::webhook
