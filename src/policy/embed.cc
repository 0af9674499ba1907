#include "policy/embed.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "policy/example.h"
#include "policy/rule_set_impl.h"
#include "value/json.h"

namespace restorable::policy {
namespace {

using Kinds = std::set<std::string, std::less<>>;

void AddKinds(const Reach& reach, Kinds& kinds) {
  kinds.insert(reach.kinds.begin(), reach.kinds.end());
  if (reach.anything) kinds.emplace(kAnyKind);
}

void AppendKinds(std::string& out, const Kinds& kinds) {
  out += '[';
  for (const std::string& kind : kinds) {
    if (out.back() != '[') out += ',';
    AppendJsonString(out, kind);
  }
  out += ']';
}

// A document but for its tests.
void AppendDocument(std::string& out, Value value) {
  out += '{';
  for (const MapEntry& entry : value.AsMap()) {
    if (entry.key.AsString() == "tests") continue;
    if (out.back() != '{') out += ',';
    AppendJsonString(out, entry.key.AsString());
    out += ':';
    if (entry.key.AsString() == "spec") {
      AppendDocument(out, entry.value);
    } else {
      out += ToJson(entry.value);
    }
  }
  out += '}';
}

std::string RulesAsJson(const RuleSet::Impl& rules) {
  std::string out = "{\"documents\":[";
  for (const Value& document : rules.documents) {
    if (out.back() != '[') out += ',';
    AppendDocument(out, document);
  }
  std::map<std::string_view, Kinds> by_rule;
  for (const auto& entry : rules.checks) {
    AddKinds(rules.Compiled(entry).reach, by_rule[entry.rule->id]);
  }
  out += "],\"kinds\":{";
  for (const auto& [rule, kinds] : by_rule) {
    if (out.back() != '{') out += ',';
    AppendJsonString(out, rule);
    out += ':';
    AppendKinds(out, kinds);
  }
  Kinds lowering_kinds;
  for (const auto& entry : rules.lowerings) AddKinds(rules.Compiled(entry).reach, lowering_kinds);
  out += "},\"loweringKinds\":";
  AppendKinds(out, lowering_kinds);
  return out + "}";
}

std::string ExamplesAsJson(const RuleSet& rules) {
  std::string out = "{";
  for (const Rule& rule : rules.rules()) {
    const std::optional<RuleExample> example = FindExample(rules, rule);
    if (!example) continue;
    if (out.back() != '{') out += ',';
    AppendJsonString(out, rule.id);
    out += ":{\"text\":";
    AppendJsonString(out, example->text);
    out += ",\"lines\":[";
    for (const std::uint32_t line : example->lines) {
      if (out.back() != '[') out += ',';
      out += std::to_string(line);
    }
    out += "]}";
  }
  return out + "}";
}

// Pieces of a line each, so that compilers and people can read it.
std::string AsLiteral(std::string_view text) {
  constexpr std::size_t kLineBytes = 4000;
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += kLineBytes) {
    out += "    \"";
    for (const char c : text.substr(at, kLineBytes)) {
      if (c == '"' || c == '\\') out += '\\';
      // A question mark could be read as the beginning of a trigraph.
      out += c == '?' ? std::string("\\?") : std::string(1, c);
    }
    out += "\"\n";
  }
  return out;
}

}  // namespace

std::string EmbeddedSource(const RuleSet& rules) {
  return "// Made from rules/ by restorable_embed.\n"
         "#include \"policy/built_in.h\"\n\n"
         "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
         "namespace restorable::policy {\n"
         "namespace {\n\n"
         "constexpr char kRules[] =\n" +
         AsLiteral(RulesAsJson(rules.impl())) +
         ";\n\n"
         "constexpr char kExamples[] =\n" +
         AsLiteral(ExamplesAsJson(rules)) +
         ";\n\n"
         "}  // namespace\n\n"
         "std::string_view BuiltInRules() { return {kRules, sizeof kRules - 1}; }\n"
         "std::string_view BuiltInExamples() { return {kExamples, sizeof kExamples - 1}; }\n\n"
         "}  // namespace restorable::policy\n";
}

}  // namespace restorable::policy
