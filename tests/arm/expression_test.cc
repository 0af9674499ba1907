#include <algorithm>
#include <set>

#include "arm/builtin.h"
#include "base/text.h"
#include "evaluation.h"

namespace restorable::arm {
namespace {

struct Row {
  std::string expression;
  std::string result;
};

std::vector<Row> Rows() {
  std::ifstream in(std::string(RESTORABLE_SOURCE_DIR) + "/testdata/arm/expressions.txt");
  std::vector<Row> rows;
  for (std::string line; std::getline(in, line);) {
    const std::size_t arrow = line.find("  =>  ");
    if (line.starts_with('#') || arrow == std::string::npos) continue;
    rows.push_back({line.substr(0, arrow), line.substr(arrow + 6)});
  }
  return rows;
}

// The output `o` of a template whose value is the expression.
Outcome OfExpression(std::string_view expression) {
  std::string quoted;
  AppendJsonString(quoted, "[" + std::string(expression) + "]");
  return Evaluated(R"("parameters": {"u": {"type": "string"}, "n": {"type": "int"},
      "l": {"type": "array"}, "o": {"type": "object"}},
    "variables": {"v": 1},
    "functions": [{"namespace": "contoso", "members": {"twice": {
      "parameters": [{"name": "x", "type": "int"}],
      "output": {"type": "int", "value": "[mul(parameters('x'), 2)]"}}}}],
    "resources": [{"type": "Microsoft.Compute/disks", "apiVersion": "2024-01-01", "name": "d1",
      "location": "west", "properties": {"sku": "s", "nested": {"a": 1}}}],
    "outputs": {"o": {"type": "object", "value": )" +
                   quoted + "}}");
}

std::string ResultOf(std::string_view expression) {
  const Outcome outcome = OfExpression(expression);
  if (outcome.deployed.outputs.empty()) return "no output";
  const Value value = outcome.deployed.outputs[0].second;
  if (!value.IsUnknown() || value.IsSensitive()) return ToJson(value);
  const UnknownCause& cause = value.AsUnknown().causes[0];
  return cause.reason == UnknownReason::kEvalError || cause.what == "a syntax error" ? "error"
                                                                                     : "open";
}

TEST(Expressions, AreWhatTheLanguageHasThemBe) {
  const std::vector<Row> rows = Rows();
  EXPECT_GT(rows.size(), 200U);
  for (const Row& row : rows) EXPECT_EQ(ResultOf(row.expression), row.result) << row.expression;
}

TEST(Expressions, ShowEveryFunction) {
  const std::vector<Row> rows = Rows();
  for (const Builtin& builtin : Builtins()) {
    const std::string call = AsciiLower(builtin.name) + "(";
    const bool shown = std::ranges::any_of(rows, [&](const Row& row) {
      const std::string text = AsciiLower(row.expression);
      return text.find(call) != std::string::npos ||
             (call == "list(" && text.find("listkeys(") != std::string::npos);
    });
    EXPECT_TRUE(shown) << builtin.name;
  }
}

TEST(Builtins, StandInOrder) {
  EXPECT_TRUE(std::ranges::is_sorted(
      Builtins(), {}, [](const Builtin& builtin) { return AsciiLower(builtin.name); }));
}

struct BadRow {
  std::string_view expression;
  std::string_view place;  // line and column in the file
  std::string_view message;
};

// The output stands on the eighth line, and the expression begins at column 15.
TEST(Expressions, PointAtWhatIsWrong) {
  constexpr BadRow kRows[] = {
      {"[concat('a', ]", ":26", "expected a function, a text in `'` or a number, found its end"},
      {"[concat('a' 'b')]", ":24", "expected `,` or `)`, found `'`"},
      {"['a]", ":14", "the text has no closing `'`"},
      {"[a.b]", ":17", "expected `(`, found its end"},
      {"['a'] ", "", ""},
      {"[parameters('u').]", ":31", "expected the name of a property, found its end"},
      {"['a' 'b']", ":18", "expected the end of the expression, found `'`"},
      {"[99999999999999999999]", ":14", "`99999999999999999999` does not fit a 64-bit integer"},
      {"[1.5]", ":14", "expected an integer, found `1.5`"},
      {"[\t\t!]", ":18", "expected a function, a text in `'` or a number, found `!`"},
  };
  for (const BadRow& row : kRows) {
    std::string quoted;
    AppendJsonString(quoted, row.expression);
    const Outcome outcome = Evaluated(
        "\"parameters\": {\"u\": {\"type\": \"string\"}},\n\"resources\": [],\n"
        "\"outputs\": {\"o\": {\n\"value\" :\n   " +
        quoted + "}}");
    const std::vector<Diagnostic> diagnostics = outcome.Diagnostics();
    if (row.message.empty()) {
      EXPECT_THAT(diagnostics, testing::IsEmpty());
      continue;
    }
    ASSERT_THAT(diagnostics, testing::SizeIs(1)) << row.expression;
    EXPECT_EQ(Message(diagnostics[0]), row.message) << row.expression;
  }
}

// Behind escapes of JSON as well.
TEST(Expressions, KnowTheirPlaceInTheFile) {
  const Outcome outcome = Evaluated(
      R"("resources": [{"type": "A/b", "name": "n", "properties":
  {"x": "[concat('\u00e9\n\"', nope('\\'))]"}}])");
  const std::vector<Diagnostic> diagnostics = outcome.Diagnostics();
  ASSERT_THAT(diagnostics, testing::SizeIs(1));
  EXPECT_EQ(outcome.files.Text(diagnostics[0].range), R"(nope('\\'))");
}

TEST(Expressions, EscapedBracketsAreText) {
  const Outcome outcome = Evaluated(
      R"("resources": [{"type": "A/b", "name": "n", "a": "[[x]", "b": "[x", "c": "[[x", "d": "[]x"}])");
  EXPECT_EQ(outcome.Get("A/b/n", "a"), R"("[x]")");
  EXPECT_EQ(outcome.Get("A/b/n", "b"), R"("[x")");
  EXPECT_EQ(outcome.Get("A/b/n", "c"), R"("[[x")");
  EXPECT_EQ(outcome.Get("A/b/n", "d"), R"("[]x")");
}

TEST(Expressions, MayNestAsDeepAsTheLimit) {
  Limits limits;
  limits.expression_depth = 20;
  std::string deep = "[";
  for (int i = 0; i < 30; ++i) deep += "not(";
  deep += "true()" + std::string(30, ')') + "]";
  const Outcome outcome = Evaluated(
      "\"resources\": [], \"outputs\": {\"o\": {\"value\": \"" + deep + "\"}}", {}, limits);
  EXPECT_THAT(Ids(outcome.Diagnostics()), testing::ElementsAre("arm-too-deep"));
}

}  // namespace
}  // namespace restorable::arm
