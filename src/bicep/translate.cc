#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "base/text.h"
#include "bicep/diagnostics.h"
#include "bicep/library.h"
#include "bicep/module_reference.h"
#include "bicep/translator.h"

namespace restorable::bicep {
namespace {

// Of functions that users define in Bicep, as its compiler writes them.
constexpr std::string_view kCompiledNamespace = "__bicep.";

struct ScopeWord {
  std::string_view word;
  arm::Scope scope;
};

constexpr ScopeWord kScopes[] = {
    {"resourceGroup", arm::Scope::kResourceGroup},
    {"subscription", arm::Scope::kSubscription},
    {"managementGroup", arm::Scope::kManagementGroup},
    {"tenant", arm::Scope::kTenant},
    // Templates that configure machines, and those that are only computed.
    {"desiredStateConfiguration", arm::Scope::kResourceGroup},
    {"local", arm::Scope::kResourceGroup},
};

template <typename Items>
const typename Items::value_type* FindNamed(const Items& items, std::string_view name) {
  const auto found =
      std::ranges::find_if(items, [&](const auto& item) { return item.name.text == name; });
  return found == items.end() ? nullptr : &*found;
}

// A user-defined function by the name that it has in Bicep, whichever language declares it.
const arm::Function* FindFunction(const arm::Template& from, std::string_view name) {
  if (const arm::Function* const function = FindNamed(from.functions, name)) return function;
  return FindNamed(from.functions, std::string(kCompiledNamespace) + std::string(name));
}

std::string_view WithoutNamespace(std::string_view name) {
  return name.starts_with(kCompiledNamespace) ? name.substr(kCompiledNamespace.size()) : name;
}

}  // namespace

Translator::Translator(const SourceFile& file, const Tree& tree, Dialect dialect, Library& library,
                       bool complete, arm::Template& made)
    : file_(file),
      tree_(tree),
      dialect_(dialect),
      library_(library),
      complete_(complete),
      made_(made),
      out_(std::make_shared<arm::Tree>()) {}

void Translator::Run() {
  made_.tree = out_;
  made_.range = file_.WholeRange();
  made_.path = file_.path();
  made_.symbolic = true;
  for (const StatementId id : tree_.statements()) DeclareNames(tree_[id]);
  // Types first: a type may take a part of one that is declared below it.
  for (const StatementId id : tree_.statements()) {
    const auto* const type = std::get_if<TypeDeclaration>(&tree_[id].kind);
    if (type == nullptr || type->type == TypeId::kNone) continue;
    declared_types_.emplace(made_.types.size(), id);
    made_.types.push_back({NameOf(type->name), arm::TypeId::kNone, {}});
  }
  while (!declared_types_.empty()) TranslateDeclared(declared_types_.begin()->first);
  for (const StatementId id : tree_.statements()) Translate(tree_[id]);
}

void Translator::Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args,
                        std::vector<Note> notes) {
  if (++reported_ > kMostDiagnostics) return;
  library_.Report(
      {.kind = &kind, .range = range, .args = std::move(args), .notes = std::move(notes)});
}

void Translator::Declare(SymbolKind kind, const Name& name) {
  if (name.text.empty()) return;
  const auto [place, added] = symbols_.try_emplace(name.text, Symbol{.kind = kind, .name = name});
  if (added || !complete_) return;
  Report(kDuplicateName, name.range, {std::string(name.text)},
         {{place->second.name.range, "declared here first"}});
}

void Translator::DeclareNames(const Statement& statement) {
  std::visit(
      Overloaded{
          [](const TargetScope&) {},
          [](const Metadata&) {},
          [&](const Parameter& p) { Declare(SymbolKind::kParameter, p.name); },
          // Others may refer to it as to a variable.
          [&](const ParameterValue& p) { Declare(SymbolKind::kVariable, p.name); },
          [&](const VariableDeclaration& v) { Declare(SymbolKind::kVariable, v.name); },
          [&](const TypeDeclaration& type) { Declare(SymbolKind::kType, type.name); },
          [&](const Function& function) { Declare(SymbolKind::kFunction, function.name); },
          [&](const Resource& resource) { Declare(SymbolKind::kResource, resource.name); },
          [&](const Module& module) { Declare(SymbolKind::kResource, module.name); },
          [](const Output&) {},
          [&](const Import& import) { DeclareImport(import); },
          [&](const Extension& extension) { Declare(SymbolKind::kExtension, extension.name); },
          [](const ExtensionValues&) {},
          [](const Assertion&) {},
          [&](const Test& test) { Declare(SymbolKind::kOther, test.name); },
          [](const Using&) {},
          [](const Extends&) {},
      },
      statement.kind);
}

void Translator::DeclareUnresolved(const Name& name, UnknownReason reason) {
  Declare(SymbolKind::kUnresolved, name);
  symbols_.find(name.text)->second.reason = reason;
}

// The file of an import or of `extends`; nullptr with the reason if it cannot be read.
const arm::Template* Translator::LoadImport(NodeId from, UnknownReason& reason) {
  const std::optional<std::string_view> link = ConstantText(from);
  reason = UnknownReason::kFileMissing;
  if (!link.has_value()) return nullptr;
  const Range range = tree_[from].range;
  const ModuleReference reference = ReadReference(*link, library_.ConfigurationOf(file_.path()));
  if (reference.kind == ModuleReference::Kind::kUnknownAlias) {
    Report(kModuleAlias, range, {reference.alias});
    return nullptr;
  }
  const std::optional<std::string> path = library_.Resolve(file_.path(), *link);
  const std::vector<std::string>& reading = library_.reading();
  if (path.has_value() && std::ranges::find(reading, *path) != reading.end()) {
    std::string steps;
    for (auto at = std::ranges::find(reading, *path); at != reading.end(); ++at) {
      steps += *at + " → ";
    }
    Report(kImportCycle, range, {*path, steps + *path});
    return nullptr;
  }
  const arm::Template* const found = path.has_value() ? library_.Get(*path) : nullptr;
  if (found != nullptr) return found;
  if (reference.kind != ModuleReference::Kind::kFile) {
    reason = UnknownReason::kModuleNotOnDisk;
  } else {
    Report(kFileMissing, range, {std::string(*link)});
  }
  return nullptr;
}

void Translator::DeclareImport(const Import& import) {
  UnknownReason reason{};
  const arm::Template* const from =
      import.from == NodeId::kNone ? nullptr : LoadImport(import.from, reason);
  if (!import.all.text.empty()) {
    if (from == nullptr) return DeclareUnresolved(import.all, reason);
    Declare(SymbolKind::kNamespace, import.all);
    return DeclareAll(import.all, *from);
  }
  for (const ImportedName& imported : tree_[import.names]) {
    if (imported.alias.text.empty()) continue;
    if (from == nullptr) {
      DeclareUnresolved(imported.alias, reason);
    } else {
      DeclareOne(imported, *from, ConstantText(import.from).value_or(""));
    }
  }
}

// What a file declares as `name_space.name`.
void Translator::DeclareAll(const Name& name_space, const arm::Template& from) {
  const auto name_of = [&](std::string_view name) {
    const std::string whole = std::string(name_space.text) + "." + std::string(name);
    return arm::Name{out_->arena().Copy(whole), name_space.range};
  };
  for (const arm::Variable& variable : from.variables) {
    made_.variables.push_back({name_of(variable.name.text),
                               name_space.range,
                               arm::NodeId::kNone,
                               {&from, variable.name.text}});
  }
  for (const arm::TypeDefinition& type : from.types) {
    made_.types.push_back({name_of(type.name.text), arm::TypeId::kNone, {&from, type.name.text}});
  }
  for (const arm::Function& function : from.functions) {
    made_.functions.push_back({.name = name_of(WithoutNamespace(function.name.text)),
                               .import = {&from, function.name.text}});
  }
}

void Translator::DeclareOne(const ImportedName& imported, const arm::Template& from,
                            std::string_view path) {
  const arm::Name name = NameOf(imported.alias);
  const std::string_view wanted = imported.name.text;
  if (FindNamed(from.variables, wanted) != nullptr) {
    Declare(SymbolKind::kVariable, imported.alias);
    made_.variables.push_back({name, name.range, arm::NodeId::kNone, {&from, wanted}});
  } else if (FindNamed(from.types, wanted) != nullptr) {
    Declare(SymbolKind::kType, imported.alias);
    made_.types.push_back({name, arm::TypeId::kNone, {&from, wanted}});
  } else if (const arm::Function* const function = FindFunction(from, wanted)) {
    Declare(SymbolKind::kFunction, imported.alias);
    made_.functions.push_back({.name = name, .import = {&from, function->name.text}});
  } else {
    DeclareUnresolved(imported.alias, UnknownReason::kEvalError);
    Report(kNotExported, imported.name.range, {std::string(path), std::string(wanted)});
  }
}

void Translator::Translate(const Statement& statement) {
  std::visit(
      Overloaded{
          [&](const TargetScope& scope) { TranslateScope(scope.value); },
          [](const Metadata&) {},
          [&](const Parameter& parameter) { TranslateParameter(parameter, statement); },
          [&](const ParameterValue& parameter) {
            const arm::NodeId value = Translate(parameter.value);
            made_.variables.push_back({NameOf(parameter.name), statement.range, value, {}});
            std::erase_if(made_.arguments, [&](const arm::Argument& inherited) {
              return EqualsIgnoringAsciiCase(inherited.name.text, parameter.name.text);
            });
            made_.arguments.push_back({.name = NameOf(parameter.name), .value = value});
          },
          [&](const VariableDeclaration& variable) {
            made_.variables.push_back(
                {NameOf(variable.name), statement.range, Translate(variable.value), {}});
          },
          [](const TypeDeclaration&) {},
          [&](const Function& function) { TranslateFunction(function, statement.range); },
          [&](const Resource& resource) {
            TranslateResource(resource, statement.range, {}, std::nullopt, arm::NodeId::kNone);
          },
          [&](const Module& module) { TranslateModule(module, statement.range); },
          [&](const Output& output) {
            if (output.value == NodeId::kNone) return;
            made_.outputs.push_back({.name = NameOf(output.name),
                                     .range = statement.range,
                                     .type = TranslateType(output.type, statement.decorators),
                                     .value = Translate(output.value)});
          },
          [](const Import&) {},
          [&](const Extension& extension) { made_.extensions.push_back(NameOf(extension.name)); },
          [](const ExtensionValues&) {},
          [](const Assertion&) {},
          [](const Test&) {},
          [&](const Using& statement_using) { TranslateUsing(statement_using); },
          [&](const Extends& extends) { TranslateExtends(extends); },
      },
      statement.kind);
}

// A type is translated once, when another one takes a part of it or its turn has come.
void Translator::TranslateDeclared(std::size_t index) {
  const auto declared = declared_types_.find(index);
  if (declared == declared_types_.end()) return;
  const Statement& statement = tree_[declared->second];
  declared_types_.erase(declared);
  const auto& type = std::get<TypeDeclaration>(statement.kind);
  const arm::TypeId made = TranslateType(type.type, statement.decorators);
  made_.types[index].type = made;
}

void Translator::TranslateScope(NodeId value) {
  const std::optional<std::string_view> word = ConstantText(value);
  if (!word.has_value()) return;
  const auto* const row = std::ranges::find(kScopes, *word, &ScopeWord::word);
  if (row == std::end(kScopes)) {
    return Report(kTargetScope, tree_[value].range, {std::string(*word)});
  }
  made_.scope = row->scope;
}

void Translator::TranslateParameter(const Parameter& parameter, const Statement& statement) {
  if (parameter.name.text.empty()) return;
  const bool has_default = parameter.default_value != NodeId::kNone;
  made_.parameters.push_back(
      {.name = NameOf(parameter.name),
       .range = statement.range,
       .type = TranslateType(parameter.type, statement.decorators),
       .default_value = has_default ? Translate(parameter.default_value) : arm::NodeId::kNone});
}

void Translator::TranslateFunction(const Function& function, Range range) {
  arm::Function made{.name = NameOf(function.name)};
  const std::size_t before = locals_.size();
  for (const TypedName& parameter : tree_[function.parameters]) {
    made.parameters.push_back(NameOf(parameter.name));
    locals_.push_back({parameter.name.text, {}});
  }
  made.body =
      function.body == NodeId::kNone ? out_->Add(range, arm::Missing{}) : Translate(function.body);
  locals_.resize(before);
  made_.functions.push_back(std::move(made));
}

void Translator::TranslateUsing(const Using& statement) {
  if (statement.path == NodeId::kNone) return;
  if (const auto path = ConstantText(statement.path)) made_.using_template = *path;
}

// The values of the other file hold where this one has none. They, and what this file overrides,
// can be named as `base.name`.
void Translator::TranslateExtends(const Extends& extends) {
  UnknownReason reason{};
  const arm::Template* const from = LoadImport(extends.path, reason);
  const Range range = tree_[extends.path].range;
  const Name base{"base", range};
  if (from == nullptr) return DeclareUnresolved(base, reason);
  Declare(SymbolKind::kNamespace, base);
  for (const arm::Argument& inherited : from->arguments) {
    const std::string_view name = inherited.name.text;
    const arm::Name here{out_->arena().Copy("base." + std::string(name)), range};
    made_.variables.push_back({here, range, arm::NodeId::kNone, {from, name}});
    if (symbols_.find(name) != symbols_.end()) continue;
    // A file that extends this one finds it under its own name.
    made_.variables.push_back(
        {inherited.name, inherited.name.range, arm::NodeId::kNone, {from, name}});
    const arm::NodeId use = out_->Add(range, arm::VariableUse{out_->Add(here)});
    made_.arguments.push_back({.name = inherited.name, .value = use});
  }
  if (made_.using_template.empty()) made_.using_template = from->using_template;
}

}  // namespace restorable::bicep
