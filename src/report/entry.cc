#include "report/entry.h"

#include <fmt/format.h>

#include <algorithm>

#include "policy/rule.h"
#include "report/frame.h"
#include "report/place.h"
#include "report/printable.h"
#include "report/summary.h"
#include "report/wrap.h"

namespace restorable::report {
namespace {

constexpr std::size_t kIndent = 2;       // of what stands below the first line
constexpr std::size_t kMostNotes = 8;    // of one entry; a chain of aliases has no end
constexpr std::size_t kMostInputs = 16;  // that an undetermined finding names

std::string SuppressionText(const policy::Suppression& suppression) {
  std::string text = suppression.reason;
  if (!suppression.until.empty()) text += fmt::format(" (until {})", suppression.until);
  if (suppression.kind == policy::Suppression::Kind::kConfiguration) text += " (configuration)";
  return text;
}

std::string Joined(const std::vector<std::string>& items, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < std::min(items.size(), most); ++i) {
    if (i > 0) out += ", ";
    out += items[i];
  }
  if (items.size() > most) out += fmt::format(" and {} more", items.size() - most);
  return out;
}

std::string_view Label(const policy::Finding& finding) {
  if (finding.suppressed) return "suppressed";
  if (finding.verdict == policy::Verdict::kUndetermined) return "undetermined";
  return Name(finding.severity);
}

// "path:line:column: ", "address: " for a range that points nowhere, or nothing.
std::string PlacePrefix(const SourceFile* file, Range range, std::string_view address,
                        const Style& style) {
  if (file == nullptr && address.empty()) return {};
  std::string place = AtLineStart(Printable(address));
  if (file != nullptr) {
    const Position begin = file->PositionAt(TrimmedRange(*file, range).begin);
    place = PlaceName({file->path(), begin, begin});
  }
  return style.Painted(style.palette->strong, place + ":") + " ";
}

void AppendNotes(std::string& out, std::span<const Note> notes, const FindFile& find_file,
                 const Style& style) {
  for (const Note& note : notes.first(std::min(notes.size(), kMostNotes))) {
    const SourceFile* const file = find_file(note.range.file);
    out.append(kIndent, ' ');
    out += style.Painted(style.palette->info, "note: ");
    out += PlacePrefix(file, note.range, {}, style) + Printable(note.text) + '\n';
    if (file != nullptr) {
      out += Frame(*file, note.range, style, style.palette->info, 2 * kIndent);
    }
  }
  if (notes.size() > kMostNotes) {
    out.append(kIndent, ' ');
    out += fmt::format("and {} more notes\n", notes.size() - kMostNotes);
  }
}

std::vector<const policy::Finding*> Shown(const scan::Report& report, const View& view) {
  std::vector<const policy::Finding*> shown;
  for (const policy::Finding& finding : report.findings) {
    if (IsShown(finding, view)) shown.push_back(&finding);
  }
  return shown;
}

// Whether one answer settles both: they wait for the same, at the same place.
bool WaitTogether(const policy::Finding& a, const policy::Finding& b) {
  const auto waits = [](const policy::Finding& finding) {
    return finding.verdict == policy::Verdict::kUndetermined && !finding.suppressed;
  };
  return waits(a) && waits(b) && a.range == b.range && a.waiting_for == b.waiting_for &&
         a.environments == b.environments;
}

// Tells of further findings that wait together with the one that `entry` is of.
void AddOpenRules(Entry& entry, std::span<const policy::Finding* const> findings) {
  std::string text;
  for (const policy::Finding* const finding : findings) {
    if (!text.empty()) text += ", ";
    text.append(finding->rule->id).append(" ").append(finding->rule->name);
  }
  entry.remarks.insert(entry.remarks.begin() + 1, {"also open", std::move(text)});
}

// Remarks on what was read are for those who ask.
void AddDiagnostics(const scan::Report& report, const View& view, std::vector<Entry>& entries) {
  for (const Diagnostic& diagnostic : report.diagnostics) {
    const bool is_remark = diagnostic.kind->severity == Severity::kInfo;
    if (!is_remark || view.verbose) entries.push_back(ToEntry(diagnostic));
  }
}

}  // namespace

std::string Statement(const policy::Finding& finding) {
  if (finding.verdict != policy::Verdict::kUndetermined) return finding.message;
  return "cannot tell whether " + finding.message;
}

Entry ToEntry(const policy::Finding& finding) {
  const policy::Rule& rule = *finding.rule;
  Entry entry{.label = Label(finding),
              .severity = Counts(finding) ? finding.severity : Severity::kInfo,
              .message = Statement(finding),
              .id = rule.id,
              .range = finding.range,
              .address = finding.resource_address,
              .notes = finding.origin};
  const auto remark = [&](std::string_view label, std::string text) {
    if (!text.empty()) entry.remarks.push_back({label, std::move(text)});
  };
  remark("waiting for", Joined(finding.waiting_for, kMostInputs));
  remark("in", Joined(finding.environments, kMostInputs));
  if (finding.suppressed) {
    remark("reason", SuppressionText(*finding.suppressed));
  } else {
    if (finding.verdict == policy::Verdict::kViolated) remark("help", rule.remediation);
    remark("docs", rule.docs);
  }
  return entry;
}

Entry ToEntry(const Diagnostic& diagnostic) {
  return {.label = Name(diagnostic.kind->severity),
          .severity = diagnostic.kind->severity,
          .message = Message(diagnostic),
          .id = diagnostic.kind->id,
          .range = diagnostic.range,
          .notes = diagnostic.notes};
}

std::vector<Entry> ShownEntries(const scan::Report& report, const View& view) {
  std::vector<Entry> entries;
  for (const policy::Finding* const finding : Shown(report, view)) {
    entries.push_back(ToEntry(*finding));
  }
  AddDiagnostics(report, view, entries);
  return entries;
}

std::vector<Entry> FoldedEntries(const scan::Report& report, const View& view) {
  std::vector<Entry> entries;
  const std::vector<const policy::Finding*> shown = Shown(report, view);
  for (auto first = shown.begin(); first != shown.end();) {
    const auto rest = std::find_if_not(first + 1, shown.end(), [&](const policy::Finding* finding) {
      return WaitTogether(**first, *finding);
    });
    entries.push_back(ToEntry(**first));
    if (rest - first > 1) AddOpenRules(entries.back(), {first + 1, rest});
    first = rest;
  }
  AddDiagnostics(report, view, entries);
  return entries;
}

std::string Render(const Entry& entry, const FindFile& find_file, const Style& style) {
  const SourceFile* const file = find_file(entry.range.file);
  const std::string_view color = style.palette->For(entry.severity);
  std::string out = PlacePrefix(file, entry.range, entry.address, style);
  out += style.Painted(color, fmt::format("{}:", entry.label));
  out += fmt::format(" {} [{}]\n", style.Painted(style.palette->strong, Printable(entry.message)),
                     Printable(entry.id));
  if (file != nullptr) out += Frame(*file, entry.range, style, color, kIndent);
  AppendNotes(out, entry.notes, find_file, style);
  for (const Entry::Remark& remark : entry.remarks) {
    const std::string label = fmt::format("{}: ", remark.label);
    out.append(kIndent, ' ');
    out += style.Painted(style.palette->info, label);
    out += Wrap(remark.text, style.width, kIndent + label.size()) + '\n';
  }
  return out;
}

}  // namespace restorable::report
