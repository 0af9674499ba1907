#include "fake_cluster.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace restorable::cluster {
namespace {

std::string ApiVersion(const std::string& group, const std::string& version) {
  return group.empty() ? version : group + "/" + version;
}

std::string Root(const std::string& group, const std::string& version) {
  return group.empty() ? "/api/" + version : "/apis/" + group + "/" + version;
}

}  // namespace

Reply Refused(int status, const std::string& message) {
  const Json body = {{"kind", "Status"}, {"status", "Failure"}, {"message", message}};
  return {status, body.dump()};
}

FakeCluster::FakeCluster(const std::string& certificate, const std::string& key)
    : tls_(!certificate.empty()) {
  if (tls_) {
    server_ = std::make_unique<httplib::SSLServer>(certificate.c_str(), key.c_str());
  } else {
    server_ = std::make_unique<httplib::Server>();
  }
  const auto handler = [this](const auto& request, auto& response) { Handle(request, response); };
  server_->Get(".*", handler);
  server_->Patch(".*", handler);
  server_->Delete(".*", handler);
  server_->set_tcp_nodelay(true);
  server_->set_keep_alive_max_count(1'000'000);
  port_ = server_->bind_to_any_port("127.0.0.1");
  thread_ = std::thread([this] { server_->listen_after_bind(); });
  while (!server_->is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

FakeCluster::~FakeCluster() {
  server_->stop();
  thread_.join();
}

void FakeCluster::Serve(const std::string& group, const std::string& version,
                        const std::string& kind, const std::string& plural, bool is_namespaced) {
  kinds_.push_back({group, version, kind, plural, is_namespaced});
}

void FakeCluster::ServeAll() {
  Serve("", "v1", "Namespace", "namespaces", false);
  Serve("", "v1", "PersistentVolume", "persistentvolumes", false);
  Serve("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims");
  Serve("", "v1", "Pod", "pods");
  Serve("", "v1", "Secret", "secrets");
  Serve("", "v1", "ConfigMap", "configmaps");
  Serve("apps", "v1", "Deployment", "deployments");
  Serve("apps", "v1", "ReplicaSet", "replicasets");
  Serve("apps", "v1", "StatefulSet", "statefulsets");
  Serve("storage.k8s.io", "v1", "StorageClass", "storageclasses", false);
}

void FakeCluster::Add(Json object) { objects_.push_back(std::move(object)); }

Access FakeCluster::access() const { return {.host = "127.0.0.1", .port = port_, .tls = tls_}; }

std::vector<std::string> FakeCluster::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t FakeCluster::CountRequests(const std::string& part) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      requests(), [&](const std::string& r) { return r.find(part) != std::string::npos; }));
}

std::vector<std::pair<std::string, Json>> FakeCluster::patches() const {
  const std::lock_guard lock(mutex_);
  return patches_;
}

void FakeCluster::Handle(const httplib::Request& request, httplib::Response& response) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(request.method + " " + request.target);
  std::optional<Reply> reply;
  if (intercept) reply = intercept(request);
  if (!reply) reply = Answer(request);
  response.status = reply->status;
  if (!reply->retry_after.empty()) response.set_header("Retry-After", reply->retry_after);
  response.set_content(std::move(reply->body), "application/json");
}

Reply FakeCluster::Answer(const httplib::Request& request) {
  if (request.method == "PATCH") {
    patches_.emplace_back(request.path, Json::parse(request.body));
    return {200, request.body};
  }
  if (request.method == "DELETE") return {200, "{}"};
  if (const auto found = Discovery(request.path)) return {200, found->dump()};
  if (const auto page = Page(request)) return {200, page->dump()};
  return Refused(404, "the server could not find the requested resource");
}

std::optional<Json> FakeCluster::Discovery(const std::string& path) const {
  std::map<std::string, std::set<std::string>> groups;
  Json resources = Json::array();
  for (const Kind& kind : kinds_) {
    if (!kind.group.empty()) groups[kind.group].insert(kind.version);
    if (path != Root(kind.group, kind.version)) continue;
    resources.push_back({{"name", kind.plural},
                         {"kind", kind.kind},
                         {"namespaced", kind.is_namespaced},
                         {"verbs", {"get", "list"}}});
    resources.push_back({{"name", kind.plural + "/status"},
                         {"kind", kind.kind},
                         {"namespaced", kind.is_namespaced},
                         {"verbs", {"get", "list"}}});
  }
  if (path == "/api/v1" || !resources.empty()) return Json{{"resources", resources}};
  if (path != "/apis") return std::nullopt;
  Json list = Json::array();
  for (const auto& [group, versions] : groups) {
    Json rows = Json::array();
    for (const std::string& version : versions) rows.push_back({{"version", version}});
    list.push_back({{"name", group}, {"preferredVersion", rows[0]}, {"versions", rows}});
  }
  return Json{{"groups", list}};
}

// Continue tokens are offsets.
std::optional<Json> FakeCluster::Page(const httplib::Request& request) const {
  for (const Kind& kind : kinds_) {
    const std::string root = Root(kind.group, kind.version) + "/";
    if (!request.path.starts_with(root) || !request.path.ends_with("/" + kind.plural)) continue;
    std::string scope = request.path.substr(root.size());
    scope = scope == kind.plural ? "" : scope.substr(11, scope.size() - kind.plural.size() - 12);
    std::vector<Json> items;
    for (const Json& object : objects_) {
      const bool is_one = object["kind"] == kind.kind &&
                          object["apiVersion"] == ApiVersion(kind.group, kind.version);
      const bool is_there = scope.empty() || object["metadata"].value("namespace", "") == scope;
      if (!is_one || !is_there) continue;
      items.push_back(object);
      items.back().erase("kind");
      items.back().erase("apiVersion");
    }
    const auto begin = static_cast<std::size_t>(
        request.has_param("continue") ? std::stoul(request.get_param_value("continue")) : 0);
    const std::size_t end =
        std::min(items.size(), begin + std::stoul(request.get_param_value("limit")));
    Json list = {{"apiVersion", ApiVersion(kind.group, kind.version)},
                 {"kind", kind.kind + "List"},
                 {"metadata", Json::object()},
                 {"items", Json::array()}};
    for (std::size_t i = begin; i < end; ++i) list["items"].push_back(items[i]);
    if (end < items.size()) list["metadata"]["continue"] = std::to_string(end);
    return list;
  }
  return std::nullopt;
}

ClientOptions Impatient(std::vector<std::chrono::milliseconds>* pauses) {
  ClientOptions options;
  options.sleep = [pauses](std::chrono::milliseconds pause) {
    if (pauses != nullptr) pauses->push_back(pause);
  };
  return options;
}

}  // namespace restorable::cluster
