#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/source.h"
#include "base/text.h"
#include "cli/app.h"
#include "cli/loaded_rules.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "policy/example.h"
#include "policy/rule.h"
#include "report/printable.h"
#include "report/wrap.h"
#include "value/json.h"

namespace restorable::cli {
namespace {

struct ExplainArguments {
  std::string id;
  RuleOptions rules;
};

std::string Paragraph(std::string_view text, const report::Style& style) {
  return text.empty() ? "" : "\n" + report::Wrap(text, style.width, 0) + "\n";
}

// A labelled line, its text in one column with the others.
std::string Field(std::string_view label, std::string_view text, const report::Style& style) {
  constexpr std::size_t kColumn = 14;
  if (text.empty()) return {};
  const std::string padded = fmt::format("{:<{}}", fmt::format("{}:", label), kColumn);
  return style.Painted(style.palette->info, padded) + report::Wrap(text, style.width, kColumn) +
         "\n";
}

std::string SeverityText(const policy::Rule& rule) {
  std::string text(Name(rule.effective_severity));
  if (!rule.enabled) text += ", but not enabled";
  return text;
}

std::string ParamsText(const policy::Rule& rule) {
  std::string out;
  if (!rule.params.IsMap()) return out;
  for (const MapEntry& entry : rule.params.AsMap()) {
    if (!out.empty()) out += "\n\n";
    out += fmt::format("{} = {}", entry.key.AsString(), ToJson(entry.value));
  }
  return out;
}

// The manifest with its lines numbered, those that are found marked.
std::string ExampleText(const policy::RuleExample& example, const report::Style& style) {
  const SourceFile file(FileId::kNone, "", example.text);
  std::string out = "\nFound, for example, in\n\n";
  for (std::uint32_t number = 1; number <= file.LineCount(); ++number) {
    if (number == file.LineCount() && file.Line(number).empty()) break;
    const bool found = std::ranges::find(example.lines, number) != example.lines.end();
    const std::string gutter = fmt::format("{:>4} {}", number, found ? '>' : '|');
    out += style.Painted(found ? style.palette->error : style.palette->faint, gutter);
    out += " " + report::Printable(file.Line(number)) + "\n";
  }
  return out;
}

std::string Page(const policy::RuleSet& rules, const policy::Rule& rule,
                 const report::Style& style) {
  std::string out = style.Painted(style.palette->strong,
                                  fmt::format("{} {}", rule.id, report::Printable(rule.title)));
  out += "\n" + Paragraph(rule.description, style);
  if (!rule.remediation.empty()) out += Paragraph("What to do: " + rule.remediation, style);
  out += "\n" + Field("Name", rule.name, style) + Field("Severity", SeverityText(rule), style) +
         Field("Category", rule.category, style);
  out += Field("Matrix", fmt::format("{}", fmt::join(rule.matrix, ", ")), style);
  out += Field("Parameters", ParamsText(rule), style) + Field("Docs", rule.docs, style);
  if (const auto example = policy::FindExample(rules, rule)) out += ExampleText(*example, style);
  return out;
}

void ComplainAboutRule(std::string_view id, std::span<const policy::Rule> rules) {
  std::vector<std::string_view> names;
  for (const policy::Rule& rule : rules) {
    names.push_back(rule.id);
    names.push_back(rule.name);
  }
  const auto nearest = NearestName(id, names);
  const std::string hint =
      nearest ? fmt::format("did you mean `{}`?", *nearest) : "`restorable rules` lists them";
  Complain(fmt::format("explain: there is no rule `{}`; {}", id, hint));
}

ExitStatus Explain(const ExplainArguments& arguments) {
  const auto loaded = LoadRules(arguments.rules, ".", Limits{});
  if (!loaded) return ExitStatus::kFailure;
  const policy::Rule* const rule = loaded->rules->Find(arguments.id);
  if (rule == nullptr) {
    ComplainAboutRule(arguments.id, loaded->rules->rules());
    return ExitStatus::kFailure;
  }
  const bool printed = Print(Page(*loaded->rules, *rule, TerminalStyle(ColorMode::kAuto)));
  return printed && loaded->complete ? ExitStatus::kPass : ExitStatus::kFailure;
}

}  // namespace

Action DeclareExplain(CLI::App& app) {
  const auto arguments = std::make_shared<ExplainArguments>();
  app.add_option("ID", arguments->id, "the id or the name of a rule")->required();
  DeclareRuleOptions(app, arguments->rules);
  return [arguments] { return Explain(*arguments); };
}

}  // namespace restorable::cli
