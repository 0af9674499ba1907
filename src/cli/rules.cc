#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/app.h"
#include "cli/loaded_rules.h"
#include "cli/output.h"
#include "policy/rule.h"
#include "report/printable.h"
#include "value/json.h"

namespace restorable::cli {
namespace {

struct RulesArguments {
  RuleOptions rules;
  std::string format = "text";
};

std::string Table(std::span<const policy::Rule> rules) {
  std::size_t id_columns = 0;
  for (const policy::Rule& rule : rules) id_columns = std::max(id_columns, rule.id.size());
  std::string out;
  for (const policy::Rule& rule : rules) {
    const std::string_view severity = rule.enabled ? Name(rule.effective_severity) : "off";
    out += fmt::format("{:<{}}  {:<8} {:<11} {}\n", rule.id, id_columns, severity, rule.category,
                       report::Printable(rule.title));
  }
  return out;
}

std::string JsonMember(std::string_view name, std::string_view text) {
  std::string out = fmt::format("\"{}\": ", name);
  AppendJsonString(out, text);
  return out;
}

std::string JsonList(std::span<const policy::Rule> rules) {
  std::string out = "[";
  for (const policy::Rule& rule : rules) {
    out += out.size() == 1 ? "\n  {" : ",\n  {";
    out += JsonMember("id", rule.id) + ", " + JsonMember("name", rule.name) + ", ";
    out += JsonMember("title", rule.title) + ", ";
    out += JsonMember("severity", Name(rule.effective_severity)) + ", ";
    out += fmt::format("\"enabled\": {}, ", rule.enabled);
    out += JsonMember("category", rule.category) + ", " + JsonMember("docs", rule.docs) + ", ";
    out += fmt::format("\"params\": {}}}", rule.params.IsNull() ? "{}" : ToJson(rule.params));
  }
  return out + "\n]\n";
}

ExitStatus ListRules(const RulesArguments& arguments) {
  const auto loaded = LoadRules(arguments.rules, ".", Limits{});
  if (!loaded) return ExitStatus::kFailure;
  const auto rules = loaded->rules->rules();
  const bool printed = Print(arguments.format == "json" ? JsonList(rules) : Table(rules));
  return printed && loaded->complete ? ExitStatus::kPass : ExitStatus::kFailure;
}

}  // namespace

Action DeclareRules(CLI::App& app) {
  const auto arguments = std::make_shared<RulesArguments>();
  app.add_option("-f,--format", arguments->format, "how to list them")
      ->type_name("text|json")
      ->check(OneOf({"text", "json"}));
  DeclareRuleOptions(app, arguments->rules);
  return [arguments] { return ListRules(*arguments); };
}

}  // namespace restorable::cli
