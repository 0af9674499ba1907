#include <fmt/format.h>

#include "policy/rule.h"
#include "report/entry.h"
#include "report/formats.h"
#include "report/json_text.h"
#include "report/printable.h"

// Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
namespace restorable::report {
namespace {

std::string_view GitlabSeverity(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "minor";
    case Severity::kError:
      return "major";
  }
  return "major";
}

Json CodeQuality(const Entry& entry, const scan::Report& report, const View& view,
                 std::string fingerprint) {
  const auto place = FindPlace(report, entry.range);
  const std::string path = place                   ? RepositoryPath(view.roots, place->path)
                           : entry.address.empty() ? "."
                                                   : Printable(entry.address);
  const Position begin = place ? place->begin : Position{};
  const Position end = place ? place->end : Position{};
  return {{"type", "issue"},
          {"check_name", entry.id},
          {"description", Printable(entry.message)},
          {"categories", {"Bug Risk"}},
          {"severity", GitlabSeverity(entry.severity)},
          {"fingerprint", std::move(fingerprint)},
          {"location", {{"path", path}, {"lines", {{"begin", begin.line}, {"end", end.line}}}}}};
}

// Diagnostics have no fingerprint of their own: what they say and where is theirs.
std::string Fingerprint(const Diagnostic& diagnostic, const scan::Report& report) {
  const auto place = FindPlace(report, diagnostic.range);
  return fmt::format("{} {} {}", diagnostic.kind->id, place ? PlaceName(*place) : "",
                     Message(diagnostic));
}

}  // namespace

std::string WriteGitlab(const scan::Report& report, const View& view) {
  Json json = Json::array();
  for (const policy::Finding& finding : report.findings) {
    if (!IsShown(finding, view)) continue;
    json.push_back(CodeQuality(ToEntry(finding), report, view, finding.fingerprint));
  }
  for (const Diagnostic& diagnostic : report.diagnostics) {
    json.push_back(CodeQuality(ToEntry(diagnostic), report, view, Fingerprint(diagnostic, report)));
  }
  return JsonText(json);
}

}  // namespace restorable::report
