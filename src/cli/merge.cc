#include <memory>
#include <string>
#include <vector>

#include "cli/app.h"
#include "cli/diagnose.h"
#include "cli/report_options.h"
#include "policy/configuration.h"
#include "report/merger.h"
#include "scan/read.h"

namespace restorable::cli {
namespace {

struct MergeArguments {
  std::vector<std::string> paths;
  ReportArguments report;
};

// Takes the reports in, and says what is wrong with those that are none.
bool AddAll(const std::vector<std::string>& paths, const Limits& limits, report::Merger& merger) {
  bool failed = false;
  for (const std::string& path : paths) {
    const std::string name = path == "-" ? "stdin" : path;
    auto text = scan::ReadInput({.path = name, .system_path = path}, limits);
    if (!text) {
      failed |= Diagnose({text.error()}, [](FileId) { return nullptr; });
      continue;
    }
    const SourceFile file(FileId(0), name, std::move(*text));
    failed |= Diagnose(merger.Add(file), [&](FileId) { return &file; });
  }
  return !failed;
}

ExitStatus Merge(const MergeArguments& arguments, const ReportOptions& options) {
  // A report of many shards is large; what it may hold beyond that is a matter of its bytes.
  Limits limits;
  limits.file_bytes *= 16;
  limits.document_nodes *= 100;
  const auto rules = policy::RuleSet::Load({.limits = limits}).rules;
  report::Merger merger(*rules, limits);
  const bool complete = AddAll(arguments.paths, limits, merger);
  const ExitStatus status = Deliver(merger.Finish(), options, policy::Configuration());
  return complete ? status : ExitStatus::kFailure;
}

}  // namespace

Action DeclareMerge(CLI::App& app) {
  const auto arguments = std::make_shared<MergeArguments>();
  app.add_option("FILE", arguments->paths, "reports in JSON; `-` is standard input")->required();
  DeclareReportOptions(app, arguments->report);
  return [arguments, &app] {
    const auto options = ReadReportOptions(app, arguments->report);
    return options ? Merge(*arguments, *options) : ExitStatus::kFailure;
  };
}

}  // namespace restorable::cli
