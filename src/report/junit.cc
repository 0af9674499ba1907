#include <fmt/format.h>

#include <map>

#include "policy/rule.h"
#include "report/entry.h"
#include "report/formats.h"
#include "report/summary.h"
#include "report/xml.h"

namespace restorable::report {
namespace {

// The test cases of one file.
struct Suite {
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  [[nodiscard]] std::string Counts() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", tests, failures,
                       errors, skipped);
  }
};

class Suites {
 public:
  explicit Suites(const scan::Report& report) : report_(report) {}

  void Add(const policy::Finding& finding) {
    const Entry entry = ToEntry(finding);
    const std::string name = fmt::format("{} {}", finding.rule->id, finding.resource_address);
    Suite& suite = Open(name, finding.range);
    const std::string message = XmlText(entry.message);
    if (entry.label == Name(finding.severity)) {
      ++suite.failures;
      suite.cases += Failure("failure", entry, message);
    } else {
      ++suite.skipped;
      suite.cases += fmt::format("      <skipped message=\"{}: {}\"/>\n", entry.label, message);
    }
    suite.cases += "    </testcase>\n";
  }

  void Add(const Diagnostic& diagnostic) {
    const Entry entry = ToEntry(diagnostic);
    Suite& suite = Open(std::string(entry.id), diagnostic.range);
    if (diagnostic.kind->severity == Severity::kError) {
      ++suite.errors;
      suite.cases += Failure("error", entry, XmlText(entry.message));
    } else {
      suite.cases += fmt::format("      <system-out>{}</system-out>\n", XmlText(entry.message));
    }
    suite.cases += "    </testcase>\n";
  }

  [[nodiscard]] std::string Finish() {
    if (suites_.empty()) {
      Suite& suite = suites_["restorable"];
      suite.tests = 1;
      suite.cases = fmt::format("    <testcase name=\"{}\" classname=\"restorable\"/>\n",
                                XmlText(SummaryLine(report_)));
    }
    Suite total;
    std::string body;
    for (const auto& [path, suite] : suites_) {
      total.tests += suite.tests;
      total.failures += suite.failures;
      total.errors += suite.errors;
      total.skipped += suite.skipped;
      body += fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", XmlText(path),
                          suite.Counts(), suite.cases);
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"restorable\" {}>\n{}</testsuites>\n",
        total.Counts(), body);
  }

 private:
  Suite& Open(const std::string& name, Range range) {
    const auto place = FindPlace(report_, range);
    const std::string path = place ? std::string(place->path) : "restorable";
    Suite& suite = suites_[path];
    ++suite.tests;
    suite.cases +=
        fmt::format("    <testcase name=\"{}\" classname=\"{}\"", XmlText(name), XmlText(path));
    if (place) {
      suite.cases += fmt::format(" file=\"{}\" line=\"{}\"", XmlText(path), place->begin.line);
    }
    suite.cases += ">\n";
    return suite;
  }

  [[nodiscard]] std::string Failure(std::string_view element, const Entry& entry,
                                    const std::string& message) const {
    const FindFile find_file = [this](FileId id) { return report_.Find(id); };
    return fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element, entry.label,
                       message, XmlLines(Render(entry, find_file, Style{})));
  }

  const scan::Report& report_;
  std::map<std::string, Suite> suites_;  // by path
};

}  // namespace

std::string WriteJunit(const scan::Report& report, const View& view) {
  Suites suites(report);
  for (const policy::Finding& finding : report.findings) {
    if (IsShown(finding, view)) suites.Add(finding);
  }
  for (const Diagnostic& diagnostic : report.diagnostics) suites.Add(diagnostic);
  return suites.Finish();
}

}  // namespace restorable::report
