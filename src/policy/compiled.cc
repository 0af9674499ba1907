#include "policy/compiled.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "policy/diagnostics.h"
#include "policy/fields.h"

namespace restorable::policy {
namespace {

using cel::Type;

constexpr std::string_view kBool[] = {"bool"};
constexpr std::string_view kText[] = {"string"};
constexpr std::string_view kList[] = {"list", "dyn"};

// Lists and maps of parameters hold anything.
Type TypeOf(Value param) {
  switch (param.kind()) {
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kUint:
    case Kind::kDouble:
    case Kind::kString:
      return {.name = std::string(TypeName(param)), .arguments = {}};
    case Kind::kList:
      return {.name = "list", .arguments = {Type{}}};
    case Kind::kMap:
      return {.name = "map", .arguments = {{.name = "string", .arguments = {}}, Type{}}};
    default:
      return {};
  }
}

bool Reads(const cel::Program& program, cel::SlotId slot) {
  return std::ranges::find(program.reads(), slot) != program.reads().end();
}

// Compiles the parts of one check or lowering, the variables first.
class PartCompiler {
 public:
  PartCompiler(const Language& language, ExpressionCompiler& compiler, Scope& scope)
      : language_(language), compiler_(compiler), scope_(scope) {
    scope_.environment =
        std::make_unique<cel::Environment>(cel::Environment::On(language.environment));
  }

  void AddParams(Value params) {
    if (!params.IsMap()) return;
    for (const MapEntry& entry : params.AsMap()) {
      if (!entry.key.IsString()) continue;
      const cel::SlotId slot = scope_.environment->AddVariable(
          "params." + std::string(entry.key.AsString()), TypeOf(entry.value));
      scope_.params.emplace_back(slot, entry.value);
    }
  }

  void AddScope(const std::optional<Expression>& for_each,
                std::span<const NamedExpression> variables, std::span<const Expression> rule_guards,
                std::span<const Expression> guards) {
    if (for_each) {
      scope_.item = scope_.environment->AddVariable("item", Type{});
      scope_.index = scope_.environment->AddVariable("index", {.name = "int", .arguments = {}});
      has_items_ = true;
    }
    for (const NamedExpression& variable : variables) AddVariable(variable);
    for (const std::span<const Expression> list : {rule_guards, guards}) {
      for (const Expression& guard : list) {
        if (auto part = Compile(guard, "when", kBool)) scope_.guards.push_back(std::move(*part));
      }
    }
    if (for_each) scope_.for_each = Compile(*for_each, "forEach", kList);
    if (scope_.for_each && scope_.for_each->per_item) {
      compiler_.diagnostics().push_back(
          {&kCycle, for_each->range, {"forEach", "`forEach` uses `item`"}, {}});
      scope_.for_each.reset();
    }
  }

  [[nodiscard]] std::optional<Part> Compile(const Expression& expression, std::string_view field,
                                            std::span<const std::string_view> types) {
    return MakePart(compiler_.Compile(*scope_.environment, expression, field, types));
  }
  [[nodiscard]] std::optional<Part> Compile(const Expression& expression) {
    return MakePart(compiler_.Compile(*scope_.environment, expression));
  }
  [[nodiscard]] std::optional<Part> Compile(const std::optional<Expression>& expression) {
    return expression ? Compile(*expression) : std::nullopt;
  }

 private:
  void AddVariable(const NamedExpression& variable) {
    const std::string name = "variables." + std::string(variable.name);
    if (language_.environment.FindVariable(name)) {
      compiler_.diagnostics().push_back({&kDuplicateName,
                                         variable.expression.range,
                                         {"library variable", std::string(variable.name)},
                                         {}});
    }
    std::optional<Part> part = Compile(variable.expression);
    // After an error it is there all the same, so that one mistake is told once.
    const cel::SlotId slot =
        scope_.environment->AddVariable(name, part ? part->program.type() : Type{});
    if (part) scope_.variables.push_back({slot, std::move(*part)});
  }

  std::optional<Part> MakePart(std::optional<cel::Program> program) {
    if (!program) return std::nullopt;
    Part part{std::move(*program), {}, false};
    part.reach = language_.ReachOf(part.program);
    part.per_item =
        has_items_ && (Reads(part.program, scope_.item) || Reads(part.program, scope_.index));
    for (const PartVariable& variable : scope_.variables) {
      if (!Reads(part.program, variable.slot)) continue;
      part.reach.Add(variable.part.reach);
      part.per_item |= variable.part.per_item;
    }
    return part;
  }

  const Language& language_;
  ExpressionCompiler& compiler_;
  Scope& scope_;
  bool has_items_ = false;
};

// The programs of a check that are not variables.
std::vector<const Part*> Outcomes(const CompiledCheck& check) {
  std::vector<const Part*> parts;
  for (const Part& guard : check.scope.guards) parts.push_back(&guard);
  for (const auto* part : {&check.scope.for_each, &check.assertion, &check.at, &check.message}) {
    if (*part) parts.push_back(&**part);
  }
  for (const CompiledNote& note : check.notes) {
    parts.push_back(&note.at);
    parts.push_back(&note.text);
  }
  return parts;
}

void ReportUnusedVariables(const Check& check, const CompiledCheck& compiled,
                           std::vector<Diagnostic>& diagnostics) {
  const std::vector<const Part*> outcomes = Outcomes(compiled);
  for (const PartVariable& variable : compiled.scope.variables) {
    const auto is_read = [&](const Part& part) { return Reads(part.program, variable.slot); };
    const bool used =
        std::ranges::any_of(outcomes, [&](const Part* part) { return is_read(*part); }) ||
        std::ranges::any_of(compiled.scope.variables,
                            [&](const PartVariable& other) { return is_read(other.part); });
    if (used) continue;
    const std::string_view qualified = compiled.scope.environment->VariableName(variable.slot);
    const std::string_view name = qualified.substr(qualified.find('.') + 1);
    const auto written = std::ranges::find(check.variables, name, &NamedExpression::name);
    diagnostics.push_back({&kUnusedVariable, written->expression.range, {std::string(name)}, {}});
  }
}

azure::Shape MakeShape(Value body, PartCompiler& parts, std::vector<Diagnostic>& diagnostics,
                       std::vector<Part>& leaves) {
  if (body.IsMap()) {
    azure::Shape::Map map;
    for (const MapEntry& entry : body.AsMap()) {
      map.entries.push_back({entry.key, MakeShape(entry.value, parts, diagnostics, leaves)});
    }
    return {std::move(map)};
  }
  if (body.IsList()) {
    azure::Shape::List list;
    for (const Value& item : body.AsList()) {
      list.items.push_back(MakeShape(item, parts, diagnostics, leaves));
    }
    return {std::move(list)};
  }
  if (!body.IsString()) {
    diagnostics.push_back(
        {&kWrongType, body.range(), {"a leaf of a body", "an expression", Describe(body)}, {}});
    return {azure::Shape::List{}};
  }
  std::optional<Part> part = parts.Compile(Expression{body.AsString(), body.range()});
  if (!part) return {azure::Shape::List{}};
  leaves.push_back(std::move(*part));
  return {azure::Shape::Leaf{leaves.size() - 1}};
}

}  // namespace

CompiledCheck CompileCheck(const Rule& rule, const Check& check, const Language& language,
                           ExpressionCompiler& compiler) {
  CompiledCheck compiled;
  const std::size_t before = compiler.diagnostics().size();
  PartCompiler parts(language, compiler, compiled.scope);
  parts.AddParams(rule.params);
  parts.AddScope(check.for_each, check.variables, rule.when, check.when);
  compiled.assertion = parts.Compile(check.assertion, "assert", kBool);
  compiled.at = parts.Compile(check.at);
  if (check.message) compiled.message = parts.Compile(*check.message, "message", kText);
  for (const NoteExpression& note : check.notes) {
    std::optional<Part> at = parts.Compile(note.at);
    std::optional<Part> text = parts.Compile(note.text, "text", kText);
    if (at && text) compiled.notes.push_back({std::move(*at), std::move(*text)});
  }
  if (compiler.diagnostics().size() != before) {
    compiled.assertion.reset();
    return compiled;
  }
  ReportUnusedVariables(check, compiled, compiler.diagnostics());
  for (const Part* part : Outcomes(compiled)) compiled.reach.Add(part->reach);
  compiled.verdict_is_local = !compiled.assertion->reach.deployment;
  if (compiled.scope.for_each) {
    compiled.verdict_is_local &= !compiled.scope.for_each->reach.deployment;
  }
  return compiled;
}

Scope CompileLookup(const Lookup& lookup, const Language& language, ExpressionCompiler& compiler) {
  Scope scope;
  PartCompiler(language, compiler, scope).AddScope({}, {}, {}, {&lookup.when, 1});
  return scope;
}

CompiledLowering CompileLowering(const Lowering& lowering, const Language& language,
                                 ExpressionCompiler& compiler) {
  CompiledLowering compiled;
  compiled.lowering = &lowering;
  PartCompiler parts(language, compiler, compiled.scope);
  parts.AddScope(lowering.for_each, lowering.variables, {}, lowering.when);
  if (lowering.unwrap) compiled.unwrap = parts.Compile(*lowering.unwrap, "unwrap", kList);
  if (lowering.type_from)
    compiled.type_from = parts.Compile(*lowering.type_from, "typeFrom", kText);
  compiled.name = parts.Compile(lowering.name);
  compiled.id = parts.Compile(lowering.id);
  compiled.parent = parts.Compile(lowering.parent);
  if (!lowering.body.IsNull()) {
    compiled.body = MakeShape(lowering.body, parts, compiler.diagnostics(), compiled.leaves);
  }
  for (const Part& guard : compiled.scope.guards) compiled.reach.Add(guard.reach);
  for (const Part& leaf : compiled.leaves) compiled.reach.Add(leaf.reach);
  for (const auto* part : {&compiled.scope.for_each, &compiled.unwrap, &compiled.type_from,
                           &compiled.name, &compiled.id, &compiled.parent}) {
    if (*part) compiled.reach.Add((*part)->reach);
  }
  return compiled;
}

void ReportUnusedParams(const Rule& rule, std::span<const CompiledCheck* const> checks,
                        std::vector<Diagnostic>& diagnostics) {
  if (!rule.params.IsMap()) return;
  for (const MapEntry& entry : rule.params.AsMap()) {
    const std::string name = "params." + std::string(entry.key.AsString());
    const bool used = std::ranges::any_of(checks, [&](const CompiledCheck* compiled) {
      const CompiledCheck& check = *compiled;
      const auto slot = check.scope.environment->FindVariable(name);
      if (!slot) return false;
      const auto reads = [&](const Part& part) { return Reads(part.program, *slot); };
      return std::ranges::any_of(Outcomes(check), [&](const Part* part) { return reads(*part); }) ||
             std::ranges::any_of(check.scope.variables,
                                 [&](const PartVariable& v) { return reads(v.part); });
    });
    if (used) continue;
    diagnostics.push_back(
        {&kUnusedParam, entry.key.range(), {std::string(entry.key.AsString())}, {}});
  }
}

}  // namespace restorable::policy
