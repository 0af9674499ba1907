#include "scan/scan.h"

#include <filesystem>
#include <memory>
#include <system_error>

#include "cli/app.h"
#include "cli/loaded_rules.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/scan_options.h"
#include "report/summary.h"

namespace restorable::cli {
namespace {

// What makes findings fail the run: the command line, else the configuration.
struct Threshold {
  std::optional<Severity> severity;
  bool undetermined = false;

  Threshold(const ScanOptions& options, const policy::Configuration& configuration)
      : severity(options.overrides_fail_on ? options.fail_on : configuration.fail_on),
        undetermined(options.fail_on_undetermined || configuration.fail_on_undetermined) {}

  [[nodiscard]] bool IsPassed(const policy::Finding& finding) const {
    if (finding.suppressed) return false;
    if (finding.verdict == policy::Verdict::kUndetermined) return undetermined;
    return severity && finding.severity >= *severity;
  }
};

report::Roots FindRoots() {
  std::error_code error;
  const std::string working_directory = std::filesystem::current_path(error).generic_string();
  return {working_directory, FindRepository(working_directory)};
}

report::View MakeView(const ScanOptions& options, const Threshold& threshold) {
  return {.undetermined = options.show_undetermined || threshold.undetermined,
          .suppressed = options.show_suppressed,
          .verbose = options.verbose,
          .quiet = options.quiet,
          .roots = FindRoots()};
}

bool Write(const OutputRequest& output, const scan::Report& report, report::View view,
           ColorMode color) {
  const bool to_file = !output.file.empty() && output.file != "-";
  if (!to_file) view.style = TerminalStyle(color);
  const std::string text = output.format->write(report, view);
  return to_file ? WriteFile(output.file, text) : Print(text);
}

scan::Report RunScan(const ScanOptions& options, const policy::RuleSet& rules) {
  if (options.quiet || !IsWatched()) return scan::Scan(options.scan, rules);
  ProgressLine progress;
  scan::Options watched = options.scan;
  watched.progress = &progress.files();
  return scan::Scan(watched, rules);
}

ExitStatus Scan(const ScanOptions& options) {
  const auto loaded = LoadRules(options.rules, options.scan.paths.front(), options.scan.limits);
  if (!loaded) return ExitStatus::kFailure;
  const scan::Report report = RunScan(options, *loaded->rules);
  const Threshold threshold(options, loaded->rules->configuration());
  const report::View view = MakeView(options, threshold);
  bool complete = loaded->complete && report.summary.errors == 0;
  for (const OutputRequest& output : options.outputs) {
    if (!Write(output, report, view, options.color)) complete = false;
  }
  if (!complete) return ExitStatus::kFailure;
  const bool failed = std::ranges::any_of(
      report.findings, [&](const auto& finding) { return threshold.IsPassed(finding); });
  return failed ? ExitStatus::kFindings : ExitStatus::kPass;
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
