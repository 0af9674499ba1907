#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/rule_options.h"
#include "cli/terminal.h"
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

struct ScanOptions {
  scan::Options scan;
  RuleOptions rules;
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

// The options of `scan` as they are written. Belongs to the app that reads them.
struct ScanArguments {
  ScanOptions options;
  std::vector<std::string> formats;
  std::vector<std::string> files;
  std::vector<std::string> variables;  // of Terraform: NAME=VALUE
  std::vector<std::string> var_files;
  bool takes_environment = false;
  std::vector<std::string> parameters;  // of templates: FILE, NAME=VALUE or NAME=@FILE
  std::string fail_on;                  // empty: as the configuration says
  std::string color = "auto";
};

void DeclareScanOptions(CLI::App& app, ScanArguments& arguments);

// What they mean together. Nothing after a contradiction, which has been complained about.
[[nodiscard]] std::optional<ScanOptions> ReadScanOptions(const CLI::App& app,
                                                         const ScanArguments& arguments);

}  // namespace restorable::cli
