#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <tl/expected.hpp>
#include <vector>

// Certificates and what is made of them. A connection keeps the context that it began with.
namespace restorable::webhook {

struct TlsFiles {
  std::string certificate;                // PEM, the leaf first
  std::string key;                        // PEM
  std::string client_ca;                  // PEM; empty: clients need no certificate
  std::vector<std::string> client_names;  // globs for a client's common or DNS name; none: any
};

class TlsContext {
 public:
  // Reads the files and checks them against each other: the key against the leaf, each certificate
  // against the next, all against the clock. Errors: a sentence that names the file.
  [[nodiscard]] static tl::expected<std::shared_ptr<const TlsContext>, std::string> Load(
      const TlsFiles& files);

  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;
  ~TlsContext();

  // A connection's side of it; nullptr without memory. The caller frees it.
  [[nodiscard]] SSL* NewConnection() const { return SSL_new(context_); }
  // Whether the client that finished its handshake may stay.
  [[nodiscard]] bool Admits(const SSL& connection) const;
  // When the first certificate of the chain expires.
  [[nodiscard]] std::chrono::system_clock::time_point expiry() const { return expiry_; }
  // Changes with any byte of the files.
  [[nodiscard]] const std::string& digest() const { return digest_; }

 private:
  TlsContext() = default;

  SSL_CTX* context_ = nullptr;
  std::chrono::system_clock::time_point expiry_;
  std::string digest_;
  std::vector<std::string> client_names_;
};

// The context that new connections take.
class CurrentTls {
 public:
  enum class Outcome { kUnchanged, kReplaced, kFailed };

  explicit CurrentTls(TlsFiles files) : files_(std::move(files)) {}

  [[nodiscard]] std::shared_ptr<const TlsContext> Get() const;
  // Reads the files again; on an error, which is put into `error`, the old context stays.
  Outcome Reload(std::string& error);

 private:
  TlsFiles files_;
  mutable std::mutex mutex_;
  std::shared_ptr<const TlsContext> context_;
};

}  // namespace restorable::webhook
