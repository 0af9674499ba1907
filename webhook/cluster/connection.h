#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "cluster/access.h"

namespace restorable::cluster {

struct Request {
  std::string_view method = "GET";
  std::string path;  // with its query
  std::string body = {};
  std::string_view content_type = {};
};

struct Response {
  int status = 0;
  std::string body;
  std::string retry_after;  // the header's value
  bool is_cut = false;      // the body was longer than allowed, and is not kept
};

struct TransportError {
  std::string text;
  bool is_final = false;  // another attempt would end the same: the certificate is wrong
};

// A connection to an API server that is opened when it is needed and kept. TLS 1.2 at least, and
// the certificate must be the server's.
class Connection {
 public:
  Connection(const Access& access, std::size_t most_bytes);
  ~Connection();

  // One attempt, over at `deadline`.
  [[nodiscard]] tl::expected<Response, TransportError> Send(
      const Request& request, std::string_view token,
      std::chrono::steady_clock::time_point deadline);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorable::cluster
