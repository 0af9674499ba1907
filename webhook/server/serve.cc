#include <CLI/CLI.hpp>
#include <csignal>
#include <ctime>
#include <map>
#include <memory>

#include "webhook/command.h"
#include "webhook/policy_options.h"
#include "webhook/server.h"

namespace restorable::webhook {
namespace {

using std::chrono::milliseconds;

// Blocked before the first thread starts, so that only this thread sees them.
class Signals {
 public:
  Signals() {
    sigemptyset(&signals_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  // The next one.
  [[nodiscard]] int Wait() const {
    int signal = 0;
    while (sigwait(&signals_, &signal) != 0) {
    }
    return signal;
  }

  // Whether another request to stop has come.
  [[nodiscard]] bool IsStopPending() const {
    const timespec now = {};
    const int signal = sigtimedwait(&signals_, nullptr, &now);
    return signal == SIGTERM || signal == SIGINT;
  }

 private:
  sigset_t signals_ = {};
};

int Serve(const ServerOptions& options) {
  const Signals signals;
  Server server(options);
  if (!server.Start()) return kFailure;
  while (signals.Wait() == SIGHUP) server.Reload();
  server.Stop([&] { return signals.IsStopPending(); });
  return kOk;
}

void AddTime(CLI::App& app, const std::string& name, milliseconds& time,
             const std::string& description) {
  app.add_option_function<double>(
         name, [&time](double s) { time = milliseconds(static_cast<std::int64_t>(s * 1000)); },
         description)
      ->check(CLI::Range(0.0, 3600.0))
      ->default_str(std::to_string(time.count() / 1000))
      ->type_name("SECONDS");
}

}  // namespace

std::function<int()> DeclareServe(CLI::App& app) {
  const auto options = std::make_shared<ServerOptions>();
  app.add_option("--cert", options->tls.certificate, "the certificate and its chain, PEM")
      ->required()
      ->type_name("FILE");
  app.add_option("--key", options->tls.key, "its private key, PEM")->required()->type_name("FILE");
  app.add_option("--address", options->address, "to listen on")->capture_default_str();
  app.add_option("--port", options->port, "for reviews")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  app.add_option("--health-port", options->health_port, "for probes and metrics")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  DeclarePolicyOptions(app, options->policy);
  app.add_option("--client-ca", options->tls.client_ca, "require client certificates of this CA")
      ->type_name("FILE");
  app.add_option("--client-name", options->tls.client_names, "and such a name in them")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  AddTime(app, "--max-eval", options->most_evaluation, "the longest that a review may take");
  AddTime(app, "--shutdown-delay", options->shutdown_delay, "how long to serve on after SIGTERM");
  AddTime(app, "--drain", options->drain, "how long requests in flight may take then");
  AddTime(app, "--idle-timeout", options->io.idle, "how long connections may be idle");
  AddTime(app, "--max-age", options->io.age, "how old connections may grow");
  AddTime(app, "--reload-interval", options->reload_interval, "how often files are looked at");
  app.add_option("--workers", options->workers, "threads that review; 0: by the container's quota")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
  app.add_option("--queue", options->queue, "requests that may wait for one")
      ->check(CLI::Range(1, 65536))
      ->capture_default_str();
  app.add_option("--max-connections", options->io.connections, "connections at a time")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  const std::map<std::string, LogLevel> levels = {{"debug", LogLevel::kDebug},
                                                  {"info", LogLevel::kInfo},
                                                  {"warning", LogLevel::kWarning},
                                                  {"error", LogLevel::kError}};
  app.add_option("--log-level", options->log_level, "debug also logs what is allowed")
      ->transform(CLI::CheckedTransformer(levels))
      ->type_name("debug|info|warning|error");
  return [options] { return Serve(*options); };
}

}  // namespace restorable::webhook
