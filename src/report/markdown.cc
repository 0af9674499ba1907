#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "policy/rule.h"
#include "report/entry.h"
#include "report/formats.h"
#include "report/printable.h"
#include "report/summary.h"

namespace restorable::report {
namespace {

// A comment on GitHub holds 65,536 characters.
constexpr std::size_t kMostRows = 150;

bool IsWordCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Whether a host would make a link of what begins at `at`: "://" or the dot of "www.".
bool BeginsLink(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with("://")) return true;
  return text[at] == '.' && at >= 3 && EqualsIgnoringAsciiCase(text.substr(at - 3, 3), "www");
}

// Text that stays text: no markup, no table cell, no link, no mention.
std::string MarkdownText(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*_[]<>&|~!$";
  const std::string printable = Printable(text);
  std::string out;
  for (std::size_t i = 0; i < printable.size(); ++i) {
    const char c = printable[i];
    if (kMarkup.find(c) != std::string_view::npos || BeginsLink(printable, i)) out += '\\';
    out += c;
    // An empty comment ends the word that a host would read as a mention or a reference.
    const bool before_word = i + 1 < printable.size() && IsWordCharacter(printable[i + 1]);
    if ((c == '@' || c == '#') && before_word) out += "<!-- -->";
  }
  return out;
}

std::string LinkedRule(const Entry& entry,
                       const std::map<std::string_view, std::string_view>& docs) {
  const auto found = docs.find(entry.id);
  if (found == docs.end() || found->second.find_first_of(" ()<>") != std::string_view::npos) {
    return MarkdownText(entry.id);
  }
  return fmt::format("[{}]({})", MarkdownText(entry.id), Printable(found->second));
}

// What to do about each rule that is in the table, once.
std::string Remedies(const scan::Report& report, const View& view) {
  std::map<std::string_view, std::string_view> remedies;
  for (const policy::Finding& finding : report.findings) {
    const policy::Rule& rule = *finding.rule;
    if (IsShown(finding, view) && !rule.remediation.empty()) remedies[rule.id] = rule.remediation;
  }
  if (remedies.empty()) return {};
  std::string out = "\n<details><summary>What to do</summary>\n\n";
  for (const auto& [id, remedy] : remedies) {
    out += fmt::format("- **{}**: {}\n", MarkdownText(id), MarkdownText(remedy));
  }
  return out + "\n</details>\n";
}

}  // namespace

std::string WriteMarkdown(const scan::Report& report, const View& view) {
  std::map<std::string_view, std::string_view> docs;
  for (const policy::Finding& finding : report.findings) {
    if (!finding.rule->docs.empty()) docs[finding.rule->id] = finding.rule->docs;
  }
  const std::vector<Entry> entries = ShownEntries(report, view);
  std::string out = fmt::format("### restorable\n\n{}\n", SummaryLine(report));
  if (!entries.empty()) out += "\n| | Rule | Where | What |\n| --- | --- | --- | --- |\n";
  for (std::size_t i = 0; i < std::min(entries.size(), kMostRows); ++i) {
    const Entry& entry = entries[i];
    const auto place = FindPlace(report, entry.range);
    out += fmt::format("| {} | {} | {} | {} |\n", entry.label, LinkedRule(entry, docs),
                       MarkdownText(place ? PlaceName(*place) : std::string(entry.address)),
                       MarkdownText(entry.message));
  }
  if (entries.size() > kMostRows)
    out += fmt::format("\n… and {} more\n", entries.size() - kMostRows);
  return out + Remedies(report, view);
}

}  // namespace restorable::report
