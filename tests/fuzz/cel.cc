// Bytes as a CEL expression: parsed, printed, checked and evaluated under small limits. Ranges stay
// within the text, printing keeps the syntax, an evaluation ends and ends the same way twice.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "cel/activation.h"
#include "cel/environment.h"
#include "cel/parse.h"
#include "cel/print.h"
#include "cel/program.h"
#include "value/json.h"
#include "value/value.h"

namespace restorable::cel {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

Limits SmallLimits() {
  Limits limits;
  limits.expression_code_points = 4'000;
  return limits;
}

// An environment with variables of all sorts, checked and unchecked.
class World {
 public:
  explicit World(bool check)
      : environment_(Environment::Options{.container = "a.b", .check = check}) {
    for (const Library& library : AllLibraries()) environment_.AddLibrary(library);
    Define("twice", {"x"}, "x + x");
    const Value unknown =
        Value::Unknown(arena_, {.reason = UnknownReason::kNoDefault, .what = "var.x", .range = {}});
    const Value list[] = {Value::Int(1), Value::String("a"), Value::Double(0.5), unknown};
    const MapEntry entries[] = {
        {Value::String("a"), Value::Int(1)},
        {Value::String("u"), unknown},
        {Value::Int(2), Value::List(arena_.Copy(std::span<const Value>(list)))}};
    Add("u", "dyn", unknown);
    Add("l", "list(dyn)", Value::List(arena_.Copy(std::span<const Value>(list))));
    Add("m", "map(dyn, dyn)", Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(entries))));
    Add("open", "dyn",
        Value::OpenMap(arena_, arena_.Copy(std::span<const MapEntry>(entries).first(1)), unknown));
    Add("s", "string", Value::String("10Mi"));
    Add("a.b.n", "int", Value::Int(7));
    Add("t", "timestamp", Value::Timestamp(1'700'000'000, 5));
    Add("unset", "bool", {});
    environment_.AddVariable("a", {});
  }

  [[nodiscard]] const Environment& environment() const { return environment_; }

  std::string Evaluate(const Program& program) {
    Activation activation(environment_);
    for (const auto& [slot, value] : bindings_) activation.Set(slot, value);
    Arena arena;
    Budget budget{.limit = 20'000, .memory_bytes = std::size_t{32} << 20};
    (void)program.Locate(activation, arena, budget);
    budget.used = 0;
    const Value value = program.Evaluate(activation, arena, budget);
    if (value.IsError()) {
      const Range range = value.AsError().range;
      Require(range.begin <= range.end && range.end <= program.text().size());
    }
    return ToJson(value);
  }

 private:
  void Add(std::string_view name, std::string_view type, Value value) {
    bindings_.emplace_back(environment_.AddVariable(name, ParseType(type).value()), value);
  }
  void Define(std::string_view name, const std::vector<std::string>& parameters,
              std::string_view text) {
    std::vector<Diagnostic> diagnostics;
    environment_.AddDefinition(name, parameters, text, diagnostics);
    Require(diagnostics.empty());
  }

  Environment environment_;
  Arena arena_;
  std::vector<std::pair<SlotId, Value>> bindings_;
};

void CheckSyntax(std::string_view text) {
  const ParseResult parsed = Parse(text, SmallLimits());
  for (const Diagnostic& diagnostic : parsed.diagnostics) {
    Require(diagnostic.range.begin <= diagnostic.range.end);
    Require(diagnostic.range.end <= text.size());
    (void)Message(diagnostic);
  }
  for (std::size_t i = 0; i < parsed.tree.size(); ++i) {
    const Range range = parsed.tree[static_cast<NodeId>(i)].range;
    Require(range.begin <= range.end && range.end <= text.size());
  }
  if (!parsed.diagnostics.empty()) return;
  // Escapes can make the printed text longer than what was read.
  const std::string printed = Print(parsed.tree);
  const ParseResult again = Parse(printed, Limits{});
  Require(again.diagnostics.empty());
  Require(SameSyntax(parsed.tree, again.tree));
}

void CheckEvaluation(World& world, std::string_view text) {
  const CompileResult compiled = Compile(world.environment(), text, SmallLimits());
  for (const Diagnostic& diagnostic : compiled.diagnostics) {
    Require(diagnostic.range.end <= text.size());
    (void)Message(diagnostic);
  }
  if (!compiled.program) return;
  Require(world.Evaluate(*compiled.program) == world.Evaluate(*compiled.program));
}

}  // namespace
}  // namespace restorable::cel

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace restorable::cel;
  static World checked(true);
  static World unchecked(false);
  const std::string text(reinterpret_cast<const char*>(data), size);
  CheckSyntax(text);
  CheckEvaluation(checked, text);
  CheckEvaluation(unchecked, text);
  return 0;
}
