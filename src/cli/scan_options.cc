#include "cli/scan_options.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "cli/app.h"
#include "cli/inline_parameters.h"
#include "scan/paths.h"

namespace restorable::cli {
namespace {

// "NAME=VALUE".
CLI::Validator VariableRequest() {
  const auto check = [](const std::string& request) {
    const std::size_t equals = request.find('=');
    return equals == std::string::npos || equals == 0 ? std::string("it is not NAME=VALUE")
                                                      : std::string();
  };
  return CLI::Validator(check, "");
}

// The name of an option's type stands in the help; what a validator calls itself would follow it.
CLI::Validator Unnamed(const CLI::Validator& validator) { return validator.description(""); }

void DeclareValues(CLI::App& app, ScanArguments& arguments) {
  constexpr const char* kGroup = "Values of Terraform's variables";
  AddRepeated(app, "--var", arguments.variables, "as `terraform -var` has it")
      ->type_name("NAME=VALUE")
      ->check(VariableRequest())
      ->group(kGroup);
  AddRepeated(app, "--var-file", arguments.var_files, "besides those that Terraform loads itself")
      ->type_name("FILE")
      ->check(Unnamed(CLI::ExistingFile))
      ->group(kGroup);
  app.add_flag("--tf-env", arguments.takes_environment, "also those of the environment, TF_VAR_…")
      ->group(kGroup);
}

bool IsFile(std::string_view path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

// "FILE" with or without `@`, "NAME=TEXT" or "NAME=@FILE", or JSON. What is the name of a file is
// one, whatever else it could be. Nothing for what is none of them.
std::optional<std::vector<bicep::Assignment>> ReadAssignments(std::string_view request) {
  using Assignments = std::vector<bicep::Assignment>;
  const bool is_marked = request.starts_with('@');
  const std::string_view path = request.substr(is_marked ? 1 : 0);
  if (IsFile(path)) return Assignments{{scan::DisplayPath(path), {}, {}}};
  if (request.starts_with('{')) return ReadInlineParameters(request);
  const std::size_t equals = request.find('=');
  if (is_marked || equals == 0 || equals == std::string_view::npos) return std::nullopt;
  const std::string name(request.substr(0, equals));
  const std::string_view text = request.substr(equals + 1);
  if (!text.starts_with('@')) return Assignments{{{}, name, std::string(text)}};
  if (!IsFile(text.substr(1))) return std::nullopt;
  return Assignments{{scan::DisplayPath(text.substr(1)), name, {}}};
}

CLI::Validator ParametersRequest() {
  const auto check = [](const std::string& request) {
    return ReadAssignments(request).has_value()
               ? std::string()
               : "`" + request +
                     "` is neither a file nor NAME=VALUE, NAME=@FILE with a file, or JSON with "
                     "the values of parameters";
  };
  return CLI::Validator(check, "");
}

void DeclareParameters(CLI::App& app, ScanArguments& arguments) {
  AddRepeated(
      app, "--parameters", arguments.parameters,
      "a .bicepparam or JSON file, NAME=VALUE, NAME=@FILE or JSON; over files that are found")
      ->type_name("FILE")
      ->check(ParametersRequest())
      ->group("Values of parameters of Bicep and ARM templates");
}

void DeclareLimits(CLI::App& app, Limits& limits) {
  constexpr const char* kGroup = "Limits";
  app.add_option("--max-file-size", limits.file_bytes, "of one file, such as 64MiB")
      ->transform(Unnamed(CLI::AsSizeValue(false)))
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
    if (auto assignments = ReadAssignments(request)) {
      std::ranges::move(*assignments, std::back_inserter(values.parameters));
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

}  // namespace

void DeclareScanOptions(CLI::App& app, ScanArguments& arguments) {
  ScanOptions& options = arguments.options;
  app.add_option("PATH", options.scan.paths,
                 "files and directories; `-` is standard input, and none is this directory");
  DeclareReportOptions(app, arguments.report);
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
  auto report = ReadReportOptions(app, arguments.report);
  if (!report) return std::nullopt;
  options.report = std::move(*report);
  options.scan.values = ReadValues(app, arguments);
  if (options.scan.paths.empty()) options.scan.paths = {"."};
  return options;
}

}  // namespace restorable::cli
