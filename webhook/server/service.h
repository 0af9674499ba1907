#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "admission/policy.h"
#include "admission/reviewer.h"
#include "webhook/log.h"
#include "webhook/metrics.h"
#include "webhook/workers.h"

namespace restorable::webhook {

// Requests to responses by the policy in force. Thread-safe.
class Service {
 public:
  Service(admission::PolicyFiles files, std::chrono::nanoseconds most_time, Metrics* metrics,
          Log* log);

  // Reads the policy's files again. What is broken is logged and counted, and the old policy stays;
  // false then.
  bool Reload();
  [[nodiscard]] std::shared_ptr<const admission::Policy> policy() const;

  // For one worker.
  [[nodiscard]] Workers::Handler MakeHandler();

 private:
  friend class RequestHandler;
  void Note(const admission::Response& response, std::size_t body_bytes,
            std::chrono::nanoseconds evaluation, std::chrono::nanoseconds queued);

  const admission::PolicyFiles files_;
  const std::chrono::nanoseconds most_time_;
  Metrics* const metrics_;
  Log* const log_;
  mutable std::mutex mutex_;
  std::shared_ptr<const admission::Policy> policy_;
};

// A review that a server asks itself before it says that it is ready.
[[nodiscard]] std::string CannedReview();

}  // namespace restorable::webhook
