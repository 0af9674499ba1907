#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace restorable::webhook {
namespace {

SSL_CTX* ClientContext() {
  static SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  return context;
}

}  // namespace

Client::Client(int port, bool tls) : wants_tls_(tls) {
  Connect(port);
  if (tls && fd_ >= 0) Shake(SSL_new(ClientContext()));
}

Client::Client(int port, const TestCertificate& own) : wants_tls_(true) {
  Connect(port);
  SSL* const ssl = SSL_new(ClientContext());
  BIO* const certificate_text = BIO_new_mem_buf(own.certificate.data(), -1);
  BIO* const key_text = BIO_new_mem_buf(own.key.data(), -1);
  X509* const certificate = PEM_read_bio_X509(certificate_text, nullptr, nullptr, nullptr);
  EVP_PKEY* const key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
  SSL_use_certificate(ssl, certificate);
  SSL_use_PrivateKey(ssl, key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(certificate_text);
  BIO_free(key_text);
  Shake(ssl);
}

void Client::Connect(int port) {
  fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval most = {.tv_sec = 20, .tv_usec = 0};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return;
  close(fd_);
  fd_ = -1;
}

void Client::Shake(SSL* ssl) {
  SSL_set_fd(ssl, fd_);
  if (SSL_connect(ssl) == 1) {
    ssl_ = ssl;
  } else {
    SSL_free(ssl);
  }
}

Client::~Client() {
  if (ssl_ != nullptr) SSL_free(ssl_);
  if (fd_ >= 0) close(fd_);
}

bool Client::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count =
        ssl_ != nullptr ? SSL_write(ssl_, bytes.data(),
                                    static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20)))
                        : send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::string Client::ReadSome() {
  char scratch[16384];
  const ssize_t count = ssl_ != nullptr ? SSL_read(ssl_, scratch, sizeof scratch)
                                        : recv(fd_, scratch, sizeof scratch, 0);
  return count > 0 ? std::string(scratch, static_cast<std::size_t>(count)) : std::string();
}

Reply Client::Receive() {
  Reply reply;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    const std::string more = ReadSome();
    if (more.empty()) return reply;
    buffer_ += more;
  }
  reply.head = buffer_.substr(0, end + 4);
  buffer_.erase(0, end + 4);
  reply.status = std::atoi(reply.head.c_str() + sizeof("HTTP/1.1"));
  reply.closes = reply.head.find("Connection: close") != std::string::npos;
  const std::size_t length = reply.head.find("Content-Length: ");
  const std::size_t size =
      length == std::string::npos ? 0 : std::strtoul(reply.head.c_str() + length + 16, nullptr, 10);
  while (buffer_.size() < size) {
    const std::string more = ReadSome();
    if (more.empty()) return {};
    buffer_ += more;
  }
  reply.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return reply;
}

bool Client::IsClosedWithin(std::chrono::milliseconds time) {
  pollfd poll_for{.fd = fd_, .events = POLLIN, .revents = 0};
  const auto until = std::chrono::steady_clock::now() + time;
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0 || poll(&poll_for, 1, static_cast<int>(left.count())) <= 0) return false;
    char byte = 0;
    if (recv(fd_, &byte, 1, 0) <= 0) return true;
  }
}

std::string Post(std::string_view body, std::string_view headers) {
  return "POST /validate?timeout=5s HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
         "application/json\r\n"
         "Accept-Encoding: gzip\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

}  // namespace restorable::webhook
