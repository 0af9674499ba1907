#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <random>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cluster/access.h"
#include "cluster/connection.h"

namespace restorable::cluster {

struct ClientOptions {
  std::size_t response_bytes = std::size_t{64} << 20;
  std::chrono::milliseconds first_pause{500};
  std::chrono::milliseconds longest_pause{30'000};
  // All pauses of one request together.
  std::chrono::milliseconds patience{180'000};
  // Of everything.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::function<void(std::chrono::milliseconds)> sleep;  // empty: that of the thread
};

// Requests to an API server, tried again while it is overloaded or away: 429, 500, 502, 503, 504
// and broken connections, after what `Retry-After` says, else after pauses that double and are not
// the same for all clients.
class Client {
 public:
  Client(const Access& access, ClientOptions options);

  // Any answer that is no reason to try again; its status may say that the request is refused.
  // Errors: cluster-unreachable, cluster-refused (when patience is at its end), cluster-no-token.
  [[nodiscard]] Result<Response> Call(const Request& request) {
    return Call(request, options_.patience);
  }
  [[nodiscard]] Result<Response> Call(const Request& request, std::chrono::milliseconds patience);

  // The same, and what is no 2xx is cluster-refused; what is too long cluster-response-too-large.
  [[nodiscard]] Result<Response> Require(const Request& request);

  [[nodiscard]] std::size_t response_bytes() const { return options_.response_bytes; }

 private:
  [[nodiscard]] std::chrono::milliseconds Pause(int attempt, std::string_view retry_after);
  [[nodiscard]] Result<std::string> ReadToken() const;

  Access access_;
  ClientOptions options_;
  Connection connection_;
  std::minstd_rand random_;
};

// "GET /api/v1/pods", as messages name a request.
[[nodiscard]] std::string NameOf(const Request& request);

// What the server says of itself in a Status: its message, or the beginning of whatever it is.
[[nodiscard]] std::string StatusMessage(const Response& response);

// cluster-refused.
[[nodiscard]] Diagnostic Refusal(const Request& request, const Response& response);

}  // namespace restorable::cluster
