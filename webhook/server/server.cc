#include "webhook/server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/version.h"

namespace restorable::webhook {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using std::chrono::system_clock;

constexpr int kBacklog = 1024;
constexpr std::chrono::seconds kLongestTurn{10};
constexpr std::chrono::seconds kLongestRequest{60};
constexpr milliseconds kIdleOfClients{100'000};  // Kubernetes' 90 s and a margin
constexpr milliseconds kStopStep{50};

void RaiseDescriptorLimit() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// Of this container, as control groups v2 have it; empty without.
std::string ReadQuota() {
  std::ifstream file("/sys/fs/cgroup/cpu.max");
  std::string line;
  std::getline(file, line);
  return line;
}

int PortOf(int socket) {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return address.ss_family == AF_INET6
             ? ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port)
             : ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

// Times and sizes of a file or of all files below a directory: what changes when one is replaced.
void AppendState(const std::string& path, std::string& state) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto append = [&](const fs::path& file) {
    state += fmt::format("{} {} {}\n", file.string(), fs::file_size(file, error),
                         fs::last_write_time(file, error).time_since_epoch().count());
  };
  if (!fs::is_directory(path, error)) return append(path);
  for (fs::recursive_directory_iterator entry(path, error), end; entry != end;
       entry.increment(error)) {
    append(entry->path());
  }
}

}  // namespace

std::size_t UsableProcessors(const std::string& quota, std::size_t host) {
  std::istringstream text(quota);
  double share = 0;
  double period = 0;
  std::size_t usable = host;
  if (text >> share >> period && share > 0 && period > 0) {
    usable = std::min(host, static_cast<std::size_t>(std::ceil(share / period)));
  }
  return std::max<std::size_t>(usable, 2);
}

Server::Server(ServerOptions options)
    : options_(std::move(options)),
      log_(options_.log_level),
      tls_(options_.tls),
      service_(options_.policy, options_.most_evaluation, &metrics_, &log_) {
  if (!options_.accept) {
    options_.accept = [](int listener) {
      return accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    };
  }
  if (options_.workers == 0) {
    options_.workers = UsableProcessors(ReadQuota(), std::thread::hardware_concurrency());
  }
}

Server::~Server() {
  if (loop_) Stop([] { return true; });
}

bool Server::Start() {
  std::signal(SIGPIPE, SIG_IGN);
  RaiseDescriptorLimit();
  if (options_.io.idle < kIdleOfClients) {
    log_.At(LogLevel::kError,
            "idle connections must be kept for more than 100 s: the API server "
            "uses them for 90 s and does not try again");
    return false;
  }
  if (!service_.Reload()) return false;
  policy_state_ = PolicyState();
  std::string error;
  if (tls_.Reload(error) == CurrentTls::Outcome::kFailed) {
    log_.At(LogLevel::kError, "no certificate").Add("error", error);
    return false;
  }
  metrics_.SetCertificateExpiry(tls_.Get()->expiry());
  const int listener = Bind();
  if (listener < 0) return false;
  port_ = PortOf(listener);

  loop_ = std::make_unique<IoLoop>(
      listener,
      IoLoop::Parts{.tls = &tls_,
                    .metrics = &metrics_,
                    .limits = options_.io,
                    .accept = options_.accept,
                    .enqueue = [this](Job job) { return workers_->Enqueue(std::move(job)); }});
  workers_ = std::make_unique<Workers>(
      options_.workers, options_.queue, [this] { return service_.MakeHandler(); },
      [this](Answered answered) { loop_->Complete(std::move(answered)); });
  loop_->Start();
  health_ = std::make_unique<Health>(HealthParts());
  health_port_ = health_->Start(options_.address, options_.health_port);
  if (health_port_ == 0) {
    log_.At(LogLevel::kError, "the port for probes cannot be had")
        .Add("port", std::int64_t{options_.health_port});
    return false;
  }
  has_answered_ = AsksItself();
  watcher_ = std::thread([this] { WatchFiles(); });
  log_.At(LogLevel::kInfo, "serving")
      .Add("version", Version())
      .Add("port", std::int64_t{port_})
      .Add("healthPort", std::int64_t{health_port_})
      .Add("workers", static_cast<std::int64_t>(options_.workers))
      .Add("ready", has_answered_.load());
  return true;
}

int Server::Bind() {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(options_.port);
  if (getaddrinfo(options_.address.c_str(), port.c_str(), &hints, &found) != 0) {
    log_.At(LogLevel::kError, "the address is none").Add("address", options_.address);
    return -1;
  }
  const int on = 1;
  int fd = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, kBacklog) != 0) {
    log_.At(LogLevel::kError, "the port cannot be had")
        .Add("port", std::int64_t{options_.port})
        .Add("error", std::strerror(errno));
    close(fd);
    fd = -1;
  }
  freeaddrinfo(found);
  return fd;
}

void Server::Stop(const std::function<bool()>& hurries) {
  stops_ = true;
  log_.At(LogLevel::kInfo, "stopping");
  loop_->CloseAfterResponses();
  const auto until = steady_clock::now() + options_.shutdown_delay;
  while (steady_clock::now() < until && !hurries()) std::this_thread::sleep_for(kStopStep);
  loop_->Finish(options_.drain);
  loop_->Join();
  workers_.reset();
  {
    const std::lock_guard lock(watch_mutex_);
    watch_ends_ = true;
  }
  watch_changed_.notify_all();
  if (watcher_.joinable()) watcher_.join();
  health_.reset();
  loop_.reset();
  log_.At(LogLevel::kInfo, "stopped");
}

// --- Files that change

void Server::WatchFiles() {
  std::unique_lock lock(watch_mutex_);
  while (!watch_changed_.wait_for(lock, options_.reload_interval, [this] { return watch_ends_; })) {
    lock.unlock();
    Reload();
    if (!has_answered_) has_answered_ = AsksItself();
    metrics_.SetDroppedLogLines(log_.dropped_lines());
    lock.lock();
  }
}

void Server::Reload() {
  const std::lock_guard lock(reload_mutex_);
  ReloadCertificate();
  ReloadPolicyIfChanged();
}

void Server::ReloadCertificate() {
  std::string error;
  switch (tls_.Reload(error)) {
    case CurrentTls::Outcome::kUnchanged:
      return;
    case CurrentTls::Outcome::kReplaced:
      metrics_.CountCertificateReload("ok");
      metrics_.SetCertificateExpiry(tls_.Get()->expiry());
      log_.At(LogLevel::kInfo, "certificate replaced");
      return;
    case CurrentTls::Outcome::kFailed:
      metrics_.CountCertificateReload("failed");
      log_.At(LogLevel::kError, "the certificate stays as it is").Add("error", error);
  }
}

void Server::ReloadPolicyIfChanged() {
  std::string state = PolicyState();
  if (state == policy_state_) return;
  policy_state_ = std::move(state);
  service_.Reload();
}

std::string Server::PolicyState() const {
  std::string state;
  const admission::PolicyFiles& files = options_.policy;
  for (const std::string& path : {files.configuration, files.settings, files.classes}) {
    if (!path.empty()) AppendState(path, state);
  }
  for (const std::string& path : files.rules) AppendState(path, state);
  return state;
}

// --- Health

bool Server::AsksItself() const {
  // A client certificate is the API server's, and none of ours.
  if (!options_.tls.client_ca.empty()) return true;
  const std::string host = options_.address == "0.0.0.0" ? "127.0.0.1"
                           : options_.address == "::"    ? "::1"
                                                         : options_.address;
  httplib::SSLClient client(host, port_);
  client.enable_server_certificate_verification(false);
  client.set_connection_timeout(2);
  client.set_read_timeout(2);
  const auto response = client.Post("/validate?timeout=2s", CannedReview(), "application/json");
  return response && response->status == 200;
}

Health::Parts Server::HealthParts() {
  Health::Parts parts;
  parts.live = {{"io",
                 [this]() -> std::string {
                   const bool turns = steady_clock::now() - loop_->last_turn() < kLongestTurn;
                   return turns ? "" : "the I/O loop does not turn";
                 }},
                {"workers", [this]() -> std::string {
                   return workers_->AreStuck(kLongestRequest) ? "all are stuck in a request" : "";
                 }}};
  parts.ready = {
      {"stop", [this]() -> std::string { return stops_ ? "the server is stopping" : ""; }},
      {"rules", [this]() -> std::string { return service_.policy() ? "" : "none are loaded"; }},
      {"certificate",
       [this]() -> std::string {
         return tls_.Get()->expiry() > system_clock::now() ? "" : "it has expired";
       }},
      {"review", [this]() -> std::string {
         return has_answered_ ? "" : "the server has not answered itself yet";
       }}};
  parts.metrics = [this] {
    metrics_.SetQueueLength(workers_->queued());
    return metrics_.Text();
  };
  return parts;
}

}  // namespace restorable::webhook
