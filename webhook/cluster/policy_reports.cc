#include "cluster/policy_reports.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "cluster/diagnostics.h"
#include "cluster/list.h"
#include "kubernetes/read.h"
#include "policy/rule.h"

namespace restorable::cluster {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kName = "restorable-audit";
constexpr std::string_view kManagedBy = "app.kubernetes.io/managed-by";
constexpr std::string_view kGroup = "wgpolicyk8s.io";
constexpr std::size_t kMostResults = 500;  // an object holds about a megabyte
constexpr std::size_t kLongestMessage = 1024;

// Of all reports, or of one: "/apis/…/namespaces/shop/policyreports/restorable-audit".
std::string PathOf(bool is_namespaced, std::string_view namespace_, std::string_view name) {
  std::string path = "/apis/wgpolicyk8s.io/v1alpha2/";
  if (!namespace_.empty()) path.append("namespaces/").append(namespace_).append("/");
  path += is_namespaced ? "policyreports" : "clusterpolicyreports";
  if (!name.empty()) path.append("/").append(name);
  return path;
}

std::string_view SeverityName(Severity severity) {
  constexpr std::string_view kNames[] = {"low", "medium", "high"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::string_view ResultName(Severity severity) {
  return severity == Severity::kError ? "fail" : "warn";
}

// Cut on a character's boundary.
std::string Shortened(std::string_view text) {
  if (text.size() <= kLongestMessage) return std::string(text);
  std::size_t end = kLongestMessage;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

// The findings of one namespace.
class Builder {
 public:
  void Add(const policy::Finding& finding, const Object& object) {
    if (finding.suppressed) return;
    if (finding.verdict == policy::Verdict::kUndetermined) {
      ++skipped_;
      return;
    }
    ++(finding.severity == Severity::kError ? failed_ : warned_);
    results_.emplace_back(&finding, &object);
  }

  [[nodiscard]] bool empty() const { return results_.empty(); }

  [[nodiscard]] std::string Finish(const std::string& namespace_) {
    std::ranges::stable_sort(results_, std::greater(),
                             [](const auto& result) { return result.first->severity; });
    Json results = Json::array();
    for (std::size_t i = 0; i < std::min(results_.size(), kMostResults); ++i) {
      results.push_back(Result(*results_[i].first, *results_[i].second));
    }
    Json metadata = {{"name", kName}, {"labels", {{kManagedBy, kName}}}};
    if (!namespace_.empty()) metadata["namespace"] = namespace_;
    const Json report = {
        {"apiVersion", "wgpolicyk8s.io/v1alpha2"},
        {"kind", namespace_.empty() ? "ClusterPolicyReport" : "PolicyReport"},
        {"metadata", std::move(metadata)},
        {"summary",
         {{"pass", 0}, {"fail", failed_}, {"warn", warned_}, {"error", 0}, {"skip", skipped_}}},
        {"results", std::move(results)}};
    return report.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

 private:
  static Json Result(const policy::Finding& finding, const Object& object) {
    Json subject = {
        {"apiVersion", object.api_version}, {"kind", object.kind}, {"name", object.name}};
    if (!object.namespace_.empty()) subject["namespace"] = object.namespace_;
    if (!object.uid.empty()) subject["uid"] = object.uid;
    return {{"source", "restorable"},
            {"policy", finding.rule->id},
            {"rule", finding.rule->name},
            {"category", finding.rule->category},
            {"severity", SeverityName(finding.severity)},
            {"result", ResultName(finding.severity)},
            {"scored", true},
            {"message", Shortened(finding.message)},
            {"resources", Json::array({std::move(subject)})}};
  }

  std::vector<std::pair<const policy::Finding*, const Object*>> results_;
  std::size_t failed_ = 0;
  std::size_t warned_ = 0;
  std::size_t skipped_ = 0;  // undetermined
};

class Writer {
 public:
  Writer(Client& client, Shard shard) : client_(client), shard_(shard) {}

  void Apply(const PolicyReport& report) {
    const Request request{.method = "PATCH",
                          .path = PathOf(!report.namespace_.empty(), report.namespace_, kName) +
                                  "?force=true&fieldManager=" + std::string(kName),
                          .body = report.body,
                          .content_type = "application/apply-patch+yaml"};
    Send(request, "patch", !report.namespace_.empty());
  }

  // Those of ours in the shard that were not written just now.
  void DeleteStale(bool is_namespaced, const std::set<std::string>& written) {
    std::vector<std::string> stale;
    Lister lister(client_);
    const auto failure = lister.List(
        PathOf(is_namespaced, {}, {}), [&] { stale.clear(); },
        [&](const Page& page) {
          for (const Resource& report : kubernetes::Read(page.list, {}, page.arena).resources) {
            const bool is_ours = report.name == kName && shard_.Has(report.namespace_);
            std::string home(report.namespace_);
            if (is_ours && !written.contains(home)) stale.push_back(std::move(home));
          }
        });
    if (failure) return Report(lister.last_status(), "list", is_namespaced, *failure);
    for (const std::string& home : stale) {
      Send({.method = "DELETE", .path = PathOf(is_namespaced, home, kName)}, "delete",
           is_namespaced);
    }
  }

  [[nodiscard]] std::vector<Diagnostic> TakeDiagnostics() { return std::move(diagnostics_); }

 private:
  void Send(const Request& request, std::string_view verb, bool is_namespaced) {
    const Result<Response> response = client_.Call(request);
    if (!response) return diagnostics_.push_back(response.error());
    const bool is_gone = verb == "delete" && response->status == 404;
    if (response->status / 100 == 2 || is_gone) return;
    Report(response->status, verb, is_namespaced, Refusal(request, *response));
  }

  void Report(int status, std::string_view verb, bool is_namespaced, const Diagnostic& failure) {
    if (status != 403) return diagnostics_.push_back(failure);
    diagnostics_.push_back({&kForbidden,
                            {},
                            {is_namespaced ? "policyreports" : "clusterpolicyreports",
                             std::string(verb), std::string(kGroup), failure.args[2]},
                            {}});
  }

  Client& client_;
  Shard shard_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace

std::vector<PolicyReport> MakePolicyReports(std::span<const policy::Finding> findings,
                                            std::span<const Object> objects) {
  std::map<std::string, Builder> builders;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    builders[objects[i].namespace_].Add(findings[i], objects[i]);
  }
  std::vector<PolicyReport> reports;
  for (auto& [namespace_, builder] : builders) {
    if (!builder.empty()) reports.push_back({namespace_, builder.Finish(namespace_)});
  }
  return reports;
}

std::vector<Diagnostic> WritePolicyReports(Client& client, std::span<const PolicyReport> reports,
                                           Shard shard, bool is_complete) {
  Writer writer(client, shard);
  std::set<std::string> written;
  for (const PolicyReport& report : reports) {
    writer.Apply(report);
    written.insert(report.namespace_);
  }
  if (is_complete) {
    writer.DeleteStale(true, written);
    if (shard.Has("")) writer.DeleteStale(false, written);
  }
  return writer.TakeDiagnostics();
}

}  // namespace restorable::cluster
