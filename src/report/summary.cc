#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>

namespace restorable::report {
namespace {

std::size_t CountOf(const scan::Report& report, Severity severity) {
  std::size_t count = 0;
  for (const policy::Finding& finding : report.findings) {
    if (Counts(finding) && finding.severity == severity) ++count;
  }
  return count;
}

std::string BySeverity(const scan::Report& report) {
  std::string out;
  for (const Severity severity : {Severity::kError, Severity::kWarning, Severity::kInfo}) {
    const std::size_t count = CountOf(report, severity);
    if (count == 0) continue;
    if (!out.empty()) out += ", ";
    out +=
        severity == Severity::kInfo ? fmt::format("{} info", count) : Count(count, Name(severity));
  }
  return out.empty() ? out : fmt::format(" ({})", out);
}

}  // namespace

bool Counts(const policy::Finding& finding) {
  return finding.verdict == policy::Verdict::kViolated && !finding.suppressed;
}

std::string Count(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string SummaryLine(const scan::Report& report) {
  const scan::Summary& summary = report.summary;
  std::string out;
  // A cluster has no files.
  if (summary.files > 0 || summary.resources == 0) {
    out =
        fmt::format("{}, {}, ", Count(summary.files, "file"), Count(summary.documents, "document"));
  }
  out +=
      fmt::format("{}: {}{}, {} undetermined", Count(summary.resources, "resource"),
                  Count(summary.violations, "violation"), BySeverity(report), summary.undetermined);
  if (summary.suppressed > 0) out += fmt::format(", {} suppressed", summary.suppressed);
  if (!report.skipped.empty()) out += fmt::format(", {} skipped", report.skipped.size());
  const auto remarks = std::ranges::count_if(report.diagnostics, [](const Diagnostic& diagnostic) {
    return diagnostic.kind->severity == Severity::kInfo;
  });
  if (remarks > 0) out += ", " + Count(static_cast<std::size_t>(remarks), "remark");
  if (summary.errors > 0) out += ", " + Count(summary.errors, "input error");
  return out;
}

}  // namespace restorable::report
