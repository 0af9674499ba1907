#include "cli/scan_options.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "cli/app.h"
#include "cli/output.h"
#include "scan/paths.h"

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

void DeclareOutput(CLI::App& app, ScanArguments& arguments) {
  constexpr const char* kGroup = "Report";
  ScanOptions& options = arguments.options;
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

// "NAME=VALUE".
CLI::Validator VariableRequest() {
  const auto check = [](const std::string& request) {
    const std::size_t equals = request.find('=');
    return equals == std::string::npos || equals == 0 ? std::string("it is not NAME=VALUE")
                                                      : std::string();
  };
  return CLI::Validator(check, "");
}

void DeclareValues(CLI::App& app, ScanArguments& arguments) {
  constexpr const char* kGroup = "Values of Terraform's variables";
  AddRepeated(app, "--var", arguments.variables, "as `terraform -var` has it")
      ->type_name("NAME=VALUE")
      ->check(VariableRequest())
      ->group(kGroup);
  AddRepeated(app, "--var-file", arguments.var_files, "besides those that Terraform loads itself")
      ->type_name("FILE")
      ->check(CLI::ExistingFile)
      ->group(kGroup);
  app.add_flag("--tf-env", arguments.takes_environment, "also those of the environment, TF_VAR_…")
      ->group(kGroup);
}

bool IsFile(std::string_view path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

// "FILE" with or without `@`, "NAME=TEXT" or "NAME=@FILE". What is the name of a file is one,
// whatever else it could be. Nothing for what is none of them.
std::optional<bicep::Assignment> ReadAssignment(std::string_view request) {
  const bool is_marked = request.starts_with('@');
  const std::string_view path = request.substr(is_marked ? 1 : 0);
  if (IsFile(path)) return bicep::Assignment{scan::DisplayPath(path), {}, {}};
  const std::size_t equals = request.find('=');
  if (is_marked || equals == 0 || equals == std::string_view::npos) return std::nullopt;
  const std::string name(request.substr(0, equals));
  const std::string_view text = request.substr(equals + 1);
  if (!text.starts_with('@')) return bicep::Assignment{{}, name, std::string(text)};
  if (!IsFile(text.substr(1))) return std::nullopt;
  return bicep::Assignment{scan::DisplayPath(text.substr(1)), name, {}};
}

CLI::Validator ParametersRequest() {
  const auto check = [](const std::string& request) {
    return ReadAssignment(request).has_value()
               ? std::string()
               : "`" + request + "` is neither a file nor NAME=VALUE or NAME=@FILE with a file";
  };
  return CLI::Validator(check, "");
}

void DeclareParameters(CLI::App& app, ScanArguments& arguments) {
  AddRepeated(app, "--parameters", arguments.parameters,
              "a .bicepparam or JSON file, NAME=VALUE or NAME=@FILE; over files that are found")
      ->type_name("FILE")
      ->check(ParametersRequest())
      ->group("Values of parameters of Bicep and ARM templates");
}

void DeclareLimits(CLI::App& app, Limits& limits) {
  constexpr const char* kGroup = "Limits";
  app.add_option("--max-file-size", limits.file_bytes, "of one file, such as 64MiB")
      ->transform(CLI::AsSizeValue(false))
      ->type_name("SIZE")
      ->group(kGroup);
  app.add_option("--max-nesting", limits.nesting, "containers within each other")
      ->type_name("N")
      ->group(kGroup);
  app.add_option("--max-document-nodes", limits.document_nodes, "values of one document")
      ->type_name("N")
      ->group(kGroup);
  app.add_option("--max-alias-nodes", limits.alias_nodes, "values that aliases expand to")
      ->type_name("N")
      ->group(kGroup);
  app.add_option("--max-cel-cost", limits.cel_cost, "of one expression, in Kubernetes' units")
      ->type_name("N")
      ->group(kGroup);
  app.add_option("--max-rule-cost", limits.rule_cost, "of one rule on one object")
      ->type_name("N")
      ->group(kGroup);
}

// One report for each --format, in the order given; each --output names the file of the last one.
std::optional<std::vector<OutputRequest>> ReadOutputs(const CLI::App& app,
                                                      const ScanArguments& arguments) {
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
        Complain(fmt::format("scan: --output {} has no --format before it", *file));
        return std::nullopt;
      }
      outputs.back().file = *file++;
    }
  }
  if (outputs.empty()) outputs.push_back({report::FindFormat("text"), ""});
  return outputs;
}

// In the order in which they were given, as later ones go over earlier ones.
code::Values ReadValues(const CLI::App& app, const ScanArguments& arguments) {
  code::Values values;
  auto variable = arguments.variables.begin();
  auto file = arguments.var_files.begin();
  for (const CLI::Option* const option : app.parse_order()) {
    if (option->check_name("--var")) {
      const std::size_t equals = variable->find('=');
      values.given.push_back(
          {.path = {}, .name = variable->substr(0, equals), .text = variable->substr(equals + 1)});
      ++variable;
    } else if (option->check_name("--var-file")) {
      values.given.push_back({.path = scan::DisplayPath(*file++), .name = {}, .text = {}});
    }
  }
  for (const std::string& request : arguments.parameters) {
    if (auto assignment = ReadAssignment(request)) {
      values.parameters.push_back(std::move(*assignment));
    }
  }
  constexpr std::string_view kPrefix = "TF_VAR_";
  for (char** entry = arguments.takes_environment ? environ : nullptr;
       entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (!text.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    values.environment.emplace_back(text.substr(kPrefix.size(), equals - kPrefix.size()),
                                    text.substr(equals + 1));
  }
  return values;
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

}  // namespace

void DeclareScanOptions(CLI::App& app, ScanArguments& arguments) {
  app.footer(FormatTable());
  ScanOptions& options = arguments.options;
  app.add_option("PATH", options.scan.paths,
                 "files and directories; `-` is standard input, and none is this directory");
  DeclareOutput(app, arguments);
  app.add_option("--fail-on", arguments.fail_on, "the least severity that makes the exit status 1")
      ->type_name("error|warning|info|never")
      ->check(OneOf({"error", "warning", "info", "never"}));
  app.add_flag("--fail-on-undetermined", options.fail_on_undetermined,
               "exit status 1 also for what cannot be decided");
  app.add_option("--stdin-name", options.scan.stdin_name, "what reports call standard input")
      ->type_name("NAME");
  app.add_option("--threads", options.scan.threads, "0 is as many as there are processors")
      ->type_name("N");
  app.add_flag("--render", options.scan.render,
               "run helm and kustomize on charts and kustomizations");
  DeclareValues(app, arguments);
  DeclareParameters(app, arguments);
  DeclareRuleOptions(app, options.rules);
  DeclareLimits(app, options.scan.limits);
}

std::optional<ScanOptions> ReadScanOptions(const CLI::App& app, const ScanArguments& arguments) {
  ScanOptions options = arguments.options;
  auto outputs = ReadOutputs(app, arguments);
  if (!outputs) return std::nullopt;
  if (std::ranges::count_if(*outputs, IsStandardOutput) > 1) {
    Complain("scan: only one report can go to standard output; give the others a file");
    return std::nullopt;
  }
  options.outputs = std::move(*outputs);
  options.scan.values = ReadValues(app, arguments);
  if (!arguments.fail_on.empty()) {
    options.overrides_fail_on = true;
    options.fail_on = ReadFailOn(arguments.fail_on);
  }
  options.color = ReadColor(arguments.color);
  if (options.scan.paths.empty()) options.scan.paths = {"."};
  return options;
}

}  // namespace restorable::cli
