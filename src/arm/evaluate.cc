#include "arm/evaluate.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "arm/builtin.h"
#include "arm/closure.h"
#include "arm/object_builder.h"
#include "arm/operators.h"
#include "arm/symbol.h"
#include "base/overloaded.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

constexpr std::string_view kTryGet = "tryGet";
constexpr std::string_view kResourceId = "ResourceId";  // of a place, a subscription, …

// What both have in common where the test that decides between them is not known.
Value Agreed(Context& context, Value test, Value a, Value b, Range range) {
  if (!context.Spend(1)) return context.Limit("evaluation_steps", range);
  if (!a.IsError() && !b.IsError() && Equal(a, b) == true) return a;
  const bool text = IsText(a) && IsText(b);
  const Value cause = AsSymbol(test).unknown;
  const std::string term = "if(" + Canonical(test) + "," + Canonical(a) + "," + Canonical(b) + ")";
  const Value open = MakeTerm(
      context, {.text = term, .kind = text ? TypeKind::kString : TypeKind::kAny, .nullable = !text},
      cause);
  if (!a.IsMap() || !b.IsMap()) return open.At(range);
  std::vector<MapEntry> common;
  for (const MapEntry& entry : a.AsMap()) {
    const MapEntry* const other = FindKey(b, entry.key.AsString());
    if (other == nullptr) continue;
    common.push_back({entry.key, Agreed(context, test, entry.value, other->value, range)});
  }
  return context.Map(common, &open).At(range);
}

class Evaluator {
 public:
  Evaluator(Context& context, Names& names, const Tree& tree, const Local* locals)
      : context_(context), names_(names), tree_(tree), locals_(locals) {}

  Value Eval(NodeId id);

 private:
  // How a chain of `.name` and `[index]` is going.
  struct Chain {
    bool lenient = false;  // a `.?` was in it: what is not there gives null
    bool ended = false;    // it did
    // Whether there is the resource that `.?` reads from, where that is not known.
    std::optional<Value> is_created;
  };

  Value EvalNode(NodeId id);
  Value EvalLocal(const LocalUse& use, Range range);
  Value EvalWholeChain(NodeId id, Range range);
  Value EvalChain(NodeId id, Chain& chain);
  Value EvalLink(const Property& property, Range range, Chain& chain);
  Value EvalLink(const Index& index, Range range, Chain& chain);
  Value Linked(Value value, Chain& chain) const;
  std::optional<Value> EvalMember(const Property& property, Range range, Chain& chain);
  std::optional<Member> FindMember(NodeId object);
  std::optional<Value> EvalOutput(NodeId object, std::string_view output, Range range);
  [[nodiscard]] std::optional<std::string_view> LinkName(NodeId id, NodeId& object) const;
  Value EvalCall(const Call& call, Range range);
  [[nodiscard]] std::optional<NodeId> WholeOfPart(NodeId id, std::size_t number) const;
  std::vector<Value> EvalNameParts(std::span<const NodeId> arguments);
  Value EvalUserCall(const UserCall& call, Range range);
  Value EvalBinary(const Binary& binary, Range range);
  Value EvalLogic(const Binary& binary, bool deciding, Range range);
  Value EvalCoalesce(const Binary& binary, Range range);
  template <typename EvalBranch>
  Value Choose(const Conditional& conditional, Range range, EvalBranch eval);
  Value EvalConditional(const Conditional& conditional, Range range);
  Value EvalTryGet(const Conditional& conditional, const Call& call, Range range);
  Value EvalArray(const Array& array, Range range);
  Value EvalObject(const Object& object, Range range);
  Value EvalFor(const For& loop, Range range);
  Value EvalInterpolation(const Interpolation& interpolation, Range range);

  Context& context_;
  Names& names_;
  const Tree& tree_;
  const Local* locals_;
};

Value Evaluator::Eval(NodeId id) {
  const Range range = tree_[id].range;
  if (!context_.Spend(1)) return context_.Limit("evaluation_steps", range);
  const bool entered = context_.Enter();
  const Value value = entered ? EvalNode(id) : context_.Limit("depth of evaluation", range);
  context_.Leave();
  return value;
}

Value Evaluator::EvalNode(NodeId id) {
  const Node& node = tree_[id];
  const Range range = node.range;
  return std::visit(
      Overloaded{
          [&](const Missing&) {
            return MakeTerm(context_, {.text = "syntax error"}, UnknownReason::kUnsupported,
                            "a syntax error", range);
          },
          [&](const Literal& literal) { return literal.value; },
          [&](const Unresolved& use) {
            const std::string_view what = tree_[use.what].text;
            return MakeTerm(context_, {.text = std::string(what)}, use.reason, what, range);
          },
          [&](const ParameterUse& use) { return names_.GetParameter(tree_[use.name].text, range); },
          [&](const VariableUse& use) { return names_.GetVariable(tree_[use.name].text, range); },
          [&](const LocalUse& use) { return EvalLocal(use, range); },
          [&](const ResourceUse& use) { return names_.GetResource(tree_[use.name].text, range); },
          [&](const Property&) { return EvalWholeChain(id, range); },
          [&](const Index&) { return EvalWholeChain(id, range); },
          [&](const Call& call) { return EvalCall(call, range); },
          [&](const UserCall& call) { return EvalUserCall(call, range); },
          [&](const Lambda& lambda) {
            return MakeClosure(context_, {&tree_, lambda, range, &names_, locals_});
          },
          [&](const Unary& unary) { return Apply(context_, unary.op, Eval(unary.operand), range); },
          [&](const Binary& binary) { return EvalBinary(binary, range); },
          [&](const Conditional& conditional) { return EvalConditional(conditional, range); },
          [&](const NonNull& assertion) { return Eval(assertion.operand); },
          [&](const Interpolation& text) { return EvalInterpolation(text, range); },
          [&](const Array& array) { return EvalArray(array, range); },
          [&](const Object& object) { return EvalObject(object, range); },
          [&](const Spread& spread) { return Eval(spread.operand); },
          [&](const For& loop) { return EvalFor(loop, range); },
      },
      node.expression);
}

Value Evaluator::EvalLocal(const LocalUse& use, Range range) {
  const std::string_view name = tree_[use.name].text;
  const Value* const value = FindLocal(locals_, name);
  if (value != nullptr) return *value;
  return context_.Error("there is no `" + std::string(name) + "` here", range);
}

Value Evaluator::EvalWholeChain(NodeId id, Range range) {
  Chain chain;
  const Value value = EvalChain(id, chain);
  if (value.IsError() || !chain.is_created.has_value()) return value;
  return Agreed(context_, *chain.is_created, value, Value::Null().At(range), range);
}

// Chains are read from their first link: what `.?` ends early is never evaluated.
Value Evaluator::EvalChain(NodeId id, Chain& chain) {
  const Node& node = tree_[id];
  if (const auto* const property = std::get_if<Property>(&node.expression)) {
    return EvalLink(*property, node.range, chain);
  }
  if (const auto* const index = std::get_if<Index>(&node.expression)) {
    return EvalLink(*index, node.range, chain);
  }
  // `(a.?b)!.c` begins a chain of its own.
  return Eval(id);
}

Value Evaluator::Linked(Value value, Chain& chain) const {
  if (!chain.lenient) return value;
  const Value result = IsAbsent(value) ? Value::Null().At(value.range()) : value;
  chain.ended = result.IsNull();
  return result;
}

Value Evaluator::EvalLink(const Property& property, Range range, Chain& chain) {
  if (const auto member = EvalMember(property, range, chain)) return *member;
  const Value object = EvalChain(property.object, chain);
  if (chain.ended) return object;
  chain.lenient = chain.lenient || property.safe;
  return Linked(GetProperty(context_, object, tree_[property.name].text, range), chain);
}

Value Evaluator::EvalLink(const Index& index, Range range, Chain& chain) {
  const auto* const literal = std::get_if<Literal>(&tree_[index.index].expression);
  if (literal != nullptr && literal->value.IsString()) {
    if (const auto output = EvalOutput(index.collection, literal->value.AsString(), range)) {
      return *output;
    }
  }
  const Value collection = EvalChain(index.collection, chain);
  if (chain.ended) return collection;
  chain.lenient = chain.lenient || index.safe;
  return Linked(GetItem(context_, collection, Eval(index.index), index.from_end, range), chain);
}

// `symbol` or `symbol[i]`.
std::optional<Member> Evaluator::FindMember(NodeId object) {
  const auto* const index = std::get_if<Index>(&tree_[object].expression);
  const NodeId base = index == nullptr ? object : index->collection;
  const auto* const use = std::get_if<ResourceUse>(&tree_[base].expression);
  if (use == nullptr) {
    const auto* const assertion = std::get_if<NonNull>(&tree_[object].expression);
    return assertion == nullptr ? std::nullopt : FindMember(assertion->operand);
  }
  Member member{.symbol = tree_[use->name].text};
  if (index != nullptr) member.index = Eval(index->index);
  return member;
}

// A member of a resource is asked for alone, so that it does not wait for what others wait for;
// likewise an output of a module.
std::optional<Value> Evaluator::EvalMember(const Property& property, Range range, Chain& chain) {
  const std::string_view name = tree_[property.name].text;
  std::optional<Member> member = FindMember(property.object);
  if (member.has_value()) {
    member->name = name;
    member->lenient = property.safe;
  } else if (const auto* const outer = std::get_if<Property>(&tree_[property.object].expression);
             outer != nullptr && tree_[outer->name].text == "outputs") {
    member = FindMember(outer->object);
    if (!member.has_value()) return EvalOutput(property.object, name, range);
    member->name = "outputs";
    member->output = name;
    member->lenient = outer->safe;
  }
  if (!member.has_value()) return std::nullopt;
  chain.lenient = chain.lenient || property.safe || member->lenient;
  if (member->lenient) {
    const Value is_created = names_.IsCreated(*member);
    if (IsSymbol(is_created)) chain.is_created = is_created;
  }
  return Linked(names_.GetMember(*member, range), chain);
}

// `reference(…).outputs` as what an output is read from.
std::optional<Value> Evaluator::EvalOutput(NodeId object, std::string_view output, Range range) {
  NodeId called = NodeId::kNone;
  const std::optional<std::string_view> name = LinkName(object, called);
  if (!name.has_value() || !EqualsIgnoringAsciiCase(*name, "outputs")) return std::nullopt;
  const auto* const call = std::get_if<Call>(&tree_[called].expression);
  if (call == nullptr || !EqualsIgnoringAsciiCase(tree_[call->name].text, "reference") ||
      call->arguments.count == 0) {
    return std::nullopt;
  }
  const Value target = Eval(tree_[call->arguments][0]);
  if (target.IsError()) return target;
  return names_.GetReference({.target = target, .full = false, .output = output}, range);
}

// The name of a link, `object.name` or `object['name']`.
std::optional<std::string_view> Evaluator::LinkName(NodeId id, NodeId& object) const {
  const Expression& expression = tree_[id].expression;
  if (const auto* const property = std::get_if<Property>(&expression)) {
    object = property->object;
    return tree_[property->name].text;
  }
  const auto* const index = std::get_if<Index>(&expression);
  if (index == nullptr) return std::nullopt;
  const auto* const literal = std::get_if<Literal>(&tree_[index->index].expression);
  if (literal == nullptr || !literal->value.IsString()) return std::nullopt;
  object = index->collection;
  return literal->value.AsString();
}

// Of `split(name, '/')[number]` the name.
std::optional<NodeId> Evaluator::WholeOfPart(NodeId id, std::size_t number) const {
  const auto* const index = std::get_if<Index>(&tree_[id].expression);
  if (index == nullptr) return std::nullopt;
  const auto* const at = std::get_if<Literal>(&tree_[index->index].expression);
  const auto* const split = std::get_if<Call>(&tree_[index->collection].expression);
  if (at == nullptr || split == nullptr || split->arguments.count != 2) return std::nullopt;
  const std::span<const NodeId> arguments = tree_[split->arguments];
  const auto* const delimiter = std::get_if<Literal>(&tree_[arguments[1]].expression);
  const bool at_slashes =
      delimiter != nullptr && delimiter->value.IsString() && delimiter->value.AsString() == "/";
  if (!at_slashes || !EqualsIgnoringAsciiCase(tree_[split->name].text, "split"))
    return std::nullopt;
  if (!at->value.Is(Kind::kInt) || at->value.AsInt() != static_cast<std::int64_t>(number)) {
    return std::nullopt;
  }
  return arguments[0];
}

// `split(name, '/')[0], split(name, '/')[1]` at the end of what an id is made of: the type says how
// many parts the name has, so what is not known of it has no slash. Nothing where it is not so.
std::vector<Value> Evaluator::EvalNameParts(std::span<const NodeId> arguments) {
  while (!arguments.empty() && !WholeOfPart(arguments[0], 0)) arguments = arguments.subspan(1);
  if (arguments.size() < 2) return {};
  std::optional<Value> name;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::optional<NodeId> whole = WholeOfPart(arguments[i], i);
    if (!whole.has_value()) return {};
    const Value value = Eval(*whole);
    if (!IsTextSymbol(value) || (name.has_value() && Equal(*name, value) != true)) return {};
    name = value;
  }
  std::vector<Value> parts = SegmentsOf(context_, *name, name->range());
  return parts.size() == arguments.size() ? parts : std::vector<Value>();
}

Value Evaluator::EvalCall(const Call& call, Range range) {
  const std::string_view name = tree_[call.name].text;
  const Builtin* const builtin = FindBuiltin(name);
  if (builtin == nullptr) {
    return context_.Error("there is no function `" + std::string(name) + "`", range);
  }
  if (EqualsIgnoringAsciiCase(name, kTryGet) && call.arguments.count > 0) {
    const Node& object = tree_[tree_[call.arguments][0]];
    const auto* const conditional = std::get_if<Conditional>(&object.expression);
    if (conditional != nullptr) return EvalTryGet(*conditional, call, range);
  }
  std::span<const NodeId> written = tree_[call.arguments];
  std::vector<Value> parts;
  if (EndsIgnoringAsciiCase(name, kResourceId)) parts = EvalNameParts(written);
  std::vector<Value> arguments;
  for (const NodeId argument : written.first(written.size() - parts.size())) {
    const Value value = Eval(argument);
    if (value.IsError()) return value;
    arguments.push_back(value);
  }
  arguments.insert(arguments.end(), parts.begin(), parts.end());
  return CallBuiltin({context_, names_, locals_}, *builtin, name, arguments, range);
}

Value Evaluator::EvalUserCall(const UserCall& call, Range range) {
  std::vector<Value> arguments;
  for (const NodeId argument : tree_[call.arguments]) {
    const Value value = Eval(argument);
    if (value.IsError()) return value;
    arguments.push_back(value);
  }
  return names_.CallFunction(tree_[call.name].text, arguments, range);
}

Value Evaluator::EvalBinary(const Binary& binary, Range range) {
  switch (binary.op) {
    case BinaryOp::kAnd:
      return EvalLogic(binary, /*deciding=*/false, range);
    case BinaryOp::kOr:
      return EvalLogic(binary, /*deciding=*/true, range);
    case BinaryOp::kCoalesce:
      return EvalCoalesce(binary, range);
    default: {
      const Value lhs = Eval(binary.lhs);
      if (lhs.IsError()) return lhs;
      return Apply(context_, binary.op, lhs, Eval(binary.rhs), range);
    }
  }
}

// One side decides even if the other is not known.
Value Evaluator::EvalLogic(const Binary& binary, bool deciding, Range range) {
  const Value lhs = Eval(binary.lhs);
  if (lhs.IsError()) return lhs;
  if (!lhs.Is(Kind::kBool) && !IsSymbol(lhs)) {
    return context_.Error("takes a bool, found " + std::string(KindName(lhs)), range);
  }
  if (lhs.Is(Kind::kBool) && lhs.AsBool() == deciding) return lhs.At(range);
  const Value rhs = Eval(binary.rhs);
  const bool known = rhs.Is(Kind::kBool);
  if (known && (rhs.AsBool() == deciding || !IsSymbol(lhs))) return rhs.At(range);
  if (!IsSymbol(lhs)) {
    if (rhs.IsError() || IsSymbol(rhs)) return rhs;
    return context_.Error("takes a bool, found " + std::string(KindName(rhs)), range);
  }
  if (rhs.IsError() && rhs.AsError().absolute) return rhs;
  if (known) return lhs;
  const Value operands[] = {lhs, rhs.IsError() ? lhs : rhs};
  return Derived(context_, deciding ? "or" : "and", operands, TypeKind::kBool, range);
}

Value Evaluator::EvalCoalesce(const Binary& binary, Range range) {
  const Value lhs = Eval(binary.lhs);
  if (lhs.IsNull()) return Eval(binary.rhs);
  if (!IsSymbol(lhs) || !AsSymbol(lhs).nullable) return lhs;
  const Value rhs = Eval(binary.rhs);
  if (rhs.IsError()) return rhs.AsError().absolute ? rhs : lhs;
  if (Equal(lhs, rhs) == true) return lhs;
  const Value operands[] = {lhs, rhs};
  const bool text = IsText(rhs) && AsSymbol(lhs).kind == TypeKind::kString;
  return Derived(context_, "coalesce", operands, text ? TypeKind::kString : TypeKind::kAny, range);
}

template <typename EvalBranch>
Value Evaluator::Choose(const Conditional& conditional, Range range, EvalBranch eval) {
  const Value test = Eval(conditional.condition);
  if (test.IsError()) return test;
  if (test.Is(Kind::kBool)) return eval(test.AsBool() ? conditional.if_true : conditional.if_false);
  if (!IsSymbol(test)) {
    return context_.Error("the condition is a bool, found " + std::string(KindName(test)), range);
  }
  const Value if_true = eval(conditional.if_true);
  const Value if_false = eval(conditional.if_false);
  for (const Value& branch : {if_true, if_false}) {
    if (branch.IsError() && branch.AsError().absolute) return branch;
  }
  return Agreed(context_, test, if_true, if_false, range);
}

Value Evaluator::EvalConditional(const Conditional& conditional, Range range) {
  return Choose(conditional, range, [&](NodeId branch) { return Eval(branch); });
}

// `tryGet(if(test, reference('a'), null()), 'name')`: a member of a resource that may not be
// created. It is read from each branch.
Value Evaluator::EvalTryGet(const Conditional& conditional, const Call& call, Range range) {
  std::vector<Value> arguments{Value()};
  for (const NodeId link : tree_[call.arguments].subspan(1)) {
    arguments.push_back(Eval(link));
    if (arguments.back().IsError()) return arguments.back();
  }
  return Choose(conditional, range, [&](NodeId branch) {
    arguments[0] = Eval(branch);
    if (arguments[0].IsError()) return arguments[0];
    return CallBuiltin({context_, names_, locals_}, *FindBuiltin(kTryGet), kTryGet, arguments,
                       range);
  });
}

Value Evaluator::EvalArray(const Array& array, Range range) {
  std::vector<Value> items;
  for (const NodeId id : tree_[array.items]) {
    const Value value = Eval(id);
    if (value.IsError() && value.AsError().absolute) return value;
    if (!std::holds_alternative<Spread>(tree_[id].expression)) {
      items.push_back(MemberOf(context_, value));
      continue;
    }
    if (IsSymbol(value)) {
      return Derived(context_, "array", std::span(&value, 1), TypeKind::kArray, range);
    }
    if (!value.IsList()) {
      return value.IsError()
                 ? value
                 : context_.Error(
                       "`...` takes an array here, found " + std::string(KindName(value)), range);
    }
    items.insert(items.end(), value.AsList().begin(), value.AsList().end());
    if (!context_.Spend(value.size())) return context_.Limit("evaluation_steps", range);
  }
  return context_.List(items).At(range);
}

Value Evaluator::EvalObject(const Object& object, Range range) {
  ObjectBuilder made(context_);
  const std::span<const NodeId> items = tree_[object.items];
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (items[i + 1] == NodeId::kNone) {
      const Value spread = Eval(items[i]);
      if (spread.IsError() && spread.AsError().absolute) return spread;
      const Value failure = made.Merge(MemberOf(context_, spread), /*deep=*/false, range);
      if (failure.IsError()) return failure;
      continue;
    }
    const Value key = Eval(items[i]);
    if (key.IsError()) return key;
    const Value value = Eval(items[i + 1]);
    if (value.IsError() && value.AsError().absolute) return value;
    if (IsSymbol(key) || key.IsString()) {
      made.Add(key, MemberOf(context_, value));
    } else {
      return context_.Error("a key is a text, found " + std::string(KindName(key)), range);
    }
  }
  return made.Finish().At(range);
}

Value Evaluator::EvalFor(const For& loop, Range range) {
  const Loop head{.range = range,
                  .label = loop.label,
                  .item = loop.item,
                  .index = loop.index,
                  .collection = loop.collection,
                  .count = loop.count};
  const Rounds rounds = RoundsOf(context_, names_, tree_, head, Local::Kind::kLoop, locals_);
  if (rounds.failure.has_value()) {
    if (rounds.failure->IsError()) return *rounds.failure;
    return context_.Fresh("for", *rounds.failure, TypeKind::kArray, range);
  }
  std::vector<Value> items;
  for (const Local* const local : rounds.locals) {
    const Value value = Evaluate(context_, names_, tree_, loop.body, local);
    if (value.IsError() && value.AsError().absolute) return value;
    items.push_back(MemberOf(context_, value));
  }
  return context_.List(items).At(range);
}

Value Evaluator::EvalInterpolation(const Interpolation& interpolation, Range range) {
  TextBuilder text(context_);
  for (const NodeId part : tree_[interpolation.parts]) {
    const Value value = ToFormatted(context_, Eval(part), range);
    if (value.IsError()) return value;
    text.Append(value);
  }
  return text.Finish(range);
}

const Local* AddLocal(Context& context, Local::Kind kind, std::string_view name, Value value,
                      const Local* outer) {
  return context.arena.New<Local>(Local{outer, kind, name, value});
}

}  // namespace

const Value* FindLocal(const Local* locals, std::string_view name) {
  for (; locals != nullptr; locals = locals->outer) {
    if (locals->kind == Local::Kind::kValue && EqualsIgnoringAsciiCase(locals->name, name)) {
      return &locals->value;
    }
  }
  return nullptr;
}

Rounds RoundsOf(Context& context, Names& names, const Tree& tree, const Loop& loop,
                Local::Kind kind, const Local* outer) {
  const NodeId over = loop.collection == NodeId::kNone ? loop.count : loop.collection;
  const Value value = Evaluate(context, names, tree, over, outer);
  const Range range = tree[over].range;
  if (value.IsError() || IsSymbol(value)) return {{}, value};
  const bool counted = loop.collection == NodeId::kNone;
  if (counted ? !value.Is(Kind::kInt) || value.AsInt() < 0 : !value.IsList()) {
    const std::string_view what = counted ? "the count of a loop is a whole number, found "
                                          : "a loop goes over an array, found ";
    return {{}, context.Error(std::string(what) + std::string(KindName(value)), range)};
  }
  const auto count = counted ? static_cast<std::uint64_t>(value.AsInt()) : value.size();
  if (count > context.limits.document_nodes) {
    return {{}, context.SizeLimit("document_nodes", range)};
  }
  if (!context.Spend(count)) return {{}, context.Limit("evaluation_steps", range)};
  Rounds rounds;
  const auto text = [&](NameId id) { return id == NameId::kNone ? "" : tree[id].text; };
  for (std::uint64_t i = 0; i < count; ++i) {
    const Value round = Value::Int(static_cast<std::int64_t>(i)).At(range);
    const Local* local = AddLocal(context, kind, text(loop.label), round, outer);
    if (loop.index != NameId::kNone) {
      local = AddLocal(context, Local::Kind::kValue, text(loop.index), round, local);
    }
    if (loop.item != NameId::kNone) {
      local = AddLocal(context, Local::Kind::kValue, text(loop.item), value.AsList()[i], local);
    }
    rounds.locals.push_back(local);
  }
  return rounds;
}

Value Evaluate(Context& context, Names& names, const Tree& tree, NodeId node, const Local* locals) {
  return Evaluator(context, names, tree, locals).Eval(node);
}

}  // namespace restorable::arm
