#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "certificates.h"

namespace restorable::webhook {

struct Reply {
  int status = 0;  // 0: the connection ended without one
  std::string head;
  std::string body;
  bool closes = false;
};

// A TLS client that sends what it is told, byte by byte if need be. Blocking, with a time limit.
class Client {
 public:
  explicit Client(int port, bool tls = true);
  // Shows a certificate when it is asked for one.
  Client(int port, const TestCertificate& own);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client();

  [[nodiscard]] bool connected() const { return fd_ >= 0 && (!wants_tls_ || ssl_ != nullptr); }
  bool Send(std::string_view bytes);
  [[nodiscard]] Reply Receive();
  [[nodiscard]] Reply Ask(std::string_view bytes) { return Send(bytes) ? Receive() : Reply(); }
  // Whether the other side closes within that time.
  [[nodiscard]] bool IsClosedWithin(std::chrono::milliseconds time);
  [[nodiscard]] int fd() const { return fd_; }

 private:
  void Connect(int port);
  void Shake(SSL* ssl);
  [[nodiscard]] std::string ReadSome();

  int fd_ = -1;
  bool wants_tls_;
  SSL* ssl_ = nullptr;
  std::string buffer_;
};

// A POST /validate with that body, and further headers, each with its line end.
[[nodiscard]] std::string Post(std::string_view body, std::string_view headers = "");

}  // namespace restorable::webhook
