#include <fmt/format.h>

#include "report/entry.h"
#include "report/formats.h"
#include "report/printable.h"
#include "report/summary.h"

// Logging commands: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
namespace restorable::report {
namespace {

std::string Data(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    if (c == '%') {
      out += "%AZP25";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Property(std::string_view text) {
  std::string out;
  for (const char c : Data(text)) {
    if (c == ';') {
      out += "%3B";
    } else if (c == ']') {
      out += "%5D";
    } else {
      out += c;
    }
  }
  return out;
}

std::string LogIssue(const Entry& entry, const scan::Report& report, const View& view) {
  // There are two types only; what is neither an error nor a warning says so in its text.
  const bool is_error = entry.severity == Severity::kError;
  std::string out = fmt::format("##vso[task.logissue type={};", is_error ? "error" : "warning");
  const auto place = FindPlace(report, entry.range);
  if (place) {
    out += fmt::format("sourcepath={};linenumber={};columnnumber={};",
                       Property(RepositoryPath(view.roots, place->path)), place->begin.line,
                       place->begin.column);
  }
  out += fmt::format("code={};]", Property(entry.id));
  if (entry.severity == Severity::kInfo) out += fmt::format("{}: ", entry.label);
  if (!place && !entry.address.empty()) out += Data(entry.address) + ": ";
  out += Data(entry.message);
  for (const Entry::Remark& remark : entry.remarks) {
    out += fmt::format("; {}: {}", remark.label, Data(remark.text));
  }
  return out + '\n';
}

}  // namespace

std::string WriteAzureDevops(const scan::Report& report, const View& view) {
  std::string out;
  for (const Entry& entry : ShownEntries(report, view)) out += LogIssue(entry, report, view);
  if (!view.quiet) out += SummaryLine(report) + '\n';
  return out;
}

}  // namespace restorable::report
