#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "base/text.h"
#include "bicep/diagnostics.h"
#include "bicep/translator.h"

namespace restorable::bicep {
namespace {

constexpr bool IsBuiltinNamespace(std::string_view name) { return name == "sys" || name == "az"; }

constexpr arm::BinaryOp kBinaryOps[] = {
    arm::BinaryOp::kCoalesce,
    arm::BinaryOp::kOr,
    arm::BinaryOp::kAnd,
    arm::BinaryOp::kEqual,
    arm::BinaryOp::kNotEqual,
    arm::BinaryOp::kEqualIgnoringCase,
    arm::BinaryOp::kNotEqualIgnoringCase,
    arm::BinaryOp::kLess,
    arm::BinaryOp::kLessEqual,
    arm::BinaryOp::kGreater,
    arm::BinaryOp::kGreaterEqual,
    arm::BinaryOp::kAdd,
    arm::BinaryOp::kSubtract,
    arm::BinaryOp::kMultiply,
    arm::BinaryOp::kDivide,
    arm::BinaryOp::kModulo,
};

}  // namespace

// Recurses no deeper than the syntax tree, which has its limit.
arm::NodeId Translator::Translate(NodeId id) {
  const Node& node = tree_[id];
  const Range range = node.range;
  return std::visit(
      Overloaded{
          [&](const Missing&) { return out_->Add(range, arm::Missing{}); },
          [&](const Literal& literal) { return out_->Add(range, arm::Literal{literal.value}); },
          [&](const Text& text) { return TranslateText(text, range); },
          [&](const Variable& variable) { return TranslateName(tree_[variable.name]); },
          [&](const Call& call) { return TranslateCall(tree_[call.name], call.arguments, range); },
          [&](const MethodCall& call) { return TranslateMethod(call, range); },
          [&](const Property& property) { return TranslateProperty(property, range); },
          [&](const Index& index) {
            const arm::NodeId collection = Translate(index.collection);
            return out_->Add(
                range, arm::Index{collection, Translate(index.index), index.safe, index.from_end});
          },
          [&](const NestedResource& nested) { return TranslateNested(nested, range); },
          [&](const NonNull& assertion) {
            return out_->Add(range, arm::NonNull{Translate(assertion.operand)});
          },
          // Only a chain of members is not the same without its parentheses.
          [&](const Parenthesis& parenthesis) {
            const arm::NodeId operand = Translate(parenthesis.operand);
            const arm::Expression& inner = (*out_)[operand].expression;
            const bool chain = std::holds_alternative<arm::Property>(inner) ||
                               std::holds_alternative<arm::Index>(inner);
            return chain ? out_->Add(range, arm::NonNull{operand}) : operand;
          },
          [&](const Unary& unary) { return TranslateUnary(unary, range); },
          [&](const Binary& binary) {
            const arm::NodeId lhs = Translate(binary.lhs);
            const arm::BinaryOp op = kBinaryOps[static_cast<std::size_t>(binary.op)];
            return out_->Add(range, arm::Binary{op, lhs, Translate(binary.rhs)});
          },
          [&](const Conditional& conditional) {
            const arm::NodeId condition = Translate(conditional.condition);
            const arm::NodeId if_true = Translate(conditional.if_true);
            return out_->Add(range,
                             arm::Conditional{condition, if_true, Translate(conditional.if_false)});
          },
          [&](const Lambda& lambda) { return TranslateLambda(lambda, range); },
          [&](const Array& array) { return TranslateArray(array, range); },
          [&](const Object& object) { return TranslateObject(object, range); },
          [&](const Spread& spread) {
            return out_->Add(range, arm::Spread{Translate(spread.operand)});
          },
          [&](const Declaration&) { return out_->Add(range, arm::Missing{}); },
          [&](const For& loop) { return TranslateFor(loop, range); },
          [&](const If& condition) { return Translate(condition.body); },
      },
      node.expression);
}

const Translator::Local* Translator::FindLocal(std::string_view name) const {
  const auto found = std::find_if(locals_.rbegin(), locals_.rend(),
                                  [&](const Local& local) { return local.name == name; });
  return found == locals_.rend() ? nullptr : &*found;
}

const Translator::Symbol* Translator::FindSymbol(std::string_view name) const {
  const auto found = symbols_.find(name);
  return found == symbols_.end() ? nullptr : &found->second;
}

arm::NodeId Translator::MakeUnresolved(UnknownReason reason, std::string_view what, Range range) {
  const arm::NameId name = out_->Add(arm::Name{out_->arena().Copy(what), range});
  return out_->Add(range, arm::Unresolved{reason, name});
}

arm::NodeId Translator::ReportUnknown(const Name& name) {
  if (complete_) {
    std::vector<std::string_view> candidates;
    for (const auto& [text, symbol] : symbols_) candidates.push_back(text);
    for (const Local& local : locals_) candidates.push_back(local.name);
    std::ranges::sort(candidates);
    const std::optional<std::string_view> near = NearestName(name.text, candidates);
    const std::string advice =
        near.has_value() ? "; did you mean `" + std::string(*near) + "`?" : std::string();
    Report(kUnknownName, name.range, {std::string(name.text), advice});
  }
  return out_->Add(name.range, arm::Missing{});
}

arm::NodeId Translator::TranslateName(const Name& name) {
  if (const Local* const local = FindLocal(name.text)) {
    if (local->resource.empty()) return out_->Add(name.range, arm::LocalUse{AddName(name)});
    return out_->Add(name.range, arm::ResourceUse{AddName(Name{local->resource, name.range})});
  }
  const Symbol* const symbol = FindSymbol(name.text);
  if (symbol == nullptr) return ReportUnknown(name);
  switch (symbol->kind) {
    case SymbolKind::kParameter:
      return out_->Add(name.range, arm::ParameterUse{AddName(name)});
    case SymbolKind::kVariable:
      return out_->Add(name.range, arm::VariableUse{AddName(name)});
    case SymbolKind::kResource:
      return out_->Add(name.range, arm::ResourceUse{AddName(name)});
    case SymbolKind::kUnresolved:
      return MakeUnresolved(symbol->reason, "import " + std::string(name.text), name.range);
    case SymbolKind::kExtension:
      return MakeUnresolved(UnknownReason::kProviderFunction, "extension " + std::string(name.text),
                            name.range);
    case SymbolKind::kFunction:
    case SymbolKind::kType:
    case SymbolKind::kNamespace:
    case SymbolKind::kOther:
      break;
  }
  return ReportUnknown(name);
}

arm::NodeId Translator::TranslateText(const Text& text, Range range) {
  return out_->Add(range, arm::Interpolation{TranslateAll(text.parts)});
}

arm::NodeList Translator::TranslateAll(List<NodeId> list, std::optional<NodeId> first) {
  std::vector<arm::NodeId> made;
  if (first.has_value()) made.push_back(Translate(*first));
  for (const NodeId id : tree_[list]) made.push_back(Translate(id));
  return out_->Add(made);
}

arm::NodeId Translator::TranslateCall(const Name& name, List<NodeId> arguments, Range range) {
  const Symbol* const symbol = FindSymbol(name.text);
  if (symbol != nullptr && symbol->kind == SymbolKind::kFunction) {
    const arm::NodeList made = TranslateAll(arguments);
    return out_->Add(range, arm::UserCall{AddName(name), made});
  }
  if (symbol != nullptr && symbol->kind == SymbolKind::kUnresolved) {
    return MakeUnresolved(symbol->reason, "import " + std::string(name.text), range);
  }
  return TranslateBuiltin(name, arguments, range);
}

arm::NodeId Translator::TranslateBuiltin(const Name& name, List<NodeId> arguments, Range range) {
  if (const CompileTime* const function = FindCompileTime(name.text)) {
    return (this->*function->translate)(tree_[arguments], range);
  }
  const arm::NodeList made = TranslateAll(arguments);
  return out_->Add(range, arm::Call{AddName(name), made});
}

// The namespace that a name is, if nothing nearer has that name.
const Translator::Symbol* Translator::NamespaceOf(NodeId id) const {
  const auto* const variable = std::get_if<Variable>(&tree_[id].expression);
  if (variable == nullptr || FindLocal(tree_[variable->name].text) != nullptr) return nullptr;
  const Symbol* const symbol = FindSymbol(tree_[variable->name].text);
  return symbol != nullptr && symbol->kind == SymbolKind::kNamespace ? symbol : nullptr;
}

// sys.f(…), az.f(…), imported.f(…), resource.f(…)
arm::NodeId Translator::TranslateMethod(const MethodCall& call, Range range) {
  const Name& name = tree_[call.name];
  if (const Symbol* const space = NamespaceOf(call.object)) {
    const std::string whole = std::string(space->name.text) + "." + std::string(name.text);
    const bool declared = std::ranges::any_of(
        made_.functions, [&](const arm::Function& f) { return f.name.text == whole; });
    if (!declared) return ReportUnknown(name);
    const arm::NodeList made = TranslateAll(call.arguments);
    const Name called{out_->arena().Copy(whole), name.range};
    return out_->Add(range, arm::UserCall{AddName(called), made});
  }
  if (const auto* const variable = std::get_if<Variable>(&tree_[call.object].expression)) {
    const std::string_view object = tree_[variable->name].text;
    const Symbol* const symbol = FindSymbol(object);
    if (FindLocal(object) == nullptr && symbol == nullptr) {
      if (IsBuiltinNamespace(object)) return TranslateBuiltin(name, call.arguments, range);
      if (object == "this") {
        return MakeUnresolved(UnknownReason::kExistingResource, file_.Text(range), range);
      }
    }
    if (symbol != nullptr &&
        (symbol->kind == SymbolKind::kUnresolved || symbol->kind == SymbolKind::kExtension)) {
      return TranslateName(tree_[variable->name]);
    }
  }
  const arm::NodeList made = TranslateAll(call.arguments, call.object);
  return out_->Add(range, arm::Call{AddName(name), made});
}

arm::NodeId Translator::TranslateProperty(const Property& property, Range range) {
  const Name& name = tree_[property.name];
  if (const Symbol* const space = NamespaceOf(property.object)) {
    const std::string whole = std::string(space->name.text) + "." + std::string(name.text);
    const bool declared = std::ranges::any_of(
        made_.variables, [&](const arm::Variable& v) { return v.name.text == whole; });
    if (!declared) return ReportUnknown(name);
    const Name used{out_->arena().Copy(whole), name.range};
    return out_->Add(range, arm::VariableUse{AddName(used)});
  }
  const arm::NodeId object = Translate(property.object);
  return out_->Add(range, arm::Property{object, AddName(name), property.safe});
}

// The symbol of a resource by its name or as `outer::inner`; empty for all else.
std::string_view Translator::ResourceOf(NodeId id) const {
  if (const auto* const variable = std::get_if<Variable>(&tree_[id].expression)) {
    const std::string_view name = tree_[variable->name].text;
    if (const Local* const local = FindLocal(name)) return local->resource;
    const Symbol* const symbol = FindSymbol(name);
    return symbol != nullptr && symbol->kind == SymbolKind::kResource ? name : std::string_view();
  }
  const auto* const nested = std::get_if<NestedResource>(&tree_[id].expression);
  if (nested == nullptr) return {};
  const std::string whole =
      std::string(ResourceOf(nested->resource)) + "::" + std::string(tree_[nested->name].text);
  const auto found = nested_.find(whole);
  return found == nested_.end() ? std::string_view() : *found;
}

// Which resources there are within one is known when all are translated; the evaluation says where
// there is none.
arm::NodeId Translator::TranslateNested(const NestedResource& nested, Range range) {
  std::string_view outer = ResourceOf(nested.resource);
  std::string whole;
  if (outer.empty()) {
    const arm::NodeId object = Translate(nested.resource);
    const auto* const use = std::get_if<arm::ResourceUse>(&(*out_)[object].expression);
    if (use == nullptr) return out_->Add(range, arm::Missing{});
    outer = (*out_)[use->name].text;
  }
  whole = std::string(outer) + "::" + std::string(tree_[nested.name].text);
  const Name name{out_->arena().Copy(whole), range};
  return out_->Add(range, arm::ResourceUse{AddName(name)});
}

arm::NodeId Translator::TranslateUnary(const Unary& unary, Range range) {
  const arm::NodeId operand = Translate(unary.operand);
  switch (unary.op) {
    case UnaryOp::kNot:
      return out_->Add(range, arm::Unary{arm::UnaryOp::kNot, operand});
    case UnaryOp::kNegate:
      return out_->Add(range, arm::Unary{arm::UnaryOp::kNegate, operand});
    case UnaryOp::kPlus:
      break;
  }
  return operand;
}

arm::NodeId Translator::TranslateLambda(const Lambda& lambda, Range range) {
  std::vector<arm::Name> parameters;
  for (const Name& name : tree_[lambda.parameters]) {
    parameters.push_back(NameOf(name));
    locals_.push_back({name.text, {}});
  }
  const arm::NodeId body = Translate(lambda.body);
  locals_.resize(locals_.size() - parameters.size());
  return out_->Add(range, arm::Lambda{out_->Add(parameters), body});
}

arm::NodeId Translator::TranslateArray(const Array& array, Range range) {
  return out_->Add(range, arm::Array{TranslateAll(array.items)});
}

arm::NodeId Translator::TranslateObject(const Object& object, Range range) {
  std::vector<arm::NodeId> items;
  const std::span<const NodeId> written = tree_[object.items];
  for (std::size_t i = 0; i + 1 < written.size(); i += 2) {
    if (std::holds_alternative<Declaration>(tree_[written[i]].expression)) continue;
    items.push_back(Translate(written[i]));
    const bool spread = written[i + 1] == NodeId::kNone;
    items.push_back(spread ? arm::NodeId::kNone : Translate(written[i + 1]));
  }
  return out_->Add(range, arm::Object{out_->Add(items)});
}

arm::NodeId Translator::TranslateFor(const For& loop, Range range) {
  arm::For made{.label = arm::NameId::kNone,
                .item = AddName(loop.item),
                .index = AddName(loop.index),
                .collection = Translate(loop.collection),
                .count = arm::NodeId::kNone,
                .body = arm::NodeId::kNone};
  const std::size_t before = locals_.size();
  for (const NameId name : {loop.item, loop.index}) {
    if (name != NameId::kNone) locals_.push_back({tree_[name].text, {}});
  }
  made.body = Translate(loop.body);
  locals_.resize(before);
  return out_->Add(range, made);
}

}  // namespace restorable::bicep
