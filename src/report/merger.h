#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "policy/rule.h"
#include "policy/rule_set.h"
#include "scan/scan.h"

namespace restorable::report {

// Makes one report of those that WriteJson wrote: of the shards of an audit, of the jobs of a
// pipeline. Owns what the findings of the result speak of. Of the files that they are about only
// the places are known, so that a text report has no frames.
class Merger {
 public:
  // Rules say what documents leave out: titles and descriptions.
  Merger(const policy::RuleSet& rules, const Limits& limits) : known_(rules), limits_(limits) {}

  // Takes a document in. Errors: those of JSON, report-not-report, report-version,
  // report-bad-field; nothing of the document is taken then.
  [[nodiscard]] std::vector<Diagnostic> Add(const SourceFile& document);

  // Called once, when all documents are there. In the order of a scan, whatever the order in which
  // documents came. What several say alike is there once; what they read is summed up.
  [[nodiscard]] const scan::Report& Finish();

 private:
  friend class DocumentReader;

  // Where ranges point to until all documents are there: each is the number of one of these.
  struct Spot {
    std::string path;
    Position begin;
    Position end;
  };

  const policy::Rule& RuleFor(policy::Rule said);
  const DiagnosticKind& KindFor(std::string_view id, Severity severity);
  void PlaceRanges();
  void Sort();
  void Count();

  const policy::RuleSet& known_;
  Limits limits_;
  std::deque<Spot> spots_;
  std::map<std::string, policy::Rule, std::less<>> rules_;  // by id
  std::deque<std::string> kind_ids_;
  std::deque<DiagnosticKind> kinds_;
  scan::Report report_;
};

}  // namespace restorable::report
