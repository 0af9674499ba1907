#include "base/version.h"
#include "policy/rule.h"
#include "report/formats.h"
#include "report/json_text.h"

namespace restorable::report {
namespace {

// null for a range that points nowhere.
Json Location(const scan::Report& report, Range range) {
  const auto place = FindPlace(report, range);
  if (!place) return nullptr;
  return {{"file", place->path},
          {"line", place->begin.line},
          {"column", place->begin.column},
          {"endLine", place->end.line},
          {"endColumn", place->end.column}};
}

Json Origin(const scan::Report& report, const std::vector<Note>& notes) {
  Json origin = Json::array();
  for (const Note& note : notes) {
    Json step = Location(report, note.range);
    step["note"] = note.text;
    origin.push_back(std::move(step));
  }
  return origin;
}

Json Suppressed(const scan::Report& report, const policy::Suppression& suppression) {
  const bool in_source = suppression.kind == policy::Suppression::Kind::kInSource;
  Json json = {{"kind", in_source ? "inSource" : "configuration"}, {"reason", suppression.reason}};
  if (!suppression.until.empty()) json["until"] = suppression.until;
  if (in_source) json["location"] = Location(report, suppression.range);
  return json;
}

Json FindingJson(const scan::Report& report, const policy::Finding& finding) {
  const policy::Rule& rule = *finding.rule;
  Json json = {
      {"rule", rule.id},
      {"name", rule.name},
      {"severity", Name(finding.severity)},
      {"verdict", Name(finding.verdict)},
      {"message", finding.message},
      {"resource", {{"type", finding.resource_type}, {"address", finding.resource_address}}},
      {"location", Location(report, finding.range)},
      {"origin", Origin(report, finding.origin)},
      {"remediation", rule.remediation},
      {"docs", rule.docs},
      {"fingerprint", finding.fingerprint},
  };
  if (finding.verdict == policy::Verdict::kUndetermined) json["waitingFor"] = finding.waiting_for;
  if (finding.suppressed) json["suppressed"] = Suppressed(report, *finding.suppressed);
  if (!finding.environments.empty()) json["environments"] = finding.environments;
  return json;
}

Json SummaryJson(const scan::Summary& summary) {
  Json skipped = Json::object();
  for (const auto& [reason, count] : summary.skipped_documents) skipped[reason] = count;
  return {{"files", summary.files},
          {"documents", summary.documents},
          {"resources", summary.resources},
          {"violations", summary.violations},
          {"undetermined", summary.undetermined},
          {"suppressed", summary.suppressed},
          {"errors", summary.errors},
          {"skippedDocuments", std::move(skipped)}};
}

Json DiagnosticJson(const scan::Report& report, const Diagnostic& diagnostic) {
  Json json = {{"severity", Name(diagnostic.kind->severity)},
               {"code", diagnostic.kind->id},
               {"message", Message(diagnostic)},
               {"location", Location(report, diagnostic.range)}};
  if (!diagnostic.notes.empty()) json["notes"] = Origin(report, diagnostic.notes);
  return json;
}

}  // namespace

std::string WriteJson(const scan::Report& report, const View&) {
  Json json = {{"version", 1},
               {"tool", {{"name", "restorable"}, {"version", Version()}}},
               {"summary", SummaryJson(report.summary)}};
  Json& findings = json["findings"] = Json::array();
  for (const policy::Finding& finding : report.findings) {
    findings.push_back(FindingJson(report, finding));
  }
  Json& skipped = json["skipped"] = Json::array();
  for (const scan::Skipped& item : report.skipped) {
    skipped.push_back({{"file", item.path}, {"reason", item.reason}});
  }
  Json& diagnostics = json["diagnostics"] = Json::array();
  for (const Diagnostic& diagnostic : report.diagnostics) {
    diagnostics.push_back(DiagnosticJson(report, diagnostic));
  }
  return JsonText(json);
}

}  // namespace restorable::report
