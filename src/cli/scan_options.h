#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/report_options.h"
#include "cli/rule_options.h"
#include "scan/scan.h"

namespace CLI {
class App;
}

namespace restorable::cli {

struct ScanOptions {
  scan::Options scan;
  RuleOptions rules;
  ReportOptions report;
};

// The options of `scan` as they are written. Belongs to the app that reads them.
struct ScanArguments {
  ScanOptions options;
  ReportArguments report;
  std::vector<std::string> variables;  // of Terraform: NAME=VALUE
  std::vector<std::string> var_files;
  bool takes_environment = false;
  std::vector<std::string> parameters;  // of templates: FILE, NAME=VALUE or NAME=@FILE
};

void DeclareScanOptions(CLI::App& app, ScanArguments& arguments);

// What they mean together. Nothing after a contradiction, which has been complained about.
[[nodiscard]] std::optional<ScanOptions> ReadScanOptions(const CLI::App& app,
                                                         const ScanArguments& arguments);

}  // namespace restorable::cli
