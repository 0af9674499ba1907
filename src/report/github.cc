#include <fmt/format.h>

#include "report/entry.h"
#include "report/formats.h"
#include "report/printable.h"
#include "report/summary.h"

// Workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
namespace restorable::report {
namespace {

// GitHub shows no more annotations than this of one level and one step.
constexpr std::size_t kMostOfALevel = 10;

std::string Data(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    if (c == '%') {
      out += "%25";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Property(std::string_view text) {
  std::string out;
  for (const char c : Data(text)) {
    if (c == ':') {
      out += "%3A";
    } else if (c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view Command(Severity severity) {
  return severity == Severity::kInfo ? "notice" : Name(severity);
}

std::string Annotation(const Entry& entry, const scan::Report& report, const View& view) {
  std::string out = fmt::format("::{} ", Command(entry.severity));
  const auto place = FindPlace(report, entry.range);
  if (place) {
    out += fmt::format("file={},line={},endLine={},",
                       Property(RepositoryPath(view.roots, place->path)), place->begin.line,
                       place->end.line);
    // Columns are for annotations within one line.
    if (place->begin.line == place->end.line) {
      out += fmt::format("col={},endColumn={},", place->begin.column, place->end.column);
    }
  }
  out += fmt::format("title={}::", Property(fmt::format("{} ({})", entry.id, entry.label)));
  if (!place && !entry.address.empty()) out += Data(entry.address) + ": ";
  out += Data(entry.message);
  for (const Entry::Remark& remark : entry.remarks) {
    out += fmt::format("%0A{}: {}", remark.label, Data(remark.text));
  }
  return out + '\n';
}

}  // namespace

std::string WriteGithub(const scan::Report& report, const View& view) {
  std::string out;
  std::size_t left_out = 0;
  std::size_t written[3] = {};
  for (const Entry& entry : ShownEntries(report, view)) {
    std::size_t& count = written[static_cast<std::size_t>(entry.severity)];
    if (count == kMostOfALevel) {
      ++left_out;
      continue;
    }
    ++count;
    out += Annotation(entry, report, view);
  }
  std::string summary = SummaryLine(report);
  if (left_out > 0) summary += fmt::format("; {} of them not annotated", left_out);
  if (!view.quiet) out += summary + '\n';
  return out;
}

}  // namespace restorable::report
