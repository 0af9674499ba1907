#include <fmt/format.h>

#include <memory>

#include "cli/app.h"
#include "cli/diagnose.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "policy/rule_test.h"
#include "report/summary.h"

namespace restorable::cli {
namespace {

report::Entry ToEntry(const policy::RuleTestFailure& failure) {
  report::Entry entry{
      .label = "failed", .message = failure.test, .id = failure.rule, .range = failure.range};
  for (const std::string& line : failure.missing) entry.remarks.push_back({"not found", line});
  for (const std::string& line : failure.unexpected) {
    entry.remarks.push_back({"not expected", line});
  }
  return entry;
}

ExitStatus Test(const std::vector<std::string>& directories) {
  const policy::RuleTestReport result = policy::RunRuleTests(directories, Limits{});
  const report::FindFile find_file = [&](FileId id) { return result.rules->Source(id); };
  const bool broken = Diagnose(result.diagnostics, find_file);
  std::string out;
  for (const policy::RuleTestFailure& failure : result.failures) {
    out += Render(ToEntry(failure), find_file, TerminalStyle(ColorMode::kAuto)) + '\n';
  }
  out += fmt::format("{}: {} passed, {} failed\n", report::Count(result.tested_rules, "rule"),
                     result.tests - result.failures.size(), result.failures.size());
  if (!Print(out) || broken) return ExitStatus::kFailure;
  return result.failures.empty() ? ExitStatus::kPass : ExitStatus::kFindings;
}

}  // namespace

Action DeclareTest(CLI::App& app) {
  const auto directories = std::make_shared<std::vector<std::string>>();
  app.add_option("DIR", *directories, "files and directories of rules")->required();
  return [directories] { return Test(*directories); };
}

}  // namespace restorable::cli
