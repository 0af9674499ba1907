#include "webhook/health.h"

#include <fmt/format.h>
#include <httplib.h>

#include <utility>

namespace restorable::webhook {
namespace {

constexpr const char* kText = "text/plain;charset=utf-8";
constexpr std::size_t kThreads = 2;

void Probe(const std::vector<HealthCheck>& checks, const httplib::Request& request,
           httplib::Response& response) {
  std::string text;
  for (const HealthCheck& check : checks) {
    const std::string fault = check.fault();
    if (!fault.empty()) response.status = 503;
    text += fault.empty() ? fmt::format("[+] {} ok\n", check.name)
                          : fmt::format("[-] {}: {}\n", check.name, fault);
  }
  const bool is_short = response.status != 503 && !request.has_param("verbose");
  response.set_content(is_short ? "ok\n" : text, kText);
}

}  // namespace

struct Health::Impl {
  Parts parts;
  httplib::Server server;
  std::thread thread;
};

Health::Health(Parts parts) : impl_(std::make_unique<Impl>()) {
  impl_->parts = std::move(parts);
  httplib::Server& server = impl_->server;
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.set_keep_alive_max_count(1);
  server.set_read_timeout(2);
  server.set_write_timeout(2);
  server.set_tcp_nodelay(true);
  // The library's own options would let a second process share the port.
  server.set_socket_options([](socket_t socket) {
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  server.Get("/livez", [this](const auto& request, auto& response) {
    Probe(impl_->parts.live, request, response);
  });
  server.Get("/readyz", [this](const auto& request, auto& response) {
    Probe(impl_->parts.ready, request, response);
  });
  server.Get("/metrics", [this](const auto&, auto& response) {
    response.set_content(impl_->parts.metrics(), "text/plain; version=0.0.4;charset=utf-8");
  });
}

Health::~Health() {
  impl_->server.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}

int Health::Start(const std::string& address, int port) {
  httplib::Server& server = impl_->server;
  if (port == 0) {
    port = server.bind_to_any_port(address);
    if (port < 0) return 0;
  } else if (!server.bind_to_port(address, port)) {
    return 0;
  }
  impl_->thread = std::thread([&server] { server.listen_after_bind(); });
  while (!server.is_running()) std::this_thread::yield();
  return port;
}

}  // namespace restorable::webhook
