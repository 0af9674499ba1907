#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "policy/configuration.h"
#include "report/formats.h"
#include "scan/scan.h"

namespace CLI {
class App;
}

namespace restorable::cli {

// A report to write.
struct OutputRequest {
  const report::Format* format = nullptr;
  std::string file;  // empty: standard output
};

// What is made of a report, and which exit status.
struct ReportOptions {
  std::vector<OutputRequest> outputs;
  bool overrides_fail_on = false;   // false: as the configuration says
  std::optional<Severity> fail_on;  // nothing: never
  bool fail_on_undetermined = false;
  bool show_undetermined = false;
  bool show_suppressed = false;
  bool verbose = false;
  bool quiet = false;
  ColorMode color = ColorMode::kAuto;
};

// The options of a command that reports, as they are written. Belongs to the app that reads them.
struct ReportArguments {
  ReportOptions options;
  std::vector<std::string> formats;
  std::vector<std::string> files;
  std::string fail_on;  // empty: as the configuration says
  std::string color = "auto";
};

void DeclareReportOptions(CLI::App& app, ReportArguments& arguments);

// What they mean together. Nothing after a contradiction, which has been complained about.
[[nodiscard]] std::optional<ReportOptions> ReadReportOptions(const CLI::App& app,
                                                             const ReportArguments& arguments);

// Writes the reports that are asked for. kFailure also if something could not be read, findings or
// not.
[[nodiscard]] ExitStatus Deliver(const scan::Report& report, const ReportOptions& options,
                                 const policy::Configuration& configuration);

}  // namespace restorable::cli
