#include "webhook/service.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "report/entry.h"
#include "webhook/deadline.h"
#include "webhook/exchange.h"

namespace restorable::webhook {
namespace {

using admission::Decision;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

LogLevel LevelOf(const admission::Record& record) {
  switch (record.decision) {
    case Decision::kError:
      return LogLevel::kWarning;
    case Decision::kDeny:
    case Decision::kWarn:
      return LogLevel::kInfo;
    case Decision::kAllow:
    case Decision::kSkipped:
      break;
  }
  return LogLevel::kDebug;
}

std::string RulesOf(const admission::Record& record) {
  std::string rules;
  for (const auto& judgement : record.judgements) {
    if (judgement.verdict != policy::Verdict::kViolated) continue;
    if (rules.find(judgement.rule) != std::string::npos) continue;
    rules += (rules.empty() ? "" : ",") + judgement.rule;
  }
  return rules;
}

std::string Gvk(const admission::Record& record) {
  return (record.group.empty() ? "" : record.group + "/") + record.version + "/" + record.kind;
}

std::int64_t Microseconds(nanoseconds duration) {
  return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

}  // namespace

// What one worker keeps between requests.
class RequestHandler {
 public:
  explicit RequestHandler(Service* service)
      : service_(service),
        exchange_([this](const HttpRequest& request) { return Review(request); }) {}

  Answered Handle(const Job& job) {
    arrived_ = job.arrived;
    Answered answered{job.connection, {}, job.close};
    service_->metrics_->BeginRequest();
    answered.response = exchange_.Answer(job.request, answered.close);
    service_->metrics_->EndRequest();
    return answered;
  }

 private:
  HttpResponse Review(const HttpRequest& request) {
    const steady_clock::time_point begun = steady_clock::now();
    const auto deadline = arrived_ + ReviewTime(request.timeout, service_->most_time_);
    admission::Response response;
    if (begun >= deadline) {
      response = {500, "the deadline passed before the review was begun", {}};
      service_->metrics_->CountRefused("deadline");
    } else {
      response = Reviewer().Review(std::string(request.body), deadline);
    }
    service_->Note(response, request.body.size(), steady_clock::now() - begun, begun - arrived_);
    return {response.status, std::move(response.body)};
  }

  admission::Reviewer& Reviewer() {
    std::shared_ptr<const admission::Policy> policy = service_->policy();
    if (!reviewer_ || reviewer_->policy() != policy) reviewer_.emplace(std::move(policy));
    return *reviewer_;
  }

  Service* service_;
  Exchange exchange_;
  std::optional<admission::Reviewer> reviewer_;
  steady_clock::time_point arrived_;
};

Service::Service(admission::PolicyFiles files, nanoseconds most_time, Metrics* metrics, Log* log)
    : files_(std::move(files)), most_time_(most_time), metrics_(metrics), log_(log) {}

bool Service::Reload() {
  admission::Policy::LoadResult loaded = admission::Policy::Load(files_, Limits{});
  const report::FindFile find_file = [&](FileId id) { return loaded.policy->Find(id); };
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    const SourceFile* const file = find_file(diagnostic.range.file);
    const bool is_error = diagnostic.kind->severity == Severity::kError;
    LogLine line = log_->At(is_error ? LogLevel::kError : LogLevel::kWarning, "policy");
    line.Add("problem", Message(diagnostic)).Add("code", diagnostic.kind->id);
    if (file != nullptr) {
      const Position at = file->PositionAt(diagnostic.range.begin);
      line.Add("place", fmt::format("{}:{}:{}", file->path(), at.line, at.column));
    }
  }
  if (!loaded.ok()) {
    metrics_->CountPolicyReload("failed");
    log_->At(LogLevel::kError, "the policy is broken; the one in force stays");
    return false;
  }
  metrics_->SetPolicy(*loaded.policy);
  metrics_->CountPolicyReload("ok");
  log_->At(LogLevel::kInfo, "policy loaded").Add("digest", loaded.policy->digest());
  const std::lock_guard lock(mutex_);
  policy_ = std::move(loaded.policy);
  return true;
}

std::shared_ptr<const admission::Policy> Service::policy() const {
  const std::lock_guard lock(mutex_);
  return policy_;
}

Workers::Handler Service::MakeHandler() {
  const auto handler = std::make_shared<RequestHandler>(this);
  return [handler](const Job& job) { return handler->Handle(job); };
}

void Service::Note(const admission::Response& response, std::size_t body_bytes,
                   nanoseconds evaluation, nanoseconds queued) {
  const admission::Record& record = response.record;
  metrics_->CountReview(record, response.status, evaluation, queued);
  for (const auto& error : record.errors) {
    log_->At(LogLevel::kError, "a rule failed").Add("rule", error.rule).Add("error", error.message);
  }
  const LogLevel level = LevelOf(record);
  if (!log_->Writes(level)) return;
  log_->At(level, "review")
      .Add("uid", record.uid)
      .Add("operation", record.operation)
      .Add("gvk", Gvk(record))
      .Add("namespace", record.namespace_)
      .Add("name", record.name)
      .Add("user", record.username)
      .Add("dryRun", record.dry_run)
      .Add("decision", admission::Name(record.decision))
      .Add("rules", RulesOf(record))
      .Add("status", std::int64_t{response.status})
      .Add("eval_us", Microseconds(evaluation))
      .Add("queue_us", Microseconds(queued))
      .Add("bytes", static_cast<std::int64_t>(body_bytes));
}

std::string CannedReview() {
  return R"({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{)"
         R"("uid":"ready","kind":{"group":"storage.k8s.io","version":"v1","kind":"StorageClass"},)"
         R"("operation":"CREATE","name":"ready","userInfo":{"username":"restorable-webhook"},)"
         R"("dryRun":true,"object":{"apiVersion":"storage.k8s.io/v1","kind":"StorageClass",)"
         R"("metadata":{"name":"ready"},"provisioner":"disk.csi.azure.com"}}})";
}

}  // namespace restorable::webhook
