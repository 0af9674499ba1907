#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "report/merger.h"
#include "value/value.h"

namespace restorable::report {

// Reads what json.cc writes. Rules, kinds and places go to the merger.
class DocumentReader {
 public:
  DocumentReader(Merger& merger, scan::Report& report) : merger_(merger), report_(report) {}

  [[nodiscard]] std::vector<Diagnostic> Read(const SourceFile& file, const Limits& limits);

 private:
  [[nodiscard]] bool IsReport(Value root);
  void ReadFinding(Value finding);
  void ReadDiagnostic(Value diagnostic);
  void ReadSummary(Value summary);
  [[nodiscard]] std::optional<policy::Suppression> ReadSuppression(Value suppressed);

  // Fields by name. What is absent is empty, none or zero; what is of another type is complained
  // about.
  [[nodiscard]] std::string Text(Value map, std::string_view name);
  [[nodiscard]] std::size_t Number(Value map, std::string_view name);
  [[nodiscard]] std::vector<std::string> Texts(Value map, std::string_view name);
  [[nodiscard]] Severity ReadSeverity(Value map);
  [[nodiscard]] policy::Verdict ReadVerdict(Value map);
  [[nodiscard]] Range Location(Value map, std::string_view name);
  [[nodiscard]] Range Place(Value place);
  [[nodiscard]] std::vector<Note> Notes(Value map, std::string_view name);
  void ReadEach(Value map, std::string_view name, const auto& read);
  [[nodiscard]] const Value* Typed(Value map, std::string_view name, Kind kind,
                                   std::string_view type);
  void Report(Value value, std::string_view name, std::string_view type);

  Merger& merger_;
  scan::Report& report_;
  Arena arena_;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace restorable::report
