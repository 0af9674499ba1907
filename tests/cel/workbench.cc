#include "workbench.h"

#include <gtest/gtest.h>

#include "base/diagnostic.h"
#include "value/json.h"

namespace restorable::cel {
namespace {

std::string TextAt(std::string_view text, Range range) {
  return std::string(text.substr(range.begin, range.size()));
}

}  // namespace

Workbench::Workbench(Environment::Options options) : environment_(std::move(options)) {
  for (const Library& library : AllLibraries()) environment_.AddLibrary(library);
}

SlotId Workbench::Declare(std::string_view name, std::string_view type) {
  return environment_.AddVariable(name, ParseType(type).value());
}

void Workbench::Define(std::string_view name, const std::vector<std::string>& parameters,
                       std::string_view text) {
  std::vector<Diagnostic> diagnostics;
  environment_.AddDefinition(name, parameters, text, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) ADD_FAILURE() << Message(diagnostic);
}

void Workbench::Set(std::string_view name, Value value) {
  const auto known = environment_.FindVariable(name);
  bindings_.push_back({known ? *known : Declare(name), value});
}

Value Workbench::Unknown(std::string_view what) {
  return Value::Unknown(arena_, {.reason = UnknownReason::kNoDefault, .what = what, .range = {}});
}

Value Workbench::List(const std::vector<Value>& items) {
  return Value::List(arena_.Copy(std::span<const Value>(items)));
}

Value Workbench::Map(const std::vector<MapEntry>& entries) {
  return Value::Map(arena_, arena_.Copy(std::span<const MapEntry>(entries)));
}

Value Workbench::OpenMap(const std::vector<MapEntry>& entries, std::string_view rest) {
  return Value::OpenMap(arena_, arena_.Copy(std::span<const MapEntry>(entries)), Unknown(rest));
}

Activation Workbench::MakeActivation() const {
  Activation activation(environment_);
  for (const Binding& binding : bindings_) activation.Set(binding.slot, binding.value);
  return activation;
}

CompileResult Workbench::MustCompile(std::string_view text) {
  CompileResult compiled = Compile(environment_, text, Limits{});
  if (!compiled.program) ADD_FAILURE() << text << ": " << Message(compiled.diagnostics.at(0));
  return compiled;
}

Value Workbench::Evaluate(std::string_view text) {
  const CompileResult compiled = MustCompile(text);
  if (!compiled.program) return {};
  Activation activation = MakeActivation();
  Budget budget{.limit = Limits{}.cel_cost};
  return compiled.program->Evaluate(activation, arena_, budget);
}

std::string Workbench::Run(std::string_view text) {
  const CompileResult compiled = Compile(environment_, text, Limits{});
  if (!compiled.program) return "error: " + Message(compiled.diagnostics.at(0));
  Activation activation = MakeActivation();
  Budget budget{.limit = Limits{}.cel_cost};
  const Value value = compiled.program->Evaluate(activation, arena_, budget);
  if (value.IsError()) return "error: " + std::string(value.AsError().message);
  return ToJson(value);
}

std::string Workbench::Check(std::string_view text) {
  std::string lines;
  for (const Diagnostic& diagnostic : Compile(environment_, text, Limits{}).diagnostics) {
    if (!lines.empty()) lines += '\n';
    lines += "[" + TextAt(text, diagnostic.range) + "] " + Message(diagnostic);
  }
  return lines;
}

std::string Workbench::TypeOf(std::string_view text) {
  const CompileResult compiled = MustCompile(text);
  return compiled.program ? ToString(compiled.program->type()) : "";
}

std::uint64_t Workbench::CostOf(std::string_view text) {
  const CompileResult compiled = MustCompile(text);
  if (!compiled.program) return 0;
  Activation activation = MakeActivation();
  Budget budget{.limit = Limits{}.cel_cost};
  const Value value = compiled.program->Evaluate(activation, arena_, budget);
  EXPECT_FALSE(value.IsError()) << text;
  return budget.used;
}

std::string Workbench::ErrorText(std::string_view text) {
  const CompileResult compiled = MustCompile(text);
  if (!compiled.program) return "no program";
  Activation activation = MakeActivation();
  Budget budget{.limit = Limits{}.cel_cost};
  const Value value = compiled.program->Evaluate(activation, arena_, budget);
  return value.IsError() ? TextAt(text, value.AsError().range) : "no error";
}

}  // namespace restorable::cel
