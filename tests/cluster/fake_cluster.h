#pragma once

#include <httplib.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cluster/access.h"
#include "cluster/client.h"

namespace restorable::cluster {

using Json = nlohmann::ordered_json;

struct Reply {
  int status = 200;
  std::string body;
  std::string retry_after = {};
};

// A Status, as an API server refuses with it.
[[nodiscard]] Reply Refused(int status, const std::string& message);

// What of an API server an audit meets, on a port of its own: discovery, lists in pages, and
// objects that are patched or deleted.
class FakeCluster {
 public:
  // With a certificate, by TLS.
  explicit FakeCluster(const std::string& certificate = {}, const std::string& key = {});
  ~FakeCluster();

  void Serve(const std::string& group, const std::string& version, const std::string& kind,
             const std::string& plural, bool is_namespaced = true);
  // The usual kinds of Kubernetes' own.
  void ServeAll();
  void Add(Json object);

  // Asked first; what it gives is the answer. Called one at a time.
  std::function<std::optional<Reply>(const httplib::Request&)> intercept;

  [[nodiscard]] Access access() const;
  // "GET /api/v1/pods?limit=500", in the order in which they came.
  [[nodiscard]] std::vector<std::string> requests() const;
  [[nodiscard]] std::size_t CountRequests(const std::string& part) const;
  [[nodiscard]] std::vector<std::pair<std::string, Json>> patches() const;

 private:
  struct Kind {
    std::string group, version, kind, plural;
    bool is_namespaced = true;
  };

  void Handle(const httplib::Request& request, httplib::Response& response);
  [[nodiscard]] Reply Answer(const httplib::Request& request);
  [[nodiscard]] std::optional<Json> Discovery(const std::string& path) const;
  [[nodiscard]] std::optional<Json> Page(const httplib::Request& request) const;

  std::unique_ptr<httplib::Server> server_;
  bool tls_;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::vector<Kind> kinds_;
  std::vector<Json> objects_;
  std::vector<std::string> requests_;
  std::vector<std::pair<std::string, Json>> patches_;
  std::thread thread_;
};

// Options with which nothing waits: pauses are noted.
[[nodiscard]] ClientOptions Impatient(std::vector<std::chrono::milliseconds>* pauses = nullptr);

}  // namespace restorable::cluster
