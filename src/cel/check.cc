#include "cel/check.h"

#include <array>

#include "base/overloaded.h"
#include "base/text.h"
#include "cel/checker.h"
#include "cel/diagnostics.h"
#include "cel/operators.h"

namespace restorable::cel {
namespace {

constexpr TypeId kBool = ScalarType(TypeTag::kBool);
constexpr TypeId kInt = ScalarType(TypeTag::kInt);

TypeId LiteralType(Value value) {
  switch (value.kind()) {
    case Kind::kNull:
      return ScalarType(TypeTag::kNull);
    case Kind::kBool:
      return kBool;
    case Kind::kInt:
      return kInt;
    case Kind::kUint:
      return ScalarType(TypeTag::kUint);
    case Kind::kDouble:
      return ScalarType(TypeTag::kDouble);
    case Kind::kString:
      return ScalarType(TypeTag::kString);
    case Kind::kBytes:
      return ScalarType(TypeTag::kBytes);
    default:
      return kDynType;
  }
}

bool CanBeKey(TypeTag tag) {
  switch (tag) {
    case TypeTag::kDyn:
    case TypeTag::kBool:
    case TypeTag::kInt:
    case TypeTag::kUint:
    case TypeTag::kString:
    case TypeTag::kParameter:
      return true;
    default:
      return false;
  }
}

bool IsOpen(TypeTag tag) { return tag == TypeTag::kDyn || tag == TypeTag::kParameter; }

}  // namespace

Checker::Checker(const Environment::Impl& environment, const Tree& tree, CheckResult& result)
    : environment_(environment),
      tree_(tree),
      result_(result),
      types_(&environment.types),
      unifier_(types_) {}

void Checker::Run(std::span<const std::string> parameters) {
  result_.resolutions.resize(tree_.size());
  for (const std::string& parameter : parameters) Push(parameter, kDynType);
  result_.type = types_.ToType(unifier_.Final(Visit(tree_.root())));
}

void Checker::Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
  result_.diagnostics.push_back(
      {.kind = &kind, .range = range, .args = std::move(args), .notes = {}});
}

TypeId Checker::Visit(NodeId id) {
  return std::visit([&](const auto& node) { return VisitNode(id, node); }, tree_[id].expr);
}

TypeId Checker::VisitNode(NodeId, const Missing&) { return kDynType; }

TypeId Checker::VisitNode(NodeId, const Literal& node) { return LiteralType(node.value); }

// --- Names ---------------------------------------------------------------------------------------

const Checker::Local* Checker::FindLocal(std::string_view name) const {
  for (auto local = scope_.rbegin(); local != scope_.rend(); ++local) {
    if (local->name == name) return &*local;
  }
  return nullptr;
}

std::uint32_t Checker::Push(std::string_view name, TypeId type) {
  scope_.push_back({name, result_.locals, type});
  return result_.locals++;
}

std::optional<Checker::Qualified> Checker::QualifiedName(NodeId id) const {
  std::string name;
  while (const Select* select = tree_.As<Select>(id)) {
    if (select->optional) return std::nullopt;
    name.insert(0, select->field.text).insert(0, ".");
    id = select->operand;
  }
  const Ident* ident = tree_.As<Ident>(id);
  if (ident == nullptr || (!ident->root && FindLocal(ident->name) != nullptr)) return std::nullopt;
  return Qualified{std::string(ident->name) + name, ident->root};
}

std::optional<TypeId> Checker::TryName(NodeId id, const Qualified& name) {
  const NamedValue* const found = environment_.FindName(name.name, name.root);
  if (found == nullptr) return std::nullopt;
  return std::visit(Overloaded{
                        [&](SlotId slot) {
                          At(id) = slot;
                          return environment_[slot].type_id;
                        },
                        [&](const TypeConstant& constant) {
                          At(id) = TypeRef{constant.value};
                          return constant.type_id;
                        },
                    },
                    *found);
}

TypeId Checker::VisitNode(NodeId id, const Ident& node) {
  if (!node.root) {
    if (const Local* local = FindLocal(node.name)) {
      At(id) = LocalRef{local->number};
      return local->type;
    }
  }
  if (const std::optional<TypeId> type = TryName(id, {std::string(node.name), node.root})) {
    return *type;
  }
  ReportUndeclared(id, {});
  return kDynType;
}

// `field` is what is selected from the name, if anything: where only qualified names start with it
// ("variables.sku"), the message speaks of those.
void Checker::ReportUndeclared(NodeId id, std::string_view field) {
  std::string name(tree_.As<Ident>(id)->name);
  if (!field.empty() && environment_.IsPrefixOfName(name + ".")) name.append(".").append(field);
  std::vector<std::string_view> candidates = environment_.Names();
  for (const Local& local : scope_) candidates.push_back(local.name);
  const std::optional<std::string_view> nearest = NearestName(name, candidates);
  Report(kUndeclaredVariable, tree_[id].range,
         {name, nearest ? "; did you mean `" + std::string(*nearest) + "`?" : ""});
}

// --- Fields and elements -------------------------------------------------------------------------

TypeId Checker::Wrap(TypeId type, bool optional) {
  if (!optional || types_.Tag(unifier_.Resolve(type)) == TypeTag::kOptional) return type;
  return types_.Optional(type);
}

TypeId Checker::FieldType(TypeId operand, Range range, bool optional) {
  operand = unifier_.Resolve(operand);
  switch (types_.Tag(operand)) {
    case TypeTag::kDyn:
    case TypeTag::kParameter:
      return Wrap(kDynType, optional);
    case TypeTag::kMap:
      return Wrap(types_.Arguments(operand)[1], optional);
    case TypeTag::kOptional:
      return Wrap(FieldType(types_.Arguments(operand)[0], range, false), true);
    default:
      Report(kNoFields, range, {Shown(operand)});
      return kDynType;
  }
}

TypeId Checker::VisitNode(NodeId id, const Select& node) {
  if (!node.optional) {
    if (const std::optional<Qualified> name = QualifiedName(id)) {
      if (const std::optional<TypeId> type = TryName(id, *name)) return *type;
    }
  }
  const Ident* ident = tree_.As<Ident>(node.operand);
  if (ident != nullptr && (ident->root || FindLocal(ident->name) == nullptr) &&
      environment_.FindName(ident->name, ident->root) == nullptr) {
    ReportUndeclared(node.operand, node.field.text);
    return Wrap(kDynType, node.optional);
  }
  return FieldType(Visit(node.operand), node.field.range, node.optional);
}

TypeId Checker::VisitNode(NodeId, const Has& node) {
  FieldType(Visit(node.operand), node.field.range, false);
  return kBool;
}

TypeId Checker::VisitNode(NodeId, const Index& node) {
  TypeId operand = unifier_.Resolve(Visit(node.operand));
  const TypeId index = Visit(node.index);
  bool optional = node.optional;
  if (types_.Tag(operand) == TypeTag::kOptional) {
    optional = true;
    operand = unifier_.Resolve(types_.Arguments(operand)[0]);
  }
  const Range range = tree_[node.index].range;
  switch (types_.Tag(operand)) {
    case TypeTag::kDyn:
    case TypeTag::kParameter:
      return Wrap(kDynType, optional);
    case TypeTag::kMap: {
      const TypeId key = types_.Arguments(operand)[0];
      if (!unifier_.Assign(index, key)) {
        Report(kNoOperator, range, {"[]", "`" + Shown(operand) + "` and `" + Shown(index) + "`"});
      }
      return Wrap(types_.Arguments(operand)[1], optional);
    }
    case TypeTag::kList:
      if (!unifier_.Assign(index, kInt)) {
        Report(kNoOperator, range, {"[]", "`" + Shown(operand) + "` and `" + Shown(index) + "`"});
      }
      return Wrap(types_.Arguments(operand)[0], optional);
    default:
      Report(kNoOperator, tree_[node.operand].range, {"[]", "`" + Shown(operand) + "`"});
      return kDynType;
  }
}

// --- Operators -----------------------------------------------------------------------------------

void Checker::RequireBool(NodeId id, TypeId type, std::string_view what) {
  if (unifier_.Assign(type, kBool)) return;
  Report(kNotBool, tree_[id].range, {std::string(what), Shown(type)});
}

TypeId Checker::VisitNode(NodeId, const Unary& node) {
  const TypeId operand = Visit(node.operand);
  const Function* function =
      environment_.FindFunction(node.op == UnaryOp::kNot ? "!_" : "-_", true);
  if (const auto type = ChooseOverloads(*function, false, {&operand, 1}, nullptr)) return *type;
  Report(kNoOperator, tree_[node.operand].range,
         {node.op == UnaryOp::kNot ? "!" : "-", "`" + Shown(operand) + "`"});
  return node.op == UnaryOp::kNot ? kBool : kDynType;
}

TypeId Checker::VisitNode(NodeId, const Chain& node) {
  TypeId type = Visit(node.first);
  Range range = tree_[node.first].range;
  for (const Link& link : tree_[node.rest]) {
    const TypeId operand = Visit(link.operand);
    range = range.To(tree_[link.operand].range);
    type = Operate(link.op, type, operand, range);
  }
  return type;
}

TypeId Checker::VisitNode(NodeId, const Logic& node) {
  const std::string what =
      std::string("an operand of `") + (node.op == LogicOp::kAnd ? "&&" : "||") + "`";
  for (const NodeId operand : tree_[node.operands]) RequireBool(operand, Visit(operand), what);
  return kBool;
}

TypeId Checker::VisitNode(NodeId, const Conditional& node) {
  RequireBool(node.condition, Visit(node.condition), "the condition of `? :`");
  const TypeId then = Visit(node.then);
  const TypeId otherwise = Visit(node.otherwise);
  if (const std::optional<TypeId> type = unifier_.Join(then, otherwise)) return *type;
  Report(kBranchTypes, tree_[node.then].range.To(tree_[node.otherwise].range),
         {Shown(then), Shown(otherwise)});
  return kDynType;
}

// --- Literals ------------------------------------------------------------------------------------

// The type within the optional that `?e` adds if it is there.
TypeId Checker::Unwrapped(NodeId id, TypeId type) {
  const TypeId value = unifier_.FreshType();
  if (unifier_.Assign(type, types_.Optional(value))) {
    return types_.Tag(unifier_.Resolve(type)) == TypeTag::kOptional ? value : kDynType;
  }
  Report(kNotOptional, tree_[id].range, {Shown(type)});
  return kDynType;
}

TypeId Checker::JoinElements(TypeId all, TypeId next, bool first, Range range,
                             std::string_view what) {
  if (first) return next;
  if (const std::optional<TypeId> type = unifier_.Join(all, next)) return *type;
  Report(kMixedLiteral, range, {std::string(what), Shown(all), Shown(next)});
  return kDynType;
}

TypeId Checker::VisitNode(NodeId, const ListLiteral& node) {
  TypeId type = unifier_.FreshType();
  bool first = true;
  for (const Element& element : tree_[node.elements]) {
    TypeId next = Visit(element.value);
    if (element.optional) next = Unwrapped(element.value, next);
    type = JoinElements(type, next, first, tree_[element.value].range, "elements");
    first = false;
  }
  return types_.List(type);
}

TypeId Checker::KeyType(NodeId id) {
  const TypeId type = unifier_.Resolve(Visit(id));
  if (CanBeKey(types_.Tag(type))) return type;
  Report(kMapKey, tree_[id].range, {Shown(type)});
  return kDynType;
}

void Checker::ReportDuplicateKeys(std::span<const Entry> entries) {
  // A literal with more keys than this is generated; evaluation still finds its duplicates.
  constexpr std::size_t kMost = 200;
  if (entries.size() > kMost) return;
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const Literal* key = tree_.As<Literal>(entries[i].key);
    for (std::size_t j = 0; key != nullptr && j < i; ++j) {
      const Literal* other = tree_.As<Literal>(entries[j].key);
      if (other == nullptr || !EqualScalars(key->value, other->value)) continue;
      Report(kDuplicateKey, tree_[entries[i].key].range, {ShowValue(key->value)});
      result_.diagnostics.back().notes.push_back({tree_[entries[j].key].range, "first here"});
      break;
    }
  }
}

TypeId Checker::VisitNode(NodeId, const MapLiteral& node) {
  TypeId key = unifier_.FreshType();
  TypeId value = unifier_.FreshType();
  bool first = true;
  for (const Entry& entry : tree_[node.entries]) {
    key = JoinElements(key, KeyType(entry.key), first, tree_[entry.key].range, "keys");
    TypeId next = Visit(entry.value);
    if (entry.optional) next = Unwrapped(entry.value, next);
    value = JoinElements(value, next, first, tree_[entry.value].range, "values");
    first = false;
  }
  ReportDuplicateKeys(tree_[node.entries]);
  return types_.Map(key, value);
}

// --- Macros --------------------------------------------------------------------------------------

Checker::Iteration Checker::Iterate(const Comprehension& node, TypeId range) {
  const TypeTag tag = types_.Tag(range);
  if (tag == TypeTag::kList) {
    const TypeId element = types_.Arguments(range)[0];
    return {kInt, element, element};
  }
  if (tag == TypeTag::kMap && node.macro != Macro::kSortBy) {
    const std::span<const TypeId> arguments = types_.Arguments(range);
    return {arguments[0], arguments[0], arguments[1]};
  }
  if (!IsOpen(tag)) {
    Report(kNotIterable, tree_[node.range].range, {std::string(node.name), Shown(range)});
  }
  return {kDynType, kDynType, kDynType};
}

TypeId Checker::VisitNode(NodeId id, const Comprehension& node) {
  const TypeId range = unifier_.Resolve(Visit(node.range));
  const Iteration iteration = Iterate(node, range);
  const std::uint32_t local =
      Push(node.first.text, node.second ? iteration.key : iteration.element);
  if (node.second) Push(node.second->text, iteration.value);
  At(id) = Binds{local};
  if (node.predicate) {
    RequireBool(*node.predicate, Visit(*node.predicate),
                "the predicate of `" + std::string(node.name) + "`");
  }
  const TypeId transform = node.transform ? Visit(*node.transform) : kDynType;
  Pop(node.second ? 2 : 1);
  return ComprehensionType(node, iteration, range, transform);
}

TypeId Checker::ComprehensionType(const Comprehension& node, const Iteration& iteration,
                                  TypeId range, TypeId transform) {
  switch (node.macro) {
    case Macro::kAll:
    case Macro::kExists:
    case Macro::kExistsOne:
      return kBool;
    case Macro::kFilter:
      return types_.List(iteration.element);
    case Macro::kMap:
      return types_.List(transform);
    case Macro::kTransformMap:
      return types_.Map(iteration.key, transform);
    case Macro::kTransformMapEntry: {
      const TypeId type = unifier_.Resolve(transform);
      if (types_.Tag(type) == TypeTag::kMap || IsOpen(types_.Tag(type))) return type;
      Report(kNotMap, tree_[*node.transform].range, {std::string(node.name), Shown(type)});
      return kDynType;
    }
    case Macro::kSortBy:
      return range;
  }
  return kDynType;
}

TypeId Checker::VisitNode(NodeId id, const Bind& node) {
  const TypeId init = Visit(node.init);
  At(id) = Binds{Push(node.variable.text, init)};
  const TypeId body = Visit(node.body);
  Pop(1);
  return body;
}

TypeId Checker::VisitNode(NodeId id, const OptionalMap& node) {
  const TypeId operand = Unwrapped(node.operand, Visit(node.operand));
  At(id) = Binds{Push(node.variable.text, operand)};
  const TypeId body = Visit(node.body);
  Pop(1);
  return types_.Optional(node.flat ? Unwrapped(node.body, body) : body);
}

CheckResult Check(const Environment& environment, const Tree& tree,
                  std::span<const std::string> parameters) {
  CheckResult result;
  Checker(environment.impl(), tree, result).Run(parameters);
  return result;
}

}  // namespace restorable::cel
