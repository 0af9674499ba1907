#include "report/document_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "json/parse.h"
#include "report/diagnostics.h"

namespace restorable::report {

std::vector<Diagnostic> DocumentReader::Read(const SourceFile& file, const Limits& limits) {
  json::ParseResult parsed = json::Parse(file, arena_, limits);
  if (!parsed.ok) return std::move(parsed.diagnostics);
  const Value root = parsed.root;
  if (!IsReport(root)) {
    diagnostics_.push_back({&kNotReport, file.WholeRange(), {}, {}});
    return std::move(diagnostics_);
  }
  if (const std::size_t version = Number(root, "version"); version != 1) {
    diagnostics_.push_back(
        {&kReportVersion, root.Find("version")->range(), {std::to_string(version)}, {}});
    return std::move(diagnostics_);
  }
  if (const Value* const summary = Typed(root, "summary", Kind::kMap, "an object")) {
    ReadSummary(*summary);
  }
  ReadEach(root, "findings", [this](Value finding) { ReadFinding(finding); });
  ReadEach(root, "diagnostics", [this](Value diagnostic) { ReadDiagnostic(diagnostic); });
  ReadEach(root, "skipped", [this](Value skipped) {
    report_.skipped.push_back({Text(skipped, "file"), Text(skipped, "reason")});
  });
  return std::move(diagnostics_);
}

bool DocumentReader::IsReport(Value root) {
  const Value* const tool = root.Find("tool");
  const Value* const name = tool != nullptr ? tool->Find("name") : nullptr;
  return name != nullptr && name->IsString() && name->AsString() == "restorable" &&
         root.Find("version") != nullptr;
}

void DocumentReader::ReadSummary(Value summary) {
  report_.summary.files = Number(summary, "files");
  report_.summary.documents = Number(summary, "documents");
  report_.summary.resources = Number(summary, "resources");
  const Value* const skipped = Typed(summary, "skippedDocuments", Kind::kMap, "an object");
  if (skipped == nullptr) return;
  for (const MapEntry& entry : skipped->AsMap()) {
    const std::string reason(entry.key.AsString());
    report_.summary.skipped_documents[reason] = Number(*skipped, reason);
  }
}

void DocumentReader::ReadFinding(Value value) {
  policy::Rule rule;
  rule.id = Text(value, "rule");
  rule.name = Text(value, "name");
  rule.docs = Text(value, "docs");
  rule.remediation = Text(value, "remediation");
  rule.severity = ReadSeverity(value);
  if (rule.id.empty()) return Report(value, "rule", "the id of a rule");
  policy::Finding finding;
  finding.severity = rule.severity;
  finding.rule = &merger_.RuleFor(std::move(rule));
  finding.verdict = ReadVerdict(value);
  finding.message = Text(value, "message");
  if (const Value* const resource = Typed(value, "resource", Kind::kMap, "an object")) {
    finding.resource_type = Text(*resource, "type");
    finding.resource_address = Text(*resource, "address");
  }
  finding.range = Location(value, "location");
  finding.origin = Notes(value, "origin");
  finding.waiting_for = Texts(value, "waitingFor");
  finding.fingerprint = Text(value, "fingerprint");
  finding.environments = Texts(value, "environments");
  if (const Value* const suppressed = Typed(value, "suppressed", Kind::kMap, "an object")) {
    finding.suppressed = ReadSuppression(*suppressed);
  }
  report_.findings.push_back(std::move(finding));
}

std::optional<policy::Suppression> DocumentReader::ReadSuppression(Value suppressed) {
  using Kind = policy::Suppression::Kind;
  return policy::Suppression{
      Text(suppressed, "kind") == "inSource" ? Kind::kInSource : Kind::kConfiguration,
      Text(suppressed, "reason"), Text(suppressed, "until"), Location(suppressed, "location")};
}

void DocumentReader::ReadDiagnostic(Value value) {
  report_.diagnostics.push_back({&merger_.KindFor(Text(value, "code"), ReadSeverity(value)),
                                 Location(value, "location"),
                                 {Text(value, "message")},
                                 Notes(value, "notes")});
}

std::string DocumentReader::Text(Value map, std::string_view name) {
  const Value* const value = Typed(map, name, Kind::kString, "a string");
  return value != nullptr ? std::string(value->AsString()) : std::string();
}

std::size_t DocumentReader::Number(Value map, std::string_view name) {
  const Value* const value = Typed(map, name, Kind::kInt, "a number");
  if (value == nullptr) return 0;
  // Sums of what is counted must not overflow, whoever wrote it.
  if (value->AsInt() < 0 || value->AsInt() > std::numeric_limits<std::uint32_t>::max()) {
    Report(*value, name, "a number from 0 to 4294967295");
    return 0;
  }
  return static_cast<std::size_t>(value->AsInt());
}

std::vector<std::string> DocumentReader::Texts(Value map, std::string_view name) {
  std::vector<std::string> texts;
  const Value* const list = Typed(map, name, Kind::kList, "a list");
  for (const Value& item : list != nullptr ? list->AsList() : std::span<const Value>()) {
    if (item.IsString()) {
      texts.emplace_back(item.AsString());
    } else {
      Report(item, name, "a list of strings");
    }
  }
  return texts;
}

Severity DocumentReader::ReadSeverity(Value map) {
  const std::string word = Text(map, "severity");
  for (const Severity severity : {Severity::kInfo, Severity::kWarning, Severity::kError}) {
    if (word == Name(severity)) return severity;
  }
  Report(map, "severity", "error, warning or info");
  return Severity::kError;
}

policy::Verdict DocumentReader::ReadVerdict(Value map) {
  const std::string word = Text(map, "verdict");
  for (const auto verdict : {policy::Verdict::kViolated, policy::Verdict::kUndetermined}) {
    if (word == Name(verdict)) return verdict;
  }
  Report(map, "verdict", "violated or undetermined");
  return policy::Verdict::kViolated;
}

Range DocumentReader::Location(Value map, std::string_view name) {
  const Value* const location = Typed(map, name, Kind::kMap, "an object");
  return location != nullptr ? Place(*location) : Range();
}

Range DocumentReader::Place(Value place) {
  if (place.Find("file") == nullptr) return {};
  const auto position = [&](std::string_view line, std::string_view column) {
    return Position{static_cast<std::uint32_t>(Number(place, line)),
                    static_cast<std::uint32_t>(Number(place, column))};
  };
  Merger::Spot spot{Text(place, "file"), position("line", "column"),
                    position("endLine", "endColumn")};
  spot.end = std::max(spot.begin, spot.end);
  merger_.spots_.push_back(std::move(spot));
  return {FileId(0), static_cast<std::uint32_t>(merger_.spots_.size() - 1), 0};
}

std::vector<Note> DocumentReader::Notes(Value map, std::string_view name) {
  std::vector<Note> notes;
  ReadEach(map, name, [&](Value note) { notes.push_back({Place(note), Text(note, "note")}); });
  return notes;
}

void DocumentReader::ReadEach(Value map, std::string_view name, const auto& read) {
  const Value* const list = Typed(map, name, Kind::kList, "a list");
  for (const Value& item : list != nullptr ? list->AsList() : std::span<const Value>()) {
    if (item.IsMap()) {
      read(item);
    } else {
      Report(item, name, "a list of objects");
    }
  }
}

// nullptr if it is absent, null or of another kind.
const Value* DocumentReader::Typed(Value map, std::string_view name, Kind kind,
                                   std::string_view type) {
  const Value* const value = map.Find(name);
  if (value == nullptr || value->IsNull() || value->Is(kind)) {
    return value != nullptr && value->IsNull() ? nullptr : value;
  }
  Report(*value, name, type);
  return nullptr;
}

void DocumentReader::Report(Value value, std::string_view name, std::string_view type) {
  diagnostics_.push_back(
      {&kBadReportField, value.range(), {std::string(name), std::string(type)}, {}});
}

}  // namespace restorable::report
