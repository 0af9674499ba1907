#include "webhook/metrics.h"

#include <dirent.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <mutex>
#include <unordered_set>

#include "admission/kinds.h"
#include "base/version.h"

namespace restorable::webhook {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

// 0.5 ms … 10 s.
const Histogram::BucketBoundaries kSeconds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                              0.1,    0.25,  0.5,    1,     2.5,  5,     10};

double Seconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

std::size_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

double CpuSeconds() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::size_t OpenDescriptors() {
  DIR* const directory = opendir("/proc/self/fd");
  if (directory == nullptr) return 0;
  std::size_t count = 0;
  while (readdir(directory) != nullptr) ++count;
  closedir(directory);
  return count > 3 ? count - 3 : 0;  // ".", ".." and this directory
}

}  // namespace

struct Metrics::Impl {
  Family<Counter>& Counters(const std::string& name, const std::string& help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(*registry);
  }
  Family<Gauge>& Gauges(const std::string& name, const std::string& help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(*registry);
  }
  Family<Histogram>& Histograms(const std::string& name, const std::string& help) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(*registry);
  }

  [[nodiscard]] std::string KindLabel(const admission::Record& record) {
    const std::lock_guard lock(mutex);
    return kinds.contains(record.group + "/" + record.kind) ? record.kind : "other";
  }

  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  std::mutex mutex;
  std::unordered_set<std::string> kinds;
  std::chrono::system_clock::time_point started = std::chrono::system_clock::now();

  Family<Counter>& reviews =
      Counters("restorable_webhook_reviews_total", "Reviews by operation, kind and decision.");
  Histogram& duration = Histograms("restorable_webhook_review_duration_seconds",
                                   "Time from a whole request to its answer, without the queue.")
                            .Add({}, kSeconds);
  Histogram& queued = Histograms("restorable_webhook_queue_duration_seconds",
                                 "Time that requests wait for a thread.")
                          .Add({}, kSeconds);
  Gauge& in_flight =
      Gauges("restorable_webhook_in_flight", "Requests that a thread works on.").Add({});
  Gauge& queue_length =
      Gauges("restorable_webhook_queue_length", "Requests that wait for a thread.").Add({});
  Family<Gauge>& connections =
      Gauges("restorable_webhook_connections", "Open connections by state.");
  Family<Counter>& closed = Counters("restorable_webhook_connections_closed_total",
                                     "Connections closed by this side, by reason.");
  Family<Counter>& refused =
      Counters("restorable_webhook_refused_total", "Requests and connections refused, by reason.");
  Family<Counter>& handshakes =
      Counters("restorable_webhook_tls_handshakes_total", "TLS handshakes by result.");
  Gauge& expiry = Gauges("restorable_webhook_certificate_expiry_timestamp_seconds",
                         "When the first certificate of the served chain expires.")
                      .Add({});
  Family<Counter>& certificate_reloads = Counters("restorable_webhook_certificate_reloads_total",
                                                  "Certificates read again, by result.");
  Family<Counter>& policy_reloads = Counters("restorable_webhook_policy_reloads_total",
                                             "Rules and settings read again, by result.");
  Family<Counter>& verdicts =
      Counters("restorable_webhook_rule_verdicts_total", "Verdicts other than a pass, by rule.");
  Family<Counter>& rule_errors =
      Counters("restorable_webhook_rule_errors_total", "Rules that failed to judge.");
  Gauge& body_bytes =
      Gauges("restorable_webhook_body_bytes", "Bytes of requests that are held.").Add({});
  Gauge& dropped_log_lines =
      Gauges("restorable_webhook_log_lines_dropped", "Log lines dropped since the start.").Add({});
  Family<Gauge>& build_info =
      Gauges("restorable_webhook_build_info", "1, labelled with what runs.");
  Family<Counter>& runtime_requests =
      Counters("controller_runtime_webhook_requests_total", "Requests by HTTP status.");
  Histogram& runtime_latency = Histograms("controller_runtime_webhook_latency_seconds",
                                          "Time from a whole request to its answer.")
                                   .Add({{"webhook", "/validate"}}, kSeconds);
  Gauge& runtime_in_flight =
      Gauges("controller_runtime_webhook_requests_in_flight", "Requests that a thread works on.")
          .Add({{"webhook", "/validate"}});
  Gauge& process_cpu =
      Gauges("process_cpu_seconds_total", "Processor time, user and system.").Add({});
  Gauge& process_memory = Gauges("process_resident_memory_bytes", "Resident memory.").Add({});
  Gauge& process_descriptors = Gauges("process_open_fds", "Open file descriptors.").Add({});
  Gauge& process_most_descriptors =
      Gauges("process_max_fds", "File descriptors that may be open.").Add({});
  Gauge& process_start = Gauges("process_start_time_seconds", "When the process started.").Add({});
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::SetPolicy(const admission::Policy& policy) {
  std::unordered_set<std::string> kinds;
  for (const admission::ObjectKind* const kind : admission::ReviewedKinds(policy.rules())) {
    kinds.insert(std::string(kind->group) + "/" + std::string(kind->kind));
  }
  const std::lock_guard lock(impl_->mutex);
  impl_->kinds = std::move(kinds);
  const std::map<std::string, std::string> labels = {{"version", std::string(Version())},
                                                     {"rules", policy.digest()}};
  impl_->build_info.Add(labels).Set(1);
}

void Metrics::CountReview(const admission::Record& record, int status,
                          std::chrono::nanoseconds evaluation, std::chrono::nanoseconds queued) {
  impl_->reviews
      .Add({{"operation", record.operation.empty() ? "other" : record.operation},
            {"kind", impl_->KindLabel(record)},
            {"decision", std::string(admission::Name(record.decision))}})
      .Increment();
  impl_->duration.Observe(Seconds(evaluation));
  impl_->queued.Observe(Seconds(queued));
  impl_->runtime_latency.Observe(Seconds(evaluation));
  impl_->runtime_requests.Add({{"webhook", "/validate"}, {"code", std::to_string(status)}})
      .Increment();
  for (const auto& judgement : record.judgements) {
    impl_->verdicts
        .Add({{"rule", judgement.rule},
              {"verdict",
               judgement.suppressed ? "suppressed" : std::string(policy::Name(judgement.verdict))}})
        .Increment();
  }
  for (const auto& error : record.errors) {
    impl_->rule_errors.Add({{"rule", error.rule}}).Increment();
  }
}

void Metrics::BeginRequest() {
  impl_->in_flight.Increment();
  impl_->runtime_in_flight.Increment();
}

void Metrics::EndRequest() {
  impl_->in_flight.Decrement();
  impl_->runtime_in_flight.Decrement();
}

void Metrics::CountRefused(std::string_view reason) {
  impl_->refused.Add({{"reason", std::string(reason)}}).Increment();
}
void Metrics::CountClosed(std::string_view reason) {
  impl_->closed.Add({{"reason", std::string(reason)}}).Increment();
}
void Metrics::CountHandshake(std::string_view result) {
  impl_->handshakes.Add({{"result", std::string(result)}}).Increment();
}
void Metrics::CountCertificateReload(std::string_view result) {
  impl_->certificate_reloads.Add({{"result", std::string(result)}}).Increment();
}
void Metrics::CountPolicyReload(std::string_view result) {
  impl_->policy_reloads.Add({{"result", std::string(result)}}).Increment();
}

void Metrics::SetCertificateExpiry(std::chrono::system_clock::time_point expiry) {
  impl_->expiry.Set(static_cast<double>(std::chrono::system_clock::to_time_t(expiry)));
}

void Metrics::SetConnections(const ConnectionCounts& counts) {
  const auto set = [&](const char* state, std::size_t count) {
    impl_->connections.Add({{"state", state}}).Set(static_cast<double>(count));
  };
  set("handshake", counts.handshake);
  set("idle", counts.idle);
  set("reading", counts.reading);
  set("processing", counts.processing);
  set("writing", counts.writing);
  set("closing", counts.closing);
}

void Metrics::SetQueueLength(std::size_t length) {
  impl_->queue_length.Set(static_cast<double>(length));
}
void Metrics::SetBodyBytes(std::size_t bytes) { impl_->body_bytes.Set(static_cast<double>(bytes)); }
void Metrics::SetDroppedLogLines(std::size_t lines) {
  impl_->dropped_log_lines.Set(static_cast<double>(lines));
}

std::string Metrics::Text() const {
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  impl_->process_cpu.Set(CpuSeconds());
  impl_->process_memory.Set(static_cast<double>(ResidentBytes()));
  impl_->process_descriptors.Set(static_cast<double>(OpenDescriptors()));
  impl_->process_most_descriptors.Set(static_cast<double>(limit.rlim_cur));
  impl_->process_start.Set(
      static_cast<double>(std::chrono::system_clock::to_time_t(impl_->started)));
  return prometheus::TextSerializer().Serialize(impl_->registry->Collect());
}

}  // namespace restorable::webhook
