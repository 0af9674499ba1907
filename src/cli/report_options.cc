#include "cli/report_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cli/app.h"
#include "cli/loaded_rules.h"
#include "cli/output.h"

namespace restorable::cli {
namespace {

std::vector<std::string_view> FormatNames() {
  std::vector<std::string_view> names;
  for (const report::Format& format : report::kFormats) names.push_back(format.name);
  return names;
}

std::string Joined(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, "|"));
}

std::string_view FormatName(std::string_view request) {
  return request.substr(0, request.find(':'));
}

// "F" or "F:FILE", F being a format.
CLI::Validator FormatRequest() {
  const auto check = [words = OneOf(FormatNames())](const std::string& request) {
    std::string name(FormatName(request));
    return words(name);
  };
  return CLI::Validator(check, "");
}

std::string FormatTable() {
  std::string out = "Formats:\n";
  for (const report::Format& format : report::kFormats) {
    out += fmt::format("  {:<32}{}\n", format.name, format.description);
  }
  return out;
}

void DeclareOutput(CLI::App& app, ReportArguments& arguments) {
  constexpr const char* kGroup = "Report";
  ReportOptions& options = arguments.options;
  AddRepeated(app, "-f,--format", arguments.formats, "FORMAT or FORMAT:FILE; may be repeated")
      ->type_name(Joined(FormatNames()))
      ->check(FormatRequest())
      ->group(kGroup);
  AddRepeated(app, "-o,--output", arguments.files, "where the --format before it goes")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_flag("--show-undetermined", options.show_undetermined,
               "also what cannot be decided from the code")
      ->group(kGroup);
  app.add_flag("--show-suppressed", options.show_suppressed, "also what was suppressed")
      ->group(kGroup);
  CLI::Option* const verbose =
      app.add_flag("-v,--verbose", options.verbose, "also what was skipped, and why")
          ->group(kGroup);
  app.add_flag("-q,--quiet", options.quiet, "no summary")->excludes(verbose)->group(kGroup);
  app.add_option("--color", arguments.color, "colours in text")
      ->type_name("auto|always|never")
      ->check(OneOf({"auto", "always", "never"}))
      ->group(kGroup);
}

// "scan" of "restorable scan".
std::string CommandName(const CLI::App& app) {
  const std::string& name = app.get_name();
  return name.substr(name.rfind(' ') + 1);
}

// One report for each --format, in the order given; each --output names the file of the last one.
std::optional<std::vector<OutputRequest>> ReadOutputs(const CLI::App& app,
                                                      const ReportArguments& arguments) {
  std::vector<OutputRequest> outputs;
  auto format = arguments.formats.begin();
  auto file = arguments.files.begin();
  for (const CLI::Option* const option : app.parse_order()) {
    if (option->check_name("--format")) {
      const std::string_view name = FormatName(*format);
      const bool has_file = name.size() < format->size();
      outputs.push_back(
          {report::FindFormat(name), has_file ? format->substr(name.size() + 1) : ""});
      ++format;
    } else if (option->check_name("--output")) {
      if (outputs.empty() && arguments.formats.empty()) {
        outputs.push_back({report::FindFormat("text"), ""});
      }
      if (outputs.empty() || !outputs.back().file.empty()) {
        Complain(fmt::format("{}: --output {} has no --format before it", CommandName(app), *file));
        return std::nullopt;
      }
      outputs.back().file = *file++;
    }
  }
  if (outputs.empty()) outputs.push_back({report::FindFormat("text"), ""});
  return outputs;
}

bool IsStandardOutput(const OutputRequest& output) {
  return output.file.empty() || output.file == "-";
}

ColorMode ReadColor(std::string_view word) {
  if (word == "always") return ColorMode::kAlways;
  return word == "never" ? ColorMode::kNever : ColorMode::kAuto;
}

// Nothing for `never`.
std::optional<Severity> ReadFailOn(std::string_view word) {
  for (const Severity severity : {Severity::kInfo, Severity::kWarning, Severity::kError}) {
    if (word == Name(severity)) return severity;
  }
  return std::nullopt;
}

// What makes findings fail the run: the command line, else the configuration.
struct Threshold {
  std::optional<Severity> severity;
  bool undetermined = false;

  Threshold(const ReportOptions& options, const policy::Configuration& configuration)
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

report::View MakeView(const ReportOptions& options, const Threshold& threshold) {
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

}  // namespace

void DeclareReportOptions(CLI::App& app, ReportArguments& arguments) {
  app.footer(FormatTable());
  DeclareOutput(app, arguments);
  app.add_option("--fail-on", arguments.fail_on, "the least severity that makes the exit status 1")
      ->type_name("error|warning|info|never")
      ->check(OneOf({"error", "warning", "info", "never"}));
  app.add_flag("--fail-on-undetermined", arguments.options.fail_on_undetermined,
               "exit status 1 also for what cannot be decided");
}

std::optional<ReportOptions> ReadReportOptions(const CLI::App& app,
                                               const ReportArguments& arguments) {
  ReportOptions options = arguments.options;
  auto outputs = ReadOutputs(app, arguments);
  if (!outputs) return std::nullopt;
  if (std::ranges::count_if(*outputs, IsStandardOutput) > 1) {
    Complain(fmt::format("{}: only one report can go to standard output; give the others a file",
                         CommandName(app)));
    return std::nullopt;
  }
  options.outputs = std::move(*outputs);
  if (!arguments.fail_on.empty()) {
    options.overrides_fail_on = true;
    options.fail_on = ReadFailOn(arguments.fail_on);
  }
  options.color = ReadColor(arguments.color);
  return options;
}

ExitStatus Deliver(const scan::Report& report, const ReportOptions& options,
                   const policy::Configuration& configuration) {
  const Threshold threshold(options, configuration);
  const report::View view = MakeView(options, threshold);
  bool complete = report.summary.errors == 0;
  for (const OutputRequest& output : options.outputs) {
    if (!Write(output, report, view, options.color)) complete = false;
  }
  if (!complete) return ExitStatus::kFailure;
  const bool failed = std::ranges::any_of(
      report.findings, [&](const auto& finding) { return threshold.IsPassed(finding); });
  return failed ? ExitStatus::kFindings : ExitStatus::kPass;
}

}  // namespace restorable::cli
