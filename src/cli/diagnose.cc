#include "cli/diagnose.h"

#include "cli/output.h"

namespace restorable::cli {

bool Diagnose(const std::vector<Diagnostic>& diagnostics, const report::FindFile& find_file) {
  bool failed = false;
  for (const Diagnostic& diagnostic : diagnostics) {
    PrintError(Render(report::ToEntry(diagnostic), find_file, report::Style{}));
    failed = failed || diagnostic.kind->severity == Severity::kError;
  }
  return failed;
}

}  // namespace restorable::cli
