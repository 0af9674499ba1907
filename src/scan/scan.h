#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "code/language.h"
#include "policy/finding.h"

namespace restorable::policy {
class RuleSet;
}

namespace restorable::scan {

struct Options {
  std::vector<std::string> paths;    // files and directories; "-" is standard input
  std::string stdin_name = "stdin";  // what reports call it
  std::size_t threads = 0;           // 0: as many as the process may use
  bool render = false;               // run helm and kustomize where they are called for
  code::Values values;               // of variables
  Limits limits;
  std::atomic<std::size_t>* progress = nullptr;  // counts the files as they are done
};

// Something that was looked at and not checked, and why.
struct Skipped {
  std::string path;
  std::string reason;
};

struct Summary {
  std::size_t files = 0;      // read
  std::size_t documents = 0;  // in them
  std::size_t resources = 0;  // checked
  std::size_t violations = 0;
  std::size_t undetermined = 0;
  std::size_t suppressed = 0;
  std::size_t errors = 0;                                // diagnostics of severity error
  std::map<std::string, std::size_t> skipped_documents;  // by reason
};

// All that a report needs. Sorted by (path, begin, rule): the same whatever the number of threads.
struct Report {
  std::vector<policy::Finding> findings;
  std::vector<Diagnostic> diagnostics;
  std::vector<Skipped> skipped;
  Summary summary;

  // The file a range points into, a rule's included; nullptr for a range that points nowhere.
  [[nodiscard]] const SourceFile* Find(FileId id) const;
  std::map<FileId, std::unique_ptr<SourceFile>> sources;  // that a finding or diagnostic mentions
  const policy::RuleSet* rules = nullptr;
};

// Reads everything under the paths and evaluates the rules on it. Never fails as a whole: what
// could not be read is a diagnostic.
[[nodiscard]] Report Scan(const Options& options, const policy::RuleSet& rules);

}  // namespace restorable::scan
