#include "policy/rule_test.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "policy/diagnostics.h"
#include "policy/rule_set_impl.h"
#include "policy/rule_test_case.h"
#include "policy/rule_test_run.h"
#include "value/json.h"

namespace restorable::policy {
namespace {

using Found = RuleTestOutcome::Found;

bool Fits(const Expectation& expected, const Found& found) {
  return (!expected.line || *expected.line == found.line) && expected.verdict == found.verdict &&
         (expected.file.empty() || expected.file == found.file) &&
         (!expected.column || *expected.column == found.column) &&
         found.message.find(expected.message) != std::string::npos;
}

std::string ToText(const Found& found, bool with_file) {
  std::string text = with_file ? found.file + ", " : "";
  text += "line " + std::to_string(found.line) + ", column " + std::to_string(found.column) + ": ";
  return text.append(Name(found.verdict)).append(": ").append(found.message);
}

// Each expectation takes one finding.
void Compare(const RuleTestCase& test, RuleTestOutcome outcome, RuleTestFailure& failure) {
  std::vector<Found>& found = outcome.found;
  for (const Expectation& expected : test.expected) {
    const auto fitting =
        std::ranges::find_if(found, [&](const Found& f) { return Fits(expected, f); });
    if (fitting != found.end()) {
      found.erase(fitting);
    } else {
      failure.missing.push_back(ToText(expected));
    }
  }
  for (const Found& rest : found) {
    failure.unexpected.push_back(ToText(rest, test.files.size() > 1));
  }
  std::ranges::move(outcome.errors, std::back_inserter(failure.unexpected));
}

class RuleTester {
 public:
  RuleTester(const std::vector<std::string>& paths, const Limits& limits)
      : paths_(paths), limits_(limits) {}

  RuleTestReport Run() {
    RuleSet::LoadResult loaded = RuleSet::Load(OptionsFor({}));
    report_.diagnostics = std::move(loaded.diagnostics);
    const RuleSet::Impl& impl = loaded.rules->impl();
    for (std::size_t i = 0; i < impl.rules.size(); ++i) {
      if (!impl.rules[i].built_in) TestRule(impl.rules[i], impl.tests[i], *loaded.rules);
    }
    report_.rules = std::move(loaded.rules);
    return std::move(report_);
  }

 private:
  RuleSet::Options OptionsFor(Configuration configuration) const {
    return {.built_in = true,
            .paths = paths_,
            .replace = true,
            .configuration = std::move(configuration),
            .limits = limits_};
  }

  void TestRule(const Rule& rule, Value tests, const RuleSet& rules) {
    ++report_.tested_rules;
    bool passes = false;
    bool violates = false;
    if (tests.IsList()) {
      for (const Value& value : tests.AsList()) {
        const std::optional<RuleTestCase> test = ReadRuleTest(value, report_.diagnostics);
        if (!test) continue;
        ++report_.tests;
        passes |= test->expected.empty();
        violates |= std::ranges::any_of(test->expected, [](const Expectation& expected) {
          return expected.verdict == Verdict::kViolated;
        });
        RunTest(rule, *test, rules);
      }
    }
    if (!passes) ReportUntested(rule, "passes");
    if (!violates) ReportUntested(rule, "violates it");
  }

  void RunTest(const Rule& rule, const RuleTestCase& test, const RuleSet& rules) {
    const RuleSet& used = SetFor(rule, test, rules);
    RuleTestFailure failure{rule.id, std::string(test.name), test.range, {}, {}};
    Compare(test, RunRuleTest(used, *used.Find(rule.id), test, limits_), failure);
    if (failure.missing.empty() && failure.unexpected.empty()) return;
    report_.failures.push_back(std::move(failure));
  }

  // The rules under the test's own settings; those of the last ones are kept.
  const RuleSet& SetFor(const Rule& rule, const RuleTestCase& test, const RuleSet& rules) {
    if (test.matrix.empty() && !test.enabled && test.params.IsNull()) return rules;
    Configuration configuration;
    if (!test.matrix.empty()) configuration.matrix = test.matrix;
    std::string key = configuration.matrix;
    if (test.enabled || !test.params.IsNull()) {
      configuration.rules[rule.id] = {
          .enabled = test.enabled, .severity = {}, .params = test.params, .range = test.range};
      key += rule.id + (test.enabled.value_or(true) ? "+" : "-") + ToJson(test.params);
    }
    if (key != special_key_) {
      special_ = RuleSet::Load(OptionsFor(std::move(configuration))).rules;
      special_key_ = std::move(key);
    }
    return *special_;
  }

  void ReportUntested(const Rule& rule, std::string_view what) {
    report_.diagnostics.push_back({&kUntested, rule.range, {rule.id, std::string(what)}, {}});
  }

  const std::vector<std::string>& paths_;
  const Limits& limits_;
  RuleTestReport report_;
  std::unique_ptr<const RuleSet> special_;
  std::string special_key_;
};

}  // namespace

RuleTestReport RunRuleTests(const std::vector<std::string>& paths, const Limits& limits) {
  return RuleTester(paths, limits).Run();
}

}  // namespace restorable::policy
