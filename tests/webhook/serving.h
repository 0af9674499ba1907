#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "certificates.h"
#include "client.h"
#include "webhook/server.h"

namespace restorable::webhook {

// A server on a port of its own, with short deadlines and a certificate of its own.
class Serving {
 public:
  explicit Serving(ServerOptions options = {});

  [[nodiscard]] Server& server() { return *server_; }
  [[nodiscard]] int port() const { return server_->port(); }
  [[nodiscard]] const TemporaryDirectory& directory() const { return directory_; }

  // A review on a fresh connection; how long it took, or nothing if it was not answered well.
  [[nodiscard]] std::chrono::milliseconds TimeFreshReview() const;
  [[nodiscard]] bool AnswersFreshReview() const;
  // The body of a probe, or of the metrics, with its status in front.
  [[nodiscard]] std::string Probe(const std::string& path) const;

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<Server> server_;
};

// Deadlines that tests can wait for.
[[nodiscard]] ServerOptions QuickOptions();

inline constexpr std::chrono::milliseconds kNever{1'000'000};

// A sanitizer makes all slower; what is compared is not changed by it, what is timed is.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kSlowness = 10;
inline constexpr bool kMeasuresMemory = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr int kSlowness = 10;
inline constexpr bool kMeasuresMemory = false;
#else
inline constexpr int kSlowness = 1;
inline constexpr bool kMeasuresMemory = true;
#endif
#else
inline constexpr int kSlowness = 1;
inline constexpr bool kMeasuresMemory = true;
#endif

// Of this process.
[[nodiscard]] std::size_t ResidentBytes();
[[nodiscard]] double CpuSeconds();

}  // namespace restorable::webhook
