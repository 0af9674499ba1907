#include "cel/program.h"

#include <algorithm>

#include "cel/check.h"
#include "cel/definition.h"
#include "cel/environment_impl.h"
#include "cel/evaluator.h"
#include "cel/lex.h"
#include "cel/parse.h"
#include "cel/planner.h"
#include "cel/program_impl.h"

namespace restorable::cel {
namespace {

bool HasErrors(std::span<const Diagnostic> diagnostics) {
  return std::ranges::any_of(diagnostics, [](const Diagnostic& diagnostic) {
    return diagnostic.kind->severity == Severity::kError;
  });
}

void Append(std::vector<Diagnostic>& all, std::vector<Diagnostic> more) {
  std::ranges::move(more, std::back_inserter(all));
}

// The stages that a program and a definition have in common. False after an error.
struct Stages {
  Tree tree;
  Plan plan;
  Type type;
};
std::optional<Stages> RunStages(const Environment& environment, std::string_view text,
                                std::span<const std::string> parameters, const Limits& limits,
                                std::vector<Diagnostic>& diagnostics) {
  ParseResult parsed = Parse(text, limits);
  Append(diagnostics, std::move(parsed.diagnostics));
  if (HasErrors(diagnostics)) return std::nullopt;
  CheckResult checked = Check(environment, parsed.tree, parameters);
  const bool check = environment.impl().options.check;
  if (check) Append(diagnostics, std::move(checked.diagnostics));
  if (HasErrors(diagnostics)) return std::nullopt;
  std::vector<Diagnostic> literals;
  Plan plan = MakePlan(environment, parsed.tree, checked, literals);
  if (check) Append(diagnostics, std::move(literals));
  if (HasErrors(diagnostics)) return std::nullopt;
  return Stages{std::move(parsed.tree), std::move(plan), std::move(checked.type)};
}

bool IsName(std::string_view name) {
  std::vector<Diagnostic> diagnostics;
  Arena arena;
  Lexer lexer(name, arena, diagnostics);
  const Token token = lexer.Next();
  return token.kind == TokenKind::kIdentifier && token.range.size() == name.size() &&
         !IsReservedWord(name);
}

bool IsQualifiedName(std::string_view name) {
  while (true) {
    const std::size_t dot = name.find('.');
    if (!IsName(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

}  // namespace

Program::Program(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

std::string_view Program::text() const { return impl_->text; }
const Type& Program::type() const { return impl_->type; }
std::span<const Program::Feature> Program::features() const { return impl_->plan.features; }
const Tree& Program::syntax() const { return impl_->tree; }
std::span<const SlotId> Program::reads() const { return impl_->plan.reads; }
std::span<const Program::Call> Program::calls() const { return impl_->plan.calls; }

Value Program::Evaluate(Activation& activation, Arena& arena, Budget& budget) const {
  return Evaluator(activation, arena, budget).Evaluate(impl_->plan, impl_->plan.root);
}

Value Program::EvaluateText(Activation& activation, Arena& arena, Budget& budget) const {
  return Evaluator(activation, arena, budget).EvaluateText(impl_->plan);
}

std::optional<Program::Place> Program::Locate(Activation& activation, Arena& arena,
                                              Budget& budget) const {
  return Evaluator(activation, arena, budget).Locate(impl_->plan);
}

CompileResult Compile(const Environment& environment, std::string_view text, const Limits& limits) {
  CompileResult result;
  auto impl = std::make_unique<Program::Impl>();
  impl->text = text;
  std::optional<Stages> stages = RunStages(environment, impl->text, {}, limits, result.diagnostics);
  if (!stages) return result;
  impl->tree = std::move(stages->tree);
  impl->plan = std::move(stages->plan);
  impl->type = std::move(stages->type);
  result.program.emplace(std::move(impl));
  return result;
}

std::shared_ptr<const Definition> Define(const Environment& environment, std::string_view name,
                                         std::span<const std::string> parameters,
                                         std::string_view text,
                                         std::vector<Diagnostic>& diagnostics) {
  std::vector<Diagnostic> own;
  const auto refuse = [&](std::string_view what, std::string_view kind) {
    own.push_back({.kind = &kDefinitionName,
                   .range = {kExpressionFile, 0, 0},
                   .args = {std::string(what), std::string(kind)},
                   .notes = {}});
  };
  if (!IsQualifiedName(name)) refuse(name, "function");
  for (const std::string& parameter : parameters) {
    if (!IsName(parameter)) refuse(parameter, "parameter");
  }
  auto definition = std::make_shared<Definition>();
  definition->name = name;
  definition->parameters.assign(parameters.begin(), parameters.end());
  definition->text = text;
  std::optional<Stages> stages =
      RunStages(environment, definition->text, definition->parameters, Limits{}, own);
  Append(diagnostics, std::move(own));
  if (!stages) return nullptr;
  definition->tree = std::move(stages->tree);
  definition->plan = std::move(stages->plan);
  definition->type = std::move(stages->type);
  return definition;
}

void Environment::AddDefinition(std::string_view name, std::span<const std::string> parameters,
                                std::string_view text, std::vector<Diagnostic>& diagnostics) {
  if (auto definition = Define(*this, name, parameters, text, diagnostics)) {
    impl_->definitions.insert_or_assign(std::string(name), std::move(definition));
  }
}

}  // namespace restorable::cel
