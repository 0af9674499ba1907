#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/rule.h"
#include "report/formats.h"
#include "scan/scan.h"

namespace restorable::report {

// A report made by hand, and the rules that its findings refer to.
struct SampleReport {
  scan::Report report;
  std::vector<std::unique_ptr<policy::Rule>> rules;

  FileId AddFile(std::string path, std::string text);
  // The first place of `text` in the file.
  [[nodiscard]] Range RangeOf(FileId file, std::string_view text) const;
  policy::Finding& AddFinding(const policy::Rule& rule, std::string message, Range range);
  const policy::Rule& AddRule(std::string id, std::string name, Severity severity);
};

// What a report is made of in everyday use: each verdict, an origin chain, a suppression, a broken
// document, skipped files.
[[nodiscard]] SampleReport EverydayReport();

// The same shapes, with paths, messages, notes and reasons written by somebody who would like the
// report to say something else.
[[nodiscard]] SampleReport HostileReport();

[[nodiscard]] View SampleView();

}  // namespace restorable::report
