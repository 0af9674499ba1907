#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "policy/finding.h"
#include "report/formats.h"
#include "report/style.h"
#include "scan/scan.h"

namespace restorable::report {

// The file of a range; nullptr for one that points nowhere.
using FindFile = std::function<const SourceFile*(FileId)>;

// A finding or a diagnostic on its way to being text: a line that editors can follow, the code it
// is about, where that came from, and what else there is to say.
struct Entry {
  struct Remark {
    std::string_view label;  // "help"; lives for ever
    std::string text;
  };

  std::string_view label;  // "error", "undetermined"; lives for ever
  Severity severity = Severity::kError;
  std::string message;
  std::string_view id;  // of the rule or the kind
  Range range;
  std::string_view address;     // of the finding's resource: where it is if `range` points nowhere
  std::span<const Note> notes;  // of the finding or diagnostic
  std::vector<Remark> remarks;
};

// What a finding says. A rule's message states what is wrong; of an undetermined finding nobody
// knows whether it is so.
[[nodiscard]] std::string Statement(const policy::Finding& finding);

[[nodiscard]] Entry ToEntry(const policy::Finding& finding);
[[nodiscard]] Entry ToEntry(const Diagnostic& diagnostic);

// What reports list: the findings, then the diagnostics.
[[nodiscard]] std::vector<Entry> ShownEntries(const scan::Report& report, const View& view);
// The same for people: of undetermined findings that one answer would settle, the first speaks for
// all.
[[nodiscard]] std::vector<Entry> FoldedEntries(const scan::Report& report, const View& view);

// Several lines, the last with its end.
[[nodiscard]] std::string Render(const Entry& entry, const FindFile& find_file, const Style& style);

}  // namespace restorable::report
