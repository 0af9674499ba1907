#include "report/merger.h"

#include <algorithm>
#include <compare>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "report/document_reader.h"

namespace restorable::report {
namespace {

template <typename T>
void Append(std::vector<T>& to, std::vector<T>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// What a report says of a suppression, empty without one.
std::string SuppressionKey(const policy::Finding& finding) {
  return finding.suppressed ? finding.suppressed->until + " " + finding.suppressed->reason : "";
}

void VisitRanges(std::vector<Note>& notes, const auto& visit) {
  for (Note& note : notes) visit(note.range);
}

void VisitRanges(scan::Report& report, const auto& visit) {
  for (policy::Finding& finding : report.findings) {
    visit(finding.range);
    VisitRanges(finding.origin, visit);
    if (finding.suppressed) visit(finding.suppressed->range);
  }
  for (Diagnostic& diagnostic : report.diagnostics) {
    visit(diagnostic.range);
    VisitRanges(diagnostic.notes, visit);
  }
}

// By `key`, each key once.
void SortUnique(auto& items, const auto& key) {
  std::stable_sort(items.begin(), items.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto is_same = [&](const auto& a, const auto& b) { return key(a) == key(b); };
  items.erase(std::unique(items.begin(), items.end(), is_same), items.end());
}

}  // namespace

std::vector<Diagnostic> Merger::Add(const SourceFile& document) {
  scan::Report added;
  std::vector<Diagnostic> diagnostics = DocumentReader(*this, added).Read(document, limits_);
  if (!diagnostics.empty()) return diagnostics;
  Append(report_.findings, std::move(added.findings));
  Append(report_.diagnostics, std::move(added.diagnostics));
  Append(report_.skipped, std::move(added.skipped));
  scan::Summary& sum = report_.summary;
  sum.files += added.summary.files;
  sum.documents += added.summary.documents;
  sum.resources += added.summary.resources;
  for (const auto& [reason, count] : added.summary.skipped_documents) {
    sum.skipped_documents[reason] += count;
  }
  return {};
}

const scan::Report& Merger::Finish() {
  PlaceRanges();
  Sort();
  Count();
  return report_;
}

// A document says what its version of the rule was.
const policy::Rule& Merger::RuleFor(policy::Rule said) {
  const auto found = rules_.find(said.id);
  if (found != rules_.end()) return found->second;
  policy::Rule rule = said;
  rule.title = said.name;
  if (const policy::Rule* const known = known_.Find(said.id)) {
    rule = *known;
    rule.name = said.name;
    rule.docs = said.docs;
    rule.remediation = said.remediation;
  }
  return rules_.emplace(said.id, std::move(rule)).first->second;
}

const DiagnosticKind& Merger::KindFor(std::string_view id, Severity severity) {
  const auto found = std::ranges::find_if(kinds_, [&](const DiagnosticKind& kind) {
    return kind.id == id && kind.severity == severity;
  });
  if (found != kinds_.end()) return *found;
  return kinds_.emplace_back(DiagnosticKind{kind_ids_.emplace_back(id), severity, "{0}"});
}

// Files are numbered by their paths, and the places in each by their order.
void Merger::PlaceRanges() {
  std::map<std::string, std::set<Position>> places;
  VisitRanges(report_, [&](const Range& range) {
    if (range.IsNone()) return;
    const Spot& spot = spots_[range.begin];
    places[spot.path].insert({spot.begin, spot.end});
  });
  std::map<std::string_view, const SourceFile*> files;
  for (auto& [path, positions] : places) {
    const auto id = static_cast<FileId>(report_.sources.size());
    auto file = std::make_unique<SourceFile>(
        id, path, std::vector<Position>(positions.begin(), positions.end()));
    files[path] = file.get();
    report_.sources[id] = std::move(file);
  }
  VisitRanges(report_, [&](Range& range) {
    if (range.IsNone()) return;
    const Spot& spot = spots_[range.begin];
    const std::set<Position>& positions = places.at(spot.path);
    const auto number = [&](Position position) {
      return static_cast<std::uint32_t>(std::distance(positions.begin(), positions.find(position)));
    };
    range = {files.at(spot.path)->id(), number(spot.begin), number(spot.end)};
  });
}

void Merger::Sort() {
  SortUnique(report_.findings, [](const policy::Finding& finding) {
    return std::tuple(finding.range, std::string_view(finding.rule->id),
                      std::string_view(finding.resource_address), std::string_view(finding.message),
                      std::string_view(finding.fingerprint), finding.verdict, finding.severity,
                      finding.waiting_for, finding.environments, SuppressionKey(finding));
  });
  SortUnique(report_.diagnostics, [](const Diagnostic& diagnostic) {
    return std::tuple(diagnostic.range, diagnostic.kind->id, Message(diagnostic));
  });
  SortUnique(report_.skipped, [](const scan::Skipped& skipped) {
    return std::tuple(std::string_view(skipped.path), std::string_view(skipped.reason));
  });
}

void Merger::Count() {
  scan::Summary& summary = report_.summary;
  for (const policy::Finding& finding : report_.findings) {
    const bool is_open = finding.verdict == policy::Verdict::kUndetermined;
    ++(finding.suppressed ? summary.suppressed
       : is_open          ? summary.undetermined
                          : summary.violations);
  }
  summary.errors = static_cast<std::size_t>(
      std::ranges::count(report_.diagnostics, Severity::kError,
                         [](const Diagnostic& diagnostic) { return diagnostic.kind->severity; }));
}

}  // namespace restorable::report
