#include "cel/diagnostics.h"
#include "cel/parser.h"

namespace restorable::cel {

// The shape of a comprehension macro: what its arguments are, in order.
struct Parser::ComprehensionForm {
  std::string_view name;
  Macro macro;
  int variables;
  bool predicate;
  bool transform;

  [[nodiscard]] std::size_t Arguments() const {
    return static_cast<std::size_t>(variables) + (predicate ? 1 : 0) + (transform ? 1 : 0);
  }
};

const Parser::ComprehensionForm* Parser::FindForm(std::string_view name, std::size_t arguments) {
  static constexpr ComprehensionForm kForms[] = {
      {"all", Macro::kAll, 1, true, false},
      {"all", Macro::kAll, 2, true, false},
      {"exists", Macro::kExists, 1, true, false},
      {"exists", Macro::kExists, 2, true, false},
      {"existsOne", Macro::kExistsOne, 1, true, false},
      {"existsOne", Macro::kExistsOne, 2, true, false},
      {"exists_one", Macro::kExistsOne, 1, true, false},
      {"exists_one", Macro::kExistsOne, 2, true, false},
      {"filter", Macro::kFilter, 1, true, false},
      {"map", Macro::kMap, 1, false, true},
      {"map", Macro::kMap, 1, true, true},
      {"sortBy", Macro::kSortBy, 1, false, true},
      {"transformList", Macro::kMap, 2, false, true},
      {"transformList", Macro::kMap, 2, true, true},
      {"transformMap", Macro::kTransformMap, 2, false, true},
      {"transformMap", Macro::kTransformMap, 2, true, true},
      {"transformMapEntry", Macro::kTransformMapEntry, 2, false, true},
      {"transformMapEntry", Macro::kTransformMapEntry, 2, true, true},
  };
  for (const ComprehensionForm& form : kForms) {
    if (form.name == name && form.Arguments() == arguments) return &form;
  }
  return nullptr;
}

std::optional<NodeId> Parser::ExpandMacro(const WrittenCall& call) {
  const std::string_view name = call.name.text;
  const std::size_t arguments = call.arguments.size();
  if (!call.receiver) {
    if (name == "has" && arguments == 1) return ExpandHas(call);
    return std::nullopt;
  }
  if (const ComprehensionForm* form = FindForm(name, arguments)) {
    return ExpandComprehension(call, *form);
  }
  if (name == "optMap" && arguments == 2) return ExpandOptionalMap(call, false);
  if (name == "optFlatMap" && arguments == 2) return ExpandOptionalMap(call, true);
  if (name == "bind" && arguments == 3) {
    const Ident* receiver = tree_.As<Ident>(*call.receiver);
    if (receiver != nullptr && receiver->name == "cel") return ExpandBind(call);
  }
  return std::nullopt;
}

NodeId Parser::ExpandHas(const WrittenCall& call) {
  const Select* select = tree_.As<Select>(call.arguments[0]);
  if (select != nullptr && !select->optional) {
    return Add(call.range, Has{select->operand, select->field});
  }
  if (!failed_) Report(kHasArgument, RangeOf(call.arguments[0]));
  return AddMissing(call.range);
}

std::optional<Identifier> Parser::MacroVariable(const WrittenCall& call, std::size_t argument) {
  const NodeId id = call.arguments[argument];
  const Ident* ident = tree_.As<Ident>(id);
  if (ident != nullptr && !ident->root) return Identifier{ident->name, RangeOf(id)};
  if (!failed_) Report(kMacroVariable, RangeOf(id), {std::string(call.name.text)});
  return std::nullopt;
}

NodeId Parser::ExpandBind(const WrittenCall& call) {
  const std::optional<Identifier> variable = MacroVariable(call, 0);
  if (!variable) return AddMissing(call.range);
  return Add(call.range, Bind{*variable, call.arguments[1], call.arguments[2]});
}

NodeId Parser::ExpandOptionalMap(const WrittenCall& call, bool flat) {
  const std::optional<Identifier> variable = MacroVariable(call, 0);
  if (!variable) return AddMissing(call.range);
  return Add(call.range, OptionalMap{flat, *call.receiver, *variable, call.arguments[1]});
}

NodeId Parser::ExpandComprehension(const WrittenCall& call, const ComprehensionForm& form) {
  std::size_t next = 0;
  const std::optional<Identifier> first = MacroVariable(call, next++);
  if (!first) return AddMissing(call.range);
  Comprehension node{.macro = form.macro,
                     .name = form.name,
                     .range = *call.receiver,
                     .first = *first,
                     .second = {},
                     .predicate = {},
                     .transform = {}};
  if (form.variables == 2) {
    node.second = MacroVariable(call, next++);
    if (!node.second) return AddMissing(call.range);
    if (node.second->text == node.first.text) {
      Report(kSameVariables, node.second->range, {std::string(form.name)});
    }
  }
  if (form.predicate) node.predicate = call.arguments[next++];
  if (form.transform) node.transform = call.arguments[next++];
  return Add(call.range, node);
}

}  // namespace restorable::cel
