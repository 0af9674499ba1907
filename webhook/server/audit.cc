#include "cluster/audit.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "admission/policy.h"
#include "cli/output.h"
#include "cli/report_options.h"
#include "cluster/access.h"
#include "cluster/client.h"
#include "cluster/diagnostics.h"
#include "cluster/policy_reports.h"
#include "report/entry.h"
#include "webhook/command.h"
#include "webhook/policy_options.h"

namespace restorable::webhook {
namespace {

using std::chrono::seconds;

struct AuditArguments {
  admission::PolicyFiles policy;
  cluster::AccessOptions access;
  cluster::AuditOptions audit;
  cli::ReportArguments report;
  seconds patience{180};
  seconds time{3600};
  bool policy_reports = false;
  std::string classes_file;
  std::string classes_config_map;  // NAMESPACE/NAME
};

void Append(std::vector<Diagnostic>& to, std::vector<Diagnostic> from) {
  std::ranges::move(from, std::back_inserter(to));
}

void ExplainFailure(const Diagnostic& diagnostic) {
  const std::string text = report::Render(
      report::ToEntry(diagnostic), [](FileId) { return nullptr; }, report::Style());
  cli::PrintError(text);
}

// Puts the classes where the webhook's pods see them. The map must be there: the audit's role is
// for this one and does not create any.
std::vector<Diagnostic> PatchConfigMap(cluster::Client& client, const std::string& name,
                                       const std::string& classes) {
  const std::size_t slash = name.find('/');
  const cluster::Request request{
      .method = "PATCH",
      .path = "/api/v1/namespaces/" + name.substr(0, slash) + "/configmaps/" +
              name.substr(slash + 1) + "?fieldManager=restorable-audit",
      .body = nlohmann::json{{"data", {{"classes.yaml", classes}}}}.dump(),
      .content_type = "application/merge-patch+json"};
  const auto response = client.Require(request);
  return response ? std::vector<Diagnostic>() : std::vector{response.error()};
}

// Whether nothing stayed in the dark: only then is known what is no violation any more.
bool IsComplete(const scan::Report& report) {
  return report.summary.errors == 0 &&
         std::ranges::none_of(report.diagnostics, [](const Diagnostic& diagnostic) {
           return diagnostic.kind == &cluster::kUndiscovered;
         });
}

// Says what was found where it was asked for, beside the reports. False if that cannot be done.
bool Publish(const AuditArguments& arguments, cluster::Client& client,
             cluster::AuditResult& result) {
  std::vector<Diagnostic>& diagnostics = result.report.diagnostics;
  const std::size_t known = diagnostics.size();
  if (arguments.policy_reports) {
    const auto reports = cluster::MakePolicyReports(result.report.findings, result.objects);
    Append(diagnostics, cluster::WritePolicyReports(client, reports, arguments.audit.shard,
                                                    IsComplete(result.report)));
  }
  // Half of the classes would be worse than those of yesterday; all shards know the same.
  const bool knows_classes = result.has_all_classes && arguments.audit.shard.Has("");
  bool ok = true;
  if (knows_classes && !arguments.classes_file.empty()) {
    ok = cli::WriteFile(arguments.classes_file, result.classes);
  }
  if (knows_classes && !arguments.classes_config_map.empty()) {
    Append(diagnostics, PatchConfigMap(client, arguments.classes_config_map, result.classes));
  }
  result.report.summary.errors += diagnostics.size() - known;
  return ok;
}

int Audit(const AuditArguments& arguments, const cli::ReportOptions& options) {
  const auto loaded = admission::Policy::Load(arguments.policy, Limits{});
  Explain(loaded);
  if (!loaded.ok()) return kFailure;
  const auto access = cluster::FindAccess(arguments.access);
  if (!access) {
    ExplainFailure(access.error());
    return kFailure;
  }
  cluster::Client client(*access, {.patience = arguments.patience,
                                   .deadline = std::chrono::steady_clock::now() + arguments.time});
  cluster::AuditOptions audit = arguments.audit;
  audit.verbose = options.verbose;
  cluster::AuditResult result = cluster::Audit(client, *loaded.policy, audit);
  const bool ok = Publish(arguments, client, result);
  const auto status = cli::Deliver(result.report, options, loaded.policy->rules().configuration());
  return ok ? static_cast<int>(status) : kFailure;
}

CLI::Validator IsConfigMapName() {
  const auto check = [](const std::string& name) {
    const bool ok =
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-./") == std::string::npos &&
        std::ranges::count(name, '/') == 1 && !name.starts_with('/') && !name.ends_with('/');
    return ok ? std::string() : "`" + name + "` is not NAMESPACE/NAME";
  };
  return CLI::Validator(check, "");
}

void DeclareAccess(CLI::App& app, AuditArguments& arguments) {
  constexpr const char* kGroup = "Cluster";
  app.add_option("--server", arguments.access.server,
                 "the API server, instead of the one of the pod this runs in")
      ->type_name("URL")
      ->group(kGroup);
  app.add_option("--token-file", arguments.access.token_file, "with the token of the account")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option("--ca-file", arguments.access.ca_file, "the authority of its certificate, PEM")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option_function<int>(
         "--retry-for", [&arguments](int s) { arguments.patience = seconds(s); },
         "how long to wait for a server that is overloaded or away")
      ->check(CLI::Range(0, 86400))
      ->default_str("180")
      ->type_name("SECONDS")
      ->group(kGroup);
  app.add_option_function<int>(
         "--timeout", [&arguments](int s) { arguments.time = seconds(s); }, "how long all may take")
      ->check(CLI::Range(1, 7 * 86400))
      ->default_str("3600")
      ->type_name("SECONDS")
      ->group(kGroup);
  app.add_option("--page-size", arguments.audit.list.page_objects, "objects of one answer")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str()
      ->group(kGroup);
  app.add_option_function<std::string>(
         "--shard",
         [&arguments](const std::string& text) {
           const auto shard = cluster::ReadShard(text);
           if (!shard) {
             throw CLI::ValidationError(
                 "--shard", "`" + text +
                                "` is not I/N with I from 0 to N-1, nor N in a pod of an "
                                "indexed job");
           }
           arguments.audit.shard = *shard;
         },
         "only the namespaces of one of N parts; I is JOB_COMPLETION_INDEX if left out")
      ->type_name("I/N|N")
      ->group(kGroup);
}

void DeclarePublishing(CLI::App& app, AuditArguments& arguments) {
  constexpr const char* kGroup = "Objects to write";
  app.add_flag("--policy-reports", arguments.policy_reports,
               "a PolicyReport for each namespace with violations")
      ->group(kGroup);
  app.add_option("--write-classes", arguments.classes_file,
                 "the cluster's storage classes, for `serve --classes`")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option("--classes-config-map", arguments.classes_config_map,
                 "the same as classes.yaml of a config map that is there")
      ->type_name("NAMESPACE/NAME")
      ->check(IsConfigMapName())
      ->group(kGroup);
}

}  // namespace

std::function<int()> DeclareAudit(CLI::App& app) {
  const auto arguments = std::make_shared<AuditArguments>();
  cli::DeclareReportOptions(app, arguments->report);
  DeclareAccess(app, *arguments);
  DeclareRuleOptions(app, arguments->policy);
  DeclarePublishing(app, *arguments);
  return [arguments, &app] {
    const auto options = cli::ReadReportOptions(app, arguments->report);
    return options ? Audit(*arguments, *options) : kFailure;
  };
}

}  // namespace restorable::webhook
