#include "scan/scan.h"

#include <memory>

#include "cli/app.h"
#include "cli/loaded_rules.h"
#include "cli/progress.h"
#include "cli/scan_options.h"

namespace restorable::cli {
namespace {

scan::Report RunScan(const ScanOptions& options, const policy::RuleSet& rules) {
  if (options.report.quiet || !IsWatched()) return scan::Scan(options.scan, rules);
  ProgressLine progress;
  scan::Options watched = options.scan;
  watched.progress = &progress.files();
  return scan::Scan(watched, rules);
}

ExitStatus Scan(const ScanOptions& options) {
  const auto loaded = LoadRules(options.rules, options.scan.paths.front(), options.scan.limits);
  if (!loaded) return ExitStatus::kFailure;
  const scan::Report report = RunScan(options, *loaded->rules);
  const ExitStatus status = Deliver(report, options.report, loaded->rules->configuration());
  return loaded->complete ? status : ExitStatus::kFailure;
}

}  // namespace

Action DeclareScan(CLI::App& app) {
  const auto arguments = std::make_shared<ScanArguments>();
  DeclareScanOptions(app, *arguments);
  return [arguments, &app] {
    const auto options = ReadScanOptions(app, *arguments);
    return options ? Scan(*options) : ExitStatus::kFailure;
  };
}

}  // namespace restorable::cli
