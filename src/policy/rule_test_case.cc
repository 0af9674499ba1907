#include "policy/rule_test_case.h"

#include <algorithm>
#include <limits>

#include "policy/diagnostics.h"
#include "policy/fields.h"

namespace restorable::policy {
namespace {

constexpr std::string_view kPass = "pass";

// What stands in a test by itself, and the name that it has as a file.
constexpr std::pair<std::string_view, std::string_view> kOnlyFiles[] = {
    {"kubernetes", "test.yaml"},
    {"bicep", "main.bicep"},
    {"terraform", "main.tf"},
    {"arm", "main.json"},
};

class TestReader {
 public:
  explicit TestReader(std::vector<Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

  std::optional<RuleTestCase> Read(Value value) {
    constexpr std::string_view kNames[] = {
        "name", "oldObject", "kubernetes", "bicep",  "terraform", "arm",   "files",
        "mode", "request",   "params",     "matrix", "enabled",   "expect"};
    const std::size_t before = diagnostics_.size();
    Fields fields(value, "a test", kNames, diagnostics_);
    if (!fields.ok()) return std::nullopt;
    RuleTestCase test;
    test.range = value.range();
    test.name = fields.RequireText("name");
    if (const Value* const name = fields.Get("name")) test.range = name->range();
    ReadFiles(fields, test);
    constexpr std::string_view kModes[] = {"scan", "admission"};
    test.admission = fields.Choice("mode", kModes) == std::size_t{1};
    if (const Value* const request = fields.Map("request")) test.request = *request;
    test.old_object = fields.Text("oldObject");
    if (const Value* const params = fields.Map("params")) test.params = *params;
    test.matrix = fields.Text("matrix");
    test.enabled = fields.Bool("enabled");
    if (const Value* const expected = fields.Require("expect")) ReadExpected(*expected, test);
    if (diagnostics_.size() != before) return std::nullopt;
    return test;
  }

 private:
  void ReadFiles(Fields& fields, RuleTestCase& test) {
    for (const auto& [field, name] : kOnlyFiles) {
      if (fields.Get(field) == nullptr) continue;
      const Value* const text = fields.String(field);
      if (text != nullptr) test.files.emplace_back(name, text->AsString());
      return;
    }
    const Value* const files =
        fields.Get("files") == nullptr ? fields.Require("kubernetes") : fields.Map("files");
    if (files == nullptr || !files->IsMap()) return;
    for (const MapEntry& entry : files->AsMap()) {
      if (entry.key.IsString() && entry.value.IsString()) {
        test.files.emplace_back(entry.key.AsString(), entry.value.AsString());
      } else {
        Report(entry.value, "a file", "a string");
      }
    }
    std::ranges::sort(test.files);
  }

  void ReadExpected(Value expected, RuleTestCase& test) {
    if (expected.IsString() && expected.AsString() == kPass) return;
    if (!expected.IsList() || expected.size() == 0) {
      return Report(expected, "`expect`", "`pass` or a list of findings");
    }
    for (const Value& item : expected.AsList()) {
      constexpr std::string_view kNames[] = {"file", "line", "column", "verdict", "message"};
      constexpr std::string_view kVerdicts[] = {"undetermined", "violated"};
      Fields fields(item, "an expected finding", kNames, diagnostics_);
      if (!fields.ok()) continue;
      Expectation expectation;
      expectation.file = fields.Text("file");
      expectation.message = fields.Text("message");
      if (fields.Choice("verdict", kVerdicts) == std::size_t{0}) {
        expectation.verdict = Verdict::kUndetermined;
      }
      if (const Value* const line = fields.Get("line")) expectation.line = Number(*line, "line");
      if (const Value* const column = fields.Get("column")) {
        expectation.column = Number(*column, "column");
      }
      test.expected.push_back(expectation);
    }
  }

  std::optional<std::uint32_t> Number(Value value, std::string_view what) {
    const bool fits = value.Is(Kind::kInt) && value.AsInt() > 0 &&
                      value.AsInt() <= std::numeric_limits<std::int32_t>::max();
    if (fits) return static_cast<std::uint32_t>(value.AsInt());
    Report(value, "`" + std::string(what) + "`", "a number from 1 on");
    return std::nullopt;
  }

  void Report(Value value, std::string what, std::string type) {
    diagnostics_.push_back(
        {&kWrongType, value.range(), {std::move(what), std::move(type), Describe(value)}, {}});
  }

  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace

std::optional<RuleTestCase> ReadRuleTest(Value value, std::vector<Diagnostic>& diagnostics) {
  return TestReader(diagnostics).Read(value);
}

std::string ToText(const Expectation& expectation) {
  std::string text;
  if (!expectation.file.empty()) text.append(expectation.file).append(", ");
  text += expectation.line ? "line " + std::to_string(*expectation.line) : "any line";
  if (expectation.column) text += ", column " + std::to_string(*expectation.column);
  text.append(": ").append(Name(expectation.verdict));
  if (!expectation.message.empty()) text.append(": …").append(expectation.message).append("…");
  return text;
}

}  // namespace restorable::policy
