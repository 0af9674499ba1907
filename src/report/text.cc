#include <fmt/format.h>

#include "report/entry.h"
#include "report/formats.h"
#include "report/printable.h"
#include "report/summary.h"

namespace restorable::report {
namespace {

void AppendSkipped(std::string& out, const scan::Report& report) {
  for (const scan::Skipped& skipped : report.skipped) {
    out += fmt::format("skipped {}: {}\n", Printable(skipped.path), Printable(skipped.reason));
  }
}

}  // namespace

std::string WriteText(const scan::Report& report, const View& view) {
  const FindFile find_file = [&](FileId id) { return report.Find(id); };
  std::string out;
  for (const Entry& entry : FoldedEntries(report, view)) {
    out += Render(entry, find_file, view.style) + '\n';
  }
  if (view.verbose) AppendSkipped(out, report);
  if (!view.quiet) out += SummaryLine(report) + '\n';
  return out;
}

}  // namespace restorable::report
