#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "arm/template.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "bicep/parse.h"
#include "bicep/tree.h"

// From the syntax of a file to the template that it is. Not for other layers.
namespace restorable::bicep {

class Library;

class Translator {
 public:
  // Where the syntax is not complete, names that are not found are not reported.
  Translator(const SourceFile& file, const Tree& tree, Dialect dialect, Library& library,
             bool complete, arm::Template& made);

  void Run();

 private:
  enum class SymbolKind : std::uint8_t {
    kParameter,
    kVariable,
    kResource,  // or a module
    kFunction,
    kType,
    kNamespace,  // of a wildcard import
    kExtension,
    kOther,       // has no value
    kUnresolved,  // imported from what is not on disk, as is all behind such a namespace
  };
  struct Symbol {
    SymbolKind kind = SymbolKind::kOther;
    Name name;
    UnknownReason reason = UnknownReason::kModuleNotOnDisk;  // of kUnresolved
  };
  // A name that is there for a part of the file only.
  struct Local {
    std::string_view name;
    std::string_view resource;  // of a nested resource `outer::inner`; else empty
  };
  // The body of a resource or module without what is around it.
  struct Body {
    const For* loop = nullptr;
    Range loop_range;
    NodeId condition = NodeId::kNone;
    NodeId object = NodeId::kNone;
  };
  // What Bicep's compiler computes: the files of load…(), nameof().
  struct CompileTime;

  // translate.cc
  void Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args,
              std::vector<Note> notes = {});
  void Declare(SymbolKind kind, const Name& name);
  void DeclareNames(const Statement& statement);
  void DeclareImport(const Import& import);
  const arm::Template* LoadImport(NodeId from, UnknownReason& reason);
  void DeclareAll(const Name& name_space, const arm::Template& from);
  void DeclareOne(const ImportedName& imported, const arm::Template& from, std::string_view path);
  void DeclareUnresolved(const Name& name, UnknownReason reason);
  void Translate(const Statement& statement);
  void TranslateDeclared(std::size_t index);
  void TranslateScope(NodeId value);
  void TranslateParameter(const Parameter& parameter, const Statement& statement);
  void TranslateFunction(const Function& function, Range range);
  void TranslateUsing(const Using& statement);
  void TranslateExtends(const Extends& extends);

  // translate_resource.cc
  void TranslateResource(const Resource& resource, Range range, std::string_view within_symbol,
                         std::optional<std::uint32_t> within, arm::NodeId version);
  void TranslateModule(const Module& module, Range range);
  [[nodiscard]] Body BodyOf(NodeId body) const;
  [[nodiscard]] NodeId PropertyOf(NodeId object, std::string_view name) const;
  [[nodiscard]] bool IsDeployment(const Resource& resource) const;
  [[nodiscard]] bool DeploysTemplate(NodeId body) const;
  [[nodiscard]] std::optional<arm::Loop> OpenLoop(const Body& body);
  void TranslateType(const Resource& resource, arm::NodeId inherited, arm::Resource& made);
  void TakeProperty(NodeId key, NodeId value, arm::Resource& made, std::vector<arm::NodeId>& rest);
  void TakeDependencies(NodeId value, arm::Resource& made);
  [[nodiscard]] arm::Name ExtensionOf(std::string_view& type, Range range) const;

  // translate_expression.cc
  arm::NodeId Translate(NodeId id);
  arm::NodeId TranslateName(const Name& name);
  arm::NodeId TranslateText(const Text& text, Range range);
  arm::NodeId TranslateCall(const Name& name, List<NodeId> arguments, Range range);
  arm::NodeId TranslateBuiltin(const Name& name, List<NodeId> arguments, Range range);
  arm::NodeId TranslateMethod(const MethodCall& call, Range range);
  arm::NodeId TranslateProperty(const Property& property, Range range);
  arm::NodeId TranslateNested(const NestedResource& nested, Range range);
  arm::NodeId TranslateUnary(const Unary& unary, Range range);
  arm::NodeId TranslateLambda(const Lambda& lambda, Range range);
  arm::NodeId TranslateArray(const Array& array, Range range);
  arm::NodeId TranslateObject(const Object& object, Range range);
  arm::NodeId TranslateFor(const For& loop, Range range);
  arm::NodeList TranslateAll(List<NodeId> list, std::optional<NodeId> first = std::nullopt);
  [[nodiscard]] const Symbol* NamespaceOf(NodeId id) const;
  [[nodiscard]] const Local* FindLocal(std::string_view name) const;
  [[nodiscard]] const Symbol* FindSymbol(std::string_view name) const;
  [[nodiscard]] std::string_view ResourceOf(NodeId id) const;
  arm::NodeId ReportUnknown(const Name& name);
  arm::NodeId MakeUnresolved(UnknownReason reason, std::string_view what, Range range);
  arm::NodeId MakeLiteral(Value value) { return out_->Add(value.range(), arm::Literal{value}); }
  arm::NameId AddName(const Name& name) { return out_->Add(arm::Name{name.text, name.range}); }
  arm::NameId AddName(NameId id) {
    return id == NameId::kNone ? arm::NameId::kNone : AddName(tree_[id]);
  }
  static arm::Name NameOf(const Name& name) { return {name.text, name.range}; }

  // compile_time.cc
  [[nodiscard]] const CompileTime* FindCompileTime(std::string_view name) const;
  arm::NodeId LoadText(std::span<const NodeId> arguments, Range range);
  arm::NodeId LoadBase64(std::span<const NodeId> arguments, Range range);
  arm::NodeId LoadJson(std::span<const NodeId> arguments, Range range);
  arm::NodeId LoadYaml(std::span<const NodeId> arguments, Range range);
  arm::NodeId LoadDirectory(std::span<const NodeId> arguments, Range range);
  arm::NodeId LeaveToEnvironment(std::span<const NodeId> arguments, Range range);
  arm::NodeId LeaveOpen(std::span<const NodeId> arguments, Range range);
  arm::NodeId NameOfName(std::span<const NodeId> arguments, Range range);
  const SourceFile* ReadArgument(std::span<const NodeId> arguments, arm::NodeId& instead);
  arm::NodeId Select(Value value, std::span<const NodeId> arguments, Range range);
  [[nodiscard]] std::optional<std::string_view> ConstantText(NodeId id) const;
  [[nodiscard]] std::optional<std::string> Fold(NodeId id, int& steps) const;

  // translate_type.cc
  arm::TypeId TranslateType(TypeId id, List<Decorator> decorators);
  arm::Type MakeType(TypeId id, List<Decorator> decorators);
  arm::Type MakeType(TypeId id);
  arm::Type MakeNamed(const Name& name, Range range);
  arm::Type MakeLiteralType(NodeId value, Range range);
  arm::Type MakeUnion(List<TypeId> members, Range range);
  arm::Type MakeObject(List<TypeMember> members, Range range);
  arm::Type MemberOf(const arm::Type& type, std::string_view name, Range range);
  void Decorate(List<Decorator> decorators, arm::Type& type);

  const SourceFile& file_;
  const Tree& tree_;
  const Dialect dialect_;
  Library& library_;
  const bool complete_;
  arm::Template& made_;
  std::shared_ptr<arm::Tree> out_;
  std::unordered_map<std::string_view, Symbol> symbols_;
  std::unordered_set<std::string_view> nested_;  // `outer::inner`
  std::vector<Local> locals_;                    // the innermost last
  // Types of this file that are not translated yet, by their place in the template.
  std::map<std::size_t, StatementId> declared_types_;
  std::size_t reported_ = 0;
};

// A function that Bicep's compiler computes.
struct Translator::CompileTime {
  std::string_view name;
  arm::NodeId (Translator::*translate)(std::span<const NodeId> arguments, Range range);
};

}  // namespace restorable::bicep
