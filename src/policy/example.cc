#include "policy/example.h"

#include <algorithm>
#include <utility>

#include "base/arena.h"
#include "base/source.h"
#include "json/parse.h"
#include "policy/built_in.h"
#include "policy/rule_set_impl.h"
#include "policy/rule_test_case.h"

namespace restorable::policy {
namespace {

std::optional<RuleExample> ToExample(const RuleTestCase& test) {
  if (test.files.size() != 1 || !test.files.front().first.ends_with(".yaml")) return std::nullopt;
  RuleExample example{.text = std::string(test.files.front().second), .lines = {}};
  for (const Expectation& expected : test.expected) {
    if (expected.verdict == Verdict::kViolated && expected.line) {
      example.lines.push_back(*expected.line);
    }
  }
  if (example.lines.empty()) return std::nullopt;
  return example;
}

std::optional<RuleExample> FromTests(Value tests) {
  std::optional<RuleExample> shortest;
  if (!tests.IsList()) return shortest;
  std::vector<Diagnostic> ignored;  // whoever runs the tests is told
  for (const Value& value : tests.AsList()) {
    const std::optional<RuleTestCase> test = ReadRuleTest(value, ignored);
    std::optional<RuleExample> example = test ? ToExample(*test) : std::nullopt;
    if (!example) continue;
    if (!shortest || example->text.size() < shortest->text.size()) shortest = std::move(example);
  }
  return shortest;
}

std::optional<RuleExample> BuiltInExample(const Rule& rule, const Limits& limits) {
  Arena arena;
  const SourceFile file(FileId::kNone, "", std::string(BuiltInExamples()));
  const json::ParseResult parsed = json::Parse(file, arena, limits);
  const Value* const found = parsed.root.Find(rule.id);
  if (found == nullptr) return std::nullopt;
  RuleExample example{.text = std::string(found->Find("text")->AsString()), .lines = {}};
  for (const Value& line : found->Find("lines")->AsList()) {
    example.lines.push_back(static_cast<std::uint32_t>(line.AsInt()));
  }
  return example;
}

}  // namespace

std::optional<RuleExample> FindExample(const RuleSet& rules, const Rule& rule) {
  const RuleSet::Impl& impl = rules.impl();
  if (rule.built_in) return BuiltInExample(rule, impl.limits);
  const auto found = std::ranges::find(impl.rules, rule.id, &Rule::id);
  if (found == impl.rules.end()) return std::nullopt;
  return FromTests(impl.tests[static_cast<std::size_t>(found - impl.rules.begin())]);
}

}  // namespace restorable::policy
