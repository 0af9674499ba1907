#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/version.h"
#include "policy/rule.h"
#include "report/entry.h"
#include "report/formats.h"
#include "report/json_text.h"
#include "report/printable.h"
#include "report/sarif_text.h"
#include "report/summary.h"
#include "report/uri.h"

// SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
namespace restorable::report {
namespace {

constexpr std::string_view kBase = "%SRCROOT%";
// What the rules rest on.
constexpr std::string_view kInformation =
    "https://learn.microsoft.com/azure/backup/"
    "azure-kubernetes-service-cluster-backup-support-matrix";

std::string_view Level(Severity severity) {
  return severity == Severity::kInfo ? "note" : Name(severity);
}

Json Text(std::string_view text) { return {{"text", SarifText(text)}}; }

// Builds one run. The arrays that others refer to by index are made first.
class Run {
 public:
  Run(const scan::Report& report, const View& view) : report_(report), view_(view) {
    for (const policy::Finding& finding : report_.findings) {
      if (IsListed(finding)) rules_.emplace(finding.rule->id, finding.rule);
    }
    for (const auto& [id, file] : report_.sources) paths_.insert(file->path());
  }

  [[nodiscard]] Json Write() const {
    return {{"tool", {{"driver", Driver()}}},
            {"automationDetails", {{"id", "restorable/"}}},
            {"invocations", Json::array({Invocation()})},
            {"columnKind", "unicodeCodePoints"},
            {"originalUriBaseIds", {{kBase, Base()}}},
            {"artifacts", Artifacts()},
            {"results", Results()}};
  }

 private:
  // Suppressed findings are always there: SARIF says of each that it is.
  [[nodiscard]] bool IsListed(const policy::Finding& finding) const {
    return finding.verdict == policy::Verdict::kViolated || view_.undetermined;
  }

  template <typename Table>
  [[nodiscard]] static std::size_t IndexOf(const Table& table, std::string_view key) {
    return static_cast<std::size_t>(std::distance(table.begin(), table.find(key)));
  }

  [[nodiscard]] Json Driver() const {
    Json rules = Json::array();
    for (const auto& [id, rule] : rules_) rules.push_back(RuleDescriptor(*rule));
    return {{"name", "restorable"},
            {"version", Version()},
            {"semanticVersion", Version()},
            {"informationUri", kInformation},
            {"rules", std::move(rules)}};
  }

  [[nodiscard]] static Json RuleDescriptor(const policy::Rule& rule) {
    const std::string markdown =
        fmt::format("{}\n\n**What to do:** {}", rule.description, rule.remediation);
    Json json = {{"id", rule.id},
                 {"name", PascalCase(rule.name)},
                 {"shortDescription", Text(Sentence(rule.title))},
                 {"fullDescription", Text(Sentence(rule.description))},
                 {"help",
                  {{"text", SarifText(rule.description + "\n\nWhat to do: " + rule.remediation)},
                   {"markdown", markdown}}},
                 {"defaultConfiguration", {{"level", Level(rule.severity)}}},
                 {"properties", {{"tags", {rule.category}}, {"precision", "high"}}}};
    if (!rule.docs.empty()) json["helpUri"] = rule.docs;
    return json;
  }

  [[nodiscard]] Json Base() const {
    return {{"uri", FileUri(view_.roots.repository) + "/"},
            {"description", {{"text", "The root of the repository that was checked."}}}};
  }

  [[nodiscard]] Json Artifacts() const {
    Json artifacts = Json::array();
    for (const std::string& path : paths_) {
      artifacts.push_back({{"location", ArtifactUri(path)}, {"roles", {"analysisTarget"}}});
    }
    return artifacts;
  }

  [[nodiscard]] Json ArtifactUri(std::string_view path) const {
    const std::string name = RepositoryPath(view_.roots, path);
    if (name.starts_with('/')) return {{"uri", FileUri(name)}};
    return {{"uri", UriPath(name)}, {"uriBaseId", kBase}};
  }

  // null for a range that points nowhere.
  [[nodiscard]] Json PhysicalLocation(Range range) const {
    const auto place = FindPlace(report_, range);
    if (!place) return nullptr;
    Json artifact = ArtifactUri(place->path);
    // Files of rules are no artifacts of the scan.
    if (paths_.contains(place->path)) artifact["index"] = IndexOf(paths_, place->path);
    return {{"artifactLocation", std::move(artifact)},
            {"region",
             {{"startLine", place->begin.line},
              {"startColumn", place->begin.column},
              {"endLine", place->end.line},
              {"endColumn", place->end.column}}}};
  }

  [[nodiscard]] Json Results() const {
    Json results = Json::array();
    for (const policy::Finding& finding : report_.findings) {
      if (IsListed(finding)) results.push_back(ResultJson(finding));
    }
    return results;
  }

  [[nodiscard]] Json ResultJson(const policy::Finding& finding) const {
    const bool violated = finding.verdict == policy::Verdict::kViolated;
    Json location = Json::object();
    if (Json physical = PhysicalLocation(finding.range); !physical.is_null()) {
      location["physicalLocation"] = std::move(physical);
    }
    location["logicalLocations"] =
        Json::array({{{"fullyQualifiedName", finding.resource_address}, {"kind", "resource"}}});
    Json json = {{"ruleId", finding.rule->id},
                 {"ruleIndex", IndexOf(rules_, finding.rule->id)},
                 {"kind", violated ? "fail" : "open"},
                 {"level", violated ? Level(finding.severity) : "none"},
                 {"message", {{"text", ResultText(finding)}}},
                 {"locations", Json::array({std::move(location)})}};
    if (Json related = RelatedLocations(finding); !related.empty()) {
      json["relatedLocations"] = std::move(related);
    }
    // GitHub follows a result by the second name only.
    json["partialFingerprints"] = {{"restorable/v1", finding.fingerprint},
                                   {"primaryLocationLineHash", finding.fingerprint}};
    if (finding.suppressed) {
      json["suppressions"] = Json::array({SuppressionJson(*finding.suppressed)});
    }
    return json;
  }

  // Names each related location by a link: viewers show those that the message mentions.
  [[nodiscard]] std::string ResultText(const policy::Finding& finding) const {
    std::string text = SarifText(Sentence(Printable(Statement(finding))));
    for (const std::string& input : finding.waiting_for) {
      text += SarifText(fmt::format(" Waiting for {}.", Printable(input)));
    }
    std::size_t id = 0;
    for (const Note& note : finding.origin) {
      if (report_.Find(note.range.file) != nullptr) text += SarifLink(note.text, ++id);
    }
    return text;
  }

  [[nodiscard]] Json RelatedLocations(const policy::Finding& finding) const {
    Json related = Json::array();
    for (const Note& note : finding.origin) {
      Json physical = PhysicalLocation(note.range);
      if (physical.is_null()) continue;
      related.push_back({{"id", related.size() + 1},
                         {"physicalLocation", std::move(physical)},
                         {"message", Text(Sentence(Printable(note.text)))}});
    }
    return related;
  }

  [[nodiscard]] Json SuppressionJson(const policy::Suppression& suppression) const {
    const bool in_source = suppression.kind == policy::Suppression::Kind::kInSource;
    Json json = {{"kind", in_source ? "inSource" : "external"},
                 {"status", "accepted"},
                 {"justification", Printable(suppression.reason)}};
    if (Json physical = PhysicalLocation(suppression.range); !physical.is_null()) {
      json["location"] = {{"physicalLocation", std::move(physical)}};
    }
    return json;
  }

  [[nodiscard]] Json Invocation() const {
    Json execution = Json::array();
    Json configuration = Json::array();
    for (const Diagnostic& diagnostic : report_.diagnostics) {
      const std::string_view id = diagnostic.kind->id;
      const bool about_rules = id.starts_with("policy-") || id.starts_with("cel-");
      (about_rules ? configuration : execution).push_back(Notification(diagnostic));
    }
    return {{"executionSuccessful", report_.summary.errors == 0},
            {"toolConfigurationNotifications", std::move(configuration)},
            {"toolExecutionNotifications", std::move(execution)}};
  }

  [[nodiscard]] Json Notification(const Diagnostic& diagnostic) const {
    Json json = {{"descriptor", {{"id", diagnostic.kind->id}}},
                 {"level", Level(diagnostic.kind->severity)},
                 {"message", Text(Sentence(Printable(Message(diagnostic))))}};
    if (Json physical = PhysicalLocation(diagnostic.range); !physical.is_null()) {
      json["locations"] = Json::array({{{"physicalLocation", std::move(physical)}}});
    }
    return json;
  }

  const scan::Report& report_;
  const View& view_;
  std::map<std::string_view, const policy::Rule*> rules_;
  std::set<std::string, std::less<>> paths_;
};

}  // namespace

std::string WriteSarif(const scan::Report& report, const View& view) {
  return JsonText({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({Run(report, view).Write()})}});
}

}  // namespace restorable::report
