#include <algorithm>

#include "base/text.h"
#include "cel/checker.h"
#include "cel/definition.h"
#include "cel/diagnostics.h"

namespace restorable::cel {
namespace {

std::string OperatorName(BinaryOp op) {
  return op == BinaryOp::kIn ? "_in_" : "_" + std::string(Info(op).text) + "_";
}

std::string Count(std::size_t arguments) {
  return std::to_string(arguments) + (arguments == 1 ? " argument" : " arguments");
}

// The signatures of one style, for messages.
std::string ListSignatures(const Function& function, bool member) {
  constexpr std::size_t kMost = 6;
  std::string text;
  std::size_t count = 0;
  for (const Overload& overload : function.overloads) {
    if (overload.member != member) continue;
    if (++count > kMost) continue;
    if (!text.empty()) text += ", ";
    const std::string_view signature = overload.builtin.signature;
    text.append("`").append(signature.substr(0, signature.find(" ->"))).append("`");
  }
  if (count > kMost) text += " and " + std::to_string(count - kMost) + " more";
  return text;
}

bool HasStyle(const Function& function, bool member) {
  return std::ranges::any_of(function.overloads,
                             [&](const Overload& overload) { return overload.member == member; });
}

}  // namespace

TypeId Checker::VisitNode(NodeId id, const Call& node) {
  std::string name(node.name.text);
  // A receiver that is a plain name may be part of the function's: math.abs(x).
  if (node.receiver) {
    if (const std::optional<Qualified> qualified = QualifiedName(*node.receiver)) {
      const std::string full = qualified->name + "." + name;
      if (const auto* definition = environment_.FindDefinition(full, qualified->root)) {
        return CallDefinition(id, node, *definition);
      }
      const Function* function = environment_.FindFunction(full, qualified->root);
      if (function != nullptr && HasStyle(*function, false)) {
        std::vector<TypeId> arguments;
        for (const NodeId argument : tree_[node.arguments]) arguments.push_back(Visit(argument));
        return CallFunction(id, {function, false, full, node.name.range}, arguments);
      }
    }
  } else if (const auto* definition = environment_.FindDefinition(name, node.root)) {
    return CallDefinition(id, node, *definition);
  }
  const Function* function = node.receiver ? environment_.FindFunction(name, true)
                                           : environment_.FindFunction(name, node.root);
  if (function == nullptr) {
    ReportUnknownFunction(node);
    if (node.receiver && !QualifiedName(*node.receiver)) Visit(*node.receiver);
    for (const NodeId argument : tree_[node.arguments]) Visit(argument);
    return kDynType;
  }
  std::vector<TypeId> arguments;
  if (node.receiver) arguments.push_back(Visit(*node.receiver));
  for (const NodeId argument : tree_[node.arguments]) arguments.push_back(Visit(argument));
  return CallFunction(id, {function, node.receiver.has_value(), name, node.name.range}, arguments);
}

TypeId Checker::CallDefinition(NodeId id, const Call& node,
                               const std::shared_ptr<const Definition>& definition) {
  for (const NodeId argument : tree_[node.arguments]) Visit(argument);
  const std::size_t wanted = definition->parameters.size();
  if (node.arguments.count != wanted) {
    Report(kArity, node.name.range,
           {definition->name, Count(node.arguments.count), "`" + definition->Signature() + "`"});
    return kDynType;
  }
  At(id) = DefinitionRef{definition};
  return types_.From(definition->type);
}

TypeId Checker::CallFunction(NodeId id, const Callee& callee, std::span<const TypeId> arguments) {
  FunctionRef chosen{callee.function, callee.member, {}};
  const std::optional<TypeId> type =
      ChooseOverloads(*callee.function, callee.member, arguments, &chosen);
  if (!type) ReportNoOverload(callee, arguments);
  At(id) = chosen;
  return type.value_or(kDynType);
}

// The overloads that may take the arguments. One tells what their type parameters stand for; of
// several, none does, and the result is of their common type, else dyn.
std::optional<TypeId> Checker::ChooseOverloads(const Function& function, bool member,
                                               std::span<const TypeId> arguments,
                                               FunctionRef* chosen) {
  struct Match {
    const Overload* overload;
    std::vector<TypeId> parameters;
    TypeId result;
    TypeId final_result;
  };
  std::vector<Match> matches;
  for (const Overload& overload : function.overloads) {
    if (overload.member != member || !overload.TakesCount(arguments.size())) continue;
    const std::uint32_t offset = unifier_.Fresh(overload.type_parameters);
    std::vector<TypeId> parameters;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      parameters.push_back(types_.Shift(overload.parameters[overload.ParameterOf(i)], offset));
    }
    if (!unifier_.Assign(arguments, parameters)) continue;
    const TypeId result = types_.Shift(overload.result, offset);
    matches.push_back({&overload, std::move(parameters), result, unifier_.Final(result)});
    unifier_.Undo();
  }
  if (chosen != nullptr) {
    chosen->candidates = {static_cast<std::uint32_t>(result_.candidates.size()),
                          static_cast<std::uint32_t>(matches.size())};
    for (const Match& match : matches) result_.candidates.push_back(match.overload);
  }
  if (matches.empty()) return std::nullopt;
  if (matches.size() == 1) {
    unifier_.Assign(arguments, matches.front().parameters);
    return matches.front().result;
  }
  const bool common = std::ranges::all_of(matches, [&](const Match& match) {
    return types_.ToType(match.final_result) == types_.ToType(matches.front().final_result);
  });
  return common ? matches.front().final_result : kDynType;
}

TypeId Checker::Operate(BinaryOp op, TypeId lhs, TypeId rhs, Range range) {
  const TypeId operands[] = {lhs, rhs};
  const Function* function = environment_.FindFunction(OperatorName(op), true);
  if (const auto type = ChooseOverloads(*function, false, operands, nullptr)) return *type;
  Report(kNoOperator, range,
         {std::string(Info(op).text), "`" + Shown(lhs) + "` and `" + Shown(rhs) + "`"});
  return Info(op).level == 5 ? ScalarType(TypeTag::kBool) : kDynType;
}

bool Checker::StartsWithVariable(const Qualified& name) const {
  std::string_view prefix = name.name;
  while (environment_.FindName(prefix, name.root) == nullptr) {
    const std::size_t dot = prefix.rfind('.');
    if (dot == std::string_view::npos) return false;
    prefix = prefix.substr(0, dot);
  }
  return true;
}

void Checker::ReportUnknownFunction(const Call& node) {
  std::string name(node.name.text);
  if (node.receiver) {
    // math.abss(x): no method of a variable `math` is meant.
    const std::optional<Qualified> qualified = QualifiedName(*node.receiver);
    if (qualified && !StartsWithVariable(*qualified)) name = qualified->name + "." + name;
  }
  const std::optional<std::string_view> nearest = NearestName(name, environment_.FunctionNames());
  Report(kUndeclaredFunction, node.name.range,
         {name, nearest ? "; did you mean `" + std::string(*nearest) + "`?" : ""});
}

void Checker::ReportNoOverload(const Callee& callee, std::span<const TypeId> arguments) {
  const Function& function = *callee.function;
  if (!HasStyle(function, callee.member)) {
    const std::string shown = callee.member ? callee.shown + "(x)" : "x." + callee.shown + "()";
    return Report(kCallStyle, callee.range, {callee.shown, shown});
  }
  const bool count_fits = std::ranges::any_of(function.overloads, [&](const Overload& overload) {
    return overload.member == callee.member && overload.TakesCount(arguments.size());
  });
  const std::string signatures = ListSignatures(function, callee.member);
  if (!count_fits) {
    const std::size_t count = arguments.size() - (callee.member ? 1 : 0);
    return Report(kArity, callee.range, {callee.shown, Count(count), signatures});
  }
  Report(kNoOverload, callee.range, {callee.shown, ListTypes(arguments), signatures});
}

std::string Checker::ListTypes(std::span<const TypeId> types) {
  std::string text;
  for (const TypeId type : types) {
    if (!text.empty()) text += ", ";
    text.append("`").append(Shown(type)).append("`");
  }
  return text;
}

}  // namespace restorable::cel
