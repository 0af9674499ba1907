#include "policy/language.h"

#include <algorithm>
#include <string>

#include "cel/builtin.h"
#include "policy/document_functions.h"
#include "policy/library_order.h"
#include "policy/resource_functions.h"

namespace restorable::policy {
namespace {

using cel::Type;

const Type kAny;
const Type kString{.name = "string", .arguments = {}};
const Type kTable{.name = "map", .arguments = {kString, kAny}};

// Everything but the libraries of rules.
void AddVariables(Language& language) {
  cel::Environment& environment = language.environment;
  language.object = environment.AddVariable("object", kAny);
  language.old_object = environment.AddVariable("oldObject", kAny);
  language.request = environment.AddVariable("request", kTable);
  language.namespace_object = environment.AddVariable("namespaceObject", kAny);
  language.authorizer = environment.AddVariable("authorizer", kAny);
  language.resource.type = environment.AddVariable("resource.type", kString);
  language.resource.address = environment.AddVariable("resource.address", kString);
  language.resource.language = environment.AddVariable("resource.language", kString);
  language.resource.mode = environment.AddVariable("resource.mode", kString);
  language.resource.operation = environment.AddVariable("resource.operation", kString);
  language.resource.namespace_ = environment.AddVariable("resource.namespace", kString);
  language.resource.name = environment.AddVariable("resource.name", kString);
}

void AddData(Language& language, const Definitions& definitions, std::string_view as_of) {
  const auto add = [&](std::string_view name, const Type& type, Value value) {
    const std::string qualified = "data." + std::string(name);
    language.data.emplace_back(language.environment.AddVariable(qualified, type), value);
  };
  for (const DataTable& table : definitions.data) add(table.name, kTable, table.content);
  add("asOf", kString, Value::String(as_of));
}

void AddLibraryVariable(Language& language, const NamedExpression& variable,
                        ExpressionCompiler& compiler) {
  std::optional<cel::Program> program = compiler.Compile(language.environment, variable.expression);
  if (!program) return;
  Reach reach = language.ReachOf(*program);
  const cel::SlotId slot =
      language.environment.AddVariable("variables." + std::string(variable.name), program->type());
  language.variables.push_back({slot, std::move(*program), std::move(reach)});
}

}  // namespace

LazyFunctions::LazyFunctions(const cel::Environment& environment,
                             std::span<const LibraryFunction> functions)
    : environment_(environment) {
  for (const LibraryFunction& function : functions) entries_[function.name].function = &function;
}

const std::shared_ptr<const cel::Definition>* LazyFunctions::Find(std::string_view name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return nullptr;
  const Entry& entry = found->second;
  return &entry.definition.Get([&] {
    std::vector<Diagnostic> none;
    const LibraryFunction& function = *entry.function;
    return cel::Define(environment_, name, function.parameters, function.expression.text, none);
  });
}

std::vector<std::string_view> LazyFunctions::Names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, entry] : entries_) names.push_back(name);
  return names;
}

bool Language::IsData(cel::SlotId slot) const {
  return std::ranges::any_of(data, [&](const auto& entry) { return entry.first == slot; });
}

Reach Language::ReachOf(const cel::Program& program) const {
  Reach reach;
  reach.AddCalls(program);
  for (const cel::SlotId slot : program.reads()) {
    if (slot == namespace_object) {
      reach.deployment = true;
      reach.kinds.emplace("Namespace");
    }
    const auto variable = std::ranges::find(variables, slot, &LibraryVariable::slot);
    if (variable != variables.end()) reach.Add(variable->reach);
  }
  return reach;
}

std::unique_ptr<const Language> MakeLanguage(const Definitions& definitions, std::string_view as_of,
                                             Functions functions, ExpressionCompiler& compiler) {
  auto language = std::make_unique<Language>();
  cel::Environment& environment = language->environment;
  for (const cel::Library& library : cel::AllLibraries()) environment.AddLibrary(library);
  environment.AddLibrary(ResourceLibrary());
  environment.AddLibrary(DocumentLibrary());
  AddVariables(*language);
  AddData(*language, definitions, as_of);
  const bool late = functions == Functions::kCompileLate;
  if (late) {
    language->functions = std::make_unique<LazyFunctions>(environment, definitions.functions);
    environment.SetDefinitions(*language->functions);
  }
  const Ordered ordered = late ? Ordered::kVariables : Ordered::kAll;
  for (const LibraryMember member : OrderLibrary(definitions, ordered, compiler.diagnostics())) {
    if (!member.is_function) {
      AddLibraryVariable(*language, definitions.variables[member.index], compiler);
    } else if (!late) {
      const LibraryFunction& function = definitions.functions[member.index];
      compiler.AddDefinition(environment, function.name, function.parameters, function.expression);
    }
  }
  return language;
}

}  // namespace restorable::policy
