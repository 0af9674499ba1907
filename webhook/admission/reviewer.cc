#include "admission/reviewer.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <utility>

#include "admission/ignored.h"
#include "admission/review.h"
#include "base/version.h"
#include "kubernetes/read.h"
#include "policy/diagnostics.h"
#include "policy/rule.h"
#include "policy/session.h"
#include "report/entry.h"

namespace restorable::admission {
namespace {

using std::chrono::steady_clock;

constexpr FileId kBody{0};
constexpr std::size_t kArenaKept = std::size_t{4} << 20;  // between reviews

Value Field(Value map, std::string_view name) {
  const Value* const value = map.Find(name);
  return value != nullptr ? *value : Value::Null();
}

bool IsGoing(Value object) {
  return Field(Field(object, "metadata"), "deletionTimestamp").IsString();
}

std::string Joined(const std::set<std::string_view>& names) {
  std::string out;
  for (const std::string_view name : names) out.append(out.empty() ? "" : ",").append(name);
  return out;
}

Record MakeRecord(const ReviewRequest& request) {
  Record record;
  record.uid = request.uid;
  record.operation = Name(request.operation);
  record.group = request.group;
  record.version = request.version;
  record.kind = request.kind;
  record.namespace_ = request.namespace_;
  record.name = request.name;
  record.username = request.username;
  record.dry_run = request.dry_run;
  return record;
}

}  // namespace

struct Reviewer::Impl {
  struct Judged {
    std::vector<policy::Finding> findings;
    std::vector<Diagnostic> failures;
  };

  explicit Impl(std::shared_ptr<const Policy> given)
      : policy(std::move(given)),
        session({.rules = &policy->rules(),
                 .origins = &policy->origins(),
                 .path_of = [this](FileId id) { return policy->PathOf(id); },
                 .limits = policy->limits()}) {}

  Response Answer(const ReviewRequest& request, steady_clock::time_point deadline);
  Judged Judge(const ReviewRequest& request, Value object, Value old_object,
               steady_clock::time_point deadline);
  void Decide(const ReviewRequest& request, const Judged& judged, steady_clock::time_point deadline,
              admission::Answer& answer, Record& record);
  void NoteFailures(const Judged& judged, admission::Answer& answer, Record& record);
  // What the object as it was violates already: an update must stay possible.
  std::set<std::string> OldDenials(const ReviewRequest& request, steady_clock::time_point deadline);

  std::shared_ptr<const Policy> policy;
  policy::Session session;
  Arena arena;
};

Reviewer::Reviewer(std::shared_ptr<const Policy> policy)
    : impl_(std::make_unique<Impl>(std::move(policy))) {}
Reviewer::Reviewer(Reviewer&&) noexcept = default;
Reviewer::~Reviewer() = default;

const std::shared_ptr<const Policy>& Reviewer::policy() const { return impl_->policy; }

Response Reviewer::Review(std::string body, steady_clock::time_point deadline) {
  if (impl_->arena.reserved_bytes() > kArenaKept) impl_->arena = Arena();
  impl_->arena.Reset();
  const SourceFile file(kBody, "review", std::move(body));
  const auto request = ReadReview(file, impl_->arena, impl_->policy->limits());
  if (!request) return {request.error().status, request.error().message, {}};
  return impl_->Answer(*request, deadline);
}

Response Reviewer::Impl::Answer(const ReviewRequest& request, steady_clock::time_point deadline) {
  Response response{200, {}, MakeRecord(request)};
  Record& record = response.record;
  admission::Answer answer{.uid = request.uid};
  const bool is_skipped = !request.sub_resource.empty() ||
                          request.operation == Operation::kConnect ||
                          policy->IsExempt(request.namespace_, request.username);
  if (is_skipped) {
    answer.decision = Decision::kSkipped;
  } else {
    const bool is_delete = request.operation == Operation::kDelete;
    const Value object = is_delete ? request.old_object : request.object;
    Decide(request, Judge(request, object, request.old_object, deadline), deadline, answer, record);
    if (steady_clock::now() >= deadline) {
      record.decision = Decision::kError;
      return {500, "the deadline passed before there was a verdict", std::move(record)};
    }
  }
  record.decision = answer.decision;
  answer.annotations.emplace(answer.annotations.begin(), "decision", Name(answer.decision));
  answer.annotations.emplace_back("version", Version());
  response.body = ToJson(answer);
  return response;
}

Reviewer::Impl::Judged Reviewer::Impl::Judge(const ReviewRequest& request, Value object,
                                             Value old_object, steady_clock::time_point deadline) {
  const bool is_delete = request.operation == Operation::kDelete;
  policy::Review review{.request = request.fields,
                        .old_object = old_object,
                        .namespace_object = Value::Null(),
                        .known = &policy->classes(),
                        .built_in_rules = !is_delete};
  if (!request.namespace_.empty()) {
    const std::string what = "Namespace " + std::string(request.namespace_);
    review.namespace_object =
        Value::Unknown(arena, {.reason = UnknownReason::kNotInReview, .what = what, .range = {}});
  }
  for (Resource& resource : kubernetes::Read(object, {}, arena).resources) {
    if (resource.namespace_.empty()) resource.namespace_ = request.namespace_;
    if (is_delete) resource.body = Value::Null();
    session.EvaluateReview(resource, review, deadline);
  }
  Judged judged{session.TakeFindings(), session.TakeDiagnostics()};
  // A rule that does not ask for the operation trips over the object that is not there.
  if (is_delete) judged.failures.clear();
  std::ranges::stable_sort(judged.findings, {},
                           [](const policy::Finding& finding) { return finding.range; });
  return judged;
}

void Reviewer::Impl::Decide(const ReviewRequest& request, const Judged& judged,
                            steady_clock::time_point deadline, admission::Answer& answer,
                            Record& record) {
  std::set<std::string_view> violated;
  std::set<std::string_view> undetermined;
  std::set<std::string_view> suppressed;
  const auto ignored =
      policy->settings().suppressions ? ReadIgnored(request.object, policy->rules()) : std::nullopt;
  const bool must_pass = IsGoing(request.object) || IsGoing(request.old_object);
  for (const policy::Finding& finding : judged.findings) {
    const bool is_open = finding.verdict == policy::Verdict::kUndetermined;
    const bool is_ignored = ignored && std::ranges::count(ignored->rules, finding.rule) > 0;
    record.judgements.push_back({finding.rule->id, finding.verdict, is_ignored});
    (is_ignored ? suppressed : is_open ? undetermined : violated).insert(finding.rule->id);
    if (is_ignored) continue;
    const Action action =
        is_open ? policy->settings().undetermined : policy->ActionFor(*finding.rule);
    if (action == Action::kAudit) continue;
    (action == Action::kDeny && !must_pass ? answer.denials : answer.warnings)
        .push_back(Line(finding.rule->id, report::Statement(finding)));
  }
  NoteFailures(judged, answer, record);
  if (request.operation == Operation::kUpdate && !answer.denials.empty()) {
    const std::set<std::string> old = OldDenials(request, deadline);
    const auto is_old = [&](const std::string& line) { return old.contains(line); };
    std::ranges::copy_if(answer.denials, std::back_inserter(answer.warnings), is_old);
    std::erase_if(answer.denials, is_old);
  }
  answer.decision = !answer.denials.empty()    ? Decision::kDeny
                    : !answer.warnings.empty() ? Decision::kWarn
                                               : Decision::kAllow;
  const auto annotate = [&](std::string_view name, std::string value) {
    if (!value.empty()) answer.annotations.emplace_back(name, std::move(value));
  };
  annotate("rules", Joined(violated));
  annotate("undetermined", Joined(undetermined));
  if (!suppressed.empty()) annotate("suppressed", Line(Joined(suppressed), ignored->reason));
}

void Reviewer::Impl::NoteFailures(const Judged& judged, admission::Answer& answer, Record& record) {
  std::set<std::string_view> failed;
  for (const Diagnostic& failure : judged.failures) {
    const bool is_rule = failure.kind == &policy::kRuleFailed;
    const std::string_view rule = is_rule ? std::string_view(failure.args[0]) : "lowering";
    record.errors.push_back({std::string(rule), Message(failure)});
    if (!failed.insert(rule).second) continue;
    (policy->settings().rule_errors_deny ? answer.denials : answer.warnings)
        .push_back(Line(rule, "the rule failed and gives no verdict"));
  }
}

std::set<std::string> Reviewer::Impl::OldDenials(const ReviewRequest& request,
                                                 steady_clock::time_point deadline) {
  std::set<std::string> lines;
  const Judged judged = Judge(request, request.old_object, request.old_object, deadline);
  for (const policy::Finding& finding : judged.findings) {
    lines.insert(Line(finding.rule->id, report::Statement(finding)));
  }
  return lines;
}

}  // namespace restorable::admission
