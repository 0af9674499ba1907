#include "policy/markdown.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "value/json.h"

namespace restorable::policy {
namespace {

constexpr std::size_t kColumns = 100;

std::string Code(std::string_view text) { return "`" + std::string(text) + "`"; }

// Words that would start something else at the beginning of a line keep to the line before.
std::string Paragraph(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const bool is_markup = std::string_view("-+*#>|").find(word.front()) != std::string_view::npos;
    if (column > 0 && column + 1 + word.size() > kColumns && !is_markup) {
      out += '\n';
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out + "\n";
}

std::string Joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

std::string SelectorText(std::string_view group, std::string_view kind) {
  const std::string_view name = kind == "*" ? "every kind" : kind;
  if (group == "*") return Code(name);
  return group.empty() ? Code(name) : Code(std::string(group) + "/" + std::string(name));
}

// What the rule looks at, each once.
std::vector<std::string> Subjects(const Rule& rule) {
  std::set<std::string> subjects;
  for (const Check& check : rule.checks) {
    for (const Selector& selector : check.match.kubernetes) {
      for (const std::string_view group : selector.groups) {
        for (const std::string_view kind : selector.kinds) {
          subjects.insert(SelectorText(group, kind));
        }
      }
    }
    for (const std::string_view type : check.match.azure) subjects.insert(Code(type));
  }
  return {subjects.begin(), subjects.end()};
}

std::string Cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string SeverityText(const Rule& rule) {
  return std::string(Name(rule.severity)) + (rule.enabled ? "" : ", off unless configured");
}

std::string Row(std::string_view label, std::string_view text) {
  return text.empty() ? "" : "| " + std::string(label) + " | " + Cell(text) + " |\n";
}

std::string ParamsSection(const Rule& rule) {
  if (!rule.params.IsMap() || rule.params.size() == 0) return {};
  std::string out = "\n## Parameters\n\n| name | default |\n| --- | --- |\n";
  for (const MapEntry& entry : rule.params.AsMap()) {
    out += "| " + Code(entry.key.AsString()) + " | " + Cell(Code(ToJson(entry.value))) + " |\n";
  }
  return out;
}

std::string SettingsSection(const Rule& rule) {
  return "\n## Turn it off, or change it\n\n"
         "In one place, with the reason (and, if you like, an end):\n\n"
         "```yaml\n# restorable:ignore " +
         rule.id +
         " -- why this is fine here until=2030-01-31\n```\n\n"
         "In a whole project, in `.restorable.yaml`:\n\n"
         "```yaml\nrules:\n  " +
         rule.id + ": {enabled: " + (rule.enabled ? "false" : "true") + "}\n```\n";
}

}  // namespace

std::string RulePage(const Rule& rule) {
  std::string out = "# " + rule.id + ": " + rule.title + "\n\n| | |\n| --- | --- |\n";
  out += Row("Name", Code(rule.name)) + Row("Severity", SeverityText(rule)) +
         Row("Category", rule.category);
  out += Row("Support matrix", Joined(rule.matrix, ", "));
  out += Row("At admission", rule.admission ? "yes" : "no");
  out += Row("Looks at", Joined(Subjects(rule), ", "));
  if (!rule.description.empty()) out += "\n## Why\n\n" + Paragraph(rule.description);
  if (!rule.remediation.empty()) out += "\n## What to do\n\n" + Paragraph(rule.remediation);
  if (!rule.docs.empty()) out += "\nSee [the documentation](" + rule.docs + ").\n";
  return out + ParamsSection(rule) + SettingsSection(rule);
}

std::string RuleIndex(std::span<const Rule> rules) {
  std::string out =
      "# Rules\n\n"
      "Made from the files in `rules/aks-backup`; `restorable explain ID` prints the same.\n\n"
      "| id | severity | category | what it finds |\n| --- | --- | --- | --- |\n";
  for (const Rule& rule : rules) {
    out += "| [" + rule.id + "](" + rule.id + ".md) | " + SeverityText(rule) + " | " +
           rule.category + " | " + Cell(rule.title) + " |\n";
  }
  return out;
}

}  // namespace restorable::policy
