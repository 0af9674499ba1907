#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/check.h"
#include "cel/environment_impl.h"
#include "cel/unify.h"

namespace restorable::cel {

// One walk over a tree; the state of Check().
class Checker {
 public:
  Checker(const Environment::Impl& environment, const Tree& tree, CheckResult& result);

  void Run(std::span<const std::string> parameters);

 private:
  struct Local {
    std::string_view name;
    std::uint32_t number;
    TypeId type;
  };
  // A call whose callee is known.
  struct Callee {
    const Function* function;
    bool member;
    std::string shown;  // the name as written
    Range range;        // of the name
  };

  TypeId Visit(NodeId id);
  TypeId VisitNode(NodeId id, const Missing& node);
  TypeId VisitNode(NodeId id, const Literal& node);
  TypeId VisitNode(NodeId id, const Ident& node);
  TypeId VisitNode(NodeId id, const Select& node);
  TypeId VisitNode(NodeId id, const Has& node);
  TypeId VisitNode(NodeId id, const Index& node);
  TypeId VisitNode(NodeId id, const Call& node);
  TypeId VisitNode(NodeId id, const Unary& node);
  TypeId VisitNode(NodeId id, const Chain& node);
  TypeId VisitNode(NodeId id, const Logic& node);
  TypeId VisitNode(NodeId id, const Conditional& node);
  TypeId VisitNode(NodeId id, const ListLiteral& node);
  TypeId VisitNode(NodeId id, const MapLiteral& node);
  TypeId VisitNode(NodeId id, const Comprehension& node);
  TypeId VisitNode(NodeId id, const Bind& node);
  TypeId VisitNode(NodeId id, const OptionalMap& node);

  // Names.
  [[nodiscard]] const Local* FindLocal(std::string_view name) const;
  std::uint32_t Push(std::string_view name, TypeId type);
  void Pop(std::size_t count) { scope_.resize(scope_.size() - count); }
  // "a.b.c" for selections that start at a name which is no local; and whether it is rooted.
  struct Qualified {
    std::string name;
    bool root = false;
  };
  [[nodiscard]] std::optional<Qualified> QualifiedName(NodeId id) const;
  std::optional<TypeId> TryName(NodeId id, const Qualified& name);
  void ReportUndeclared(NodeId id, std::string_view field);

  // Types of operands.
  TypeId FieldType(TypeId operand, Range range, bool optional);
  TypeId Wrap(TypeId type, bool optional);
  void RequireBool(NodeId id, TypeId type, std::string_view what);
  TypeId Unwrapped(NodeId id, TypeId type);
  TypeId KeyType(NodeId id);
  TypeId JoinElements(TypeId all, TypeId next, bool first, Range range, std::string_view what);
  void ReportDuplicateKeys(std::span<const Entry> entries);
  struct Iteration {
    TypeId key;      // or index
    TypeId element;  // what one variable stands for
    TypeId value;
  };
  Iteration Iterate(const Comprehension& node, TypeId range);
  TypeId ComprehensionType(const Comprehension& node, const Iteration& iteration, TypeId range,
                           TypeId transform);

  // Calls; check_call.cc.
  TypeId CallDefinition(NodeId id, const Call& node,
                        const std::shared_ptr<const Definition>& definition);
  TypeId CallFunction(NodeId id, const Callee& callee, std::span<const TypeId> arguments);
  std::optional<TypeId> ChooseOverloads(const Function& function, bool member,
                                        std::span<const TypeId> arguments, FunctionRef* chosen);
  TypeId Operate(BinaryOp op, TypeId lhs, TypeId rhs, Range range);
  [[nodiscard]] bool StartsWithVariable(const Qualified& name) const;
  void ReportUnknownFunction(const Call& node);
  void ReportNoOverload(const Callee& callee, std::span<const TypeId> arguments);
  [[nodiscard]] std::string ListTypes(std::span<const TypeId> types);
  [[nodiscard]] std::string Shown(TypeId type) { return types_.ToString(unifier_.Final(type)); }

  void Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args);
  Resolution& At(NodeId id) { return result_.resolutions[static_cast<std::size_t>(id)]; }

  const Environment::Impl& environment_;
  const Tree& tree_;
  CheckResult& result_;
  TypePool types_;
  Unifier unifier_;
  std::vector<Local> scope_;
};

}  // namespace restorable::cel
