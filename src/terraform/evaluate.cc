#include "terraform/evaluate.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/overloaded.h"
#include "terraform/builtin.h"
#include "terraform/number.h"
#include "terraform/operators.h"
#include "terraform/type.h"

namespace restorable::terraform {
namespace {

using hcl::NodeId;

// One element of what a `for` goes over.
struct Element {
  Value key;
  Value value;
};

class Evaluator {
 public:
  Evaluator(Context& context, const hcl::Tree& tree, Names* names)
      : context_(context), tree_(tree), names_(names) {}

  Value Eval(NodeId id, const Scope* scope);

 private:
  // The item of the splat around, for SplatItem: scopes cannot be called so.
  static constexpr std::string_view kItem = "*";

  Value EvalNode(const hcl::Node& node, const Scope* scope);
  Value EvalVariable(const hcl::Variable& variable, Range range, const Scope* scope);
  Value EvalAttribute(const hcl::Attribute& attribute, Range range, const Scope* scope);
  std::optional<Reference> FindReference(const hcl::Attribute& attribute, const Scope* scope);
  std::optional<Value> EvalOutput(const hcl::Attribute& attribute, Range range, const Scope* scope);
  Value EvalSplat(const hcl::Splat& splat, Range range, const Scope* scope);
  Value EvalCall(const hcl::Call& call, Range range, const Scope* scope);
  bool ExpandLast(std::vector<Value>& arguments, Value& failure);
  Value EvalConditional(NodeId condition, NodeId if_true, NodeId if_false, Range range,
                        const Scope* scope);
  Value EvalTuple(const hcl::Tuple& tuple, Range range, const Scope* scope);
  Value EvalObject(const hcl::Object& object, Range range, const Scope* scope);
  Value EvalFor(const hcl::For& loop, Range range, const Scope* scope);
  Value EvalTemplate(std::span<const NodeId> parts, Range range, const Scope* scope);
  Value EvalTemplateFor(const hcl::TemplateFor& loop, Range range, const Scope* scope);
  std::optional<std::vector<Element>> Elements(Value collection, Range range, Value& failure);

  template <typename Body>
  Value ForEach(Value source, hcl::NameId key_name, hcl::NameId value_name, Range range,
                const Scope* scope, Body body);

  Context& context_;
  const hcl::Tree& tree_;
  Names* names_;
};

const Scope* Find(const Scope* scope, std::string_view name) {
  while (scope != nullptr && scope->name != name) scope = scope->outer;
  return scope;
}

Value Evaluator::Eval(NodeId id, const Scope* scope) {
  const hcl::Node& node = tree_[id];
  if (!context_.Spend(1)) return context_.Limit("evaluation_steps", node.range);
  const bool entered = context_.Enter();
  const Value value =
      entered ? EvalNode(node, scope) : context_.Limit("depth of evaluation", node.range);
  context_.Leave();
  return value;
}

Value Evaluator::EvalNode(const hcl::Node& node, const Scope* scope) {
  const Range range = node.range;
  return std::visit(
      Overloaded{
          [&](const hcl::Missing&) {
            return context_.Unknown(UnknownReason::kEvalError, "a syntax error", range);
          },
          [&](const hcl::Literal& literal) { return literal.value; },
          [&](const hcl::Variable& variable) { return EvalVariable(variable, range, scope); },
          [&](const hcl::Attribute& attribute) { return EvalAttribute(attribute, range, scope); },
          [&](const hcl::Index& index) {
            const Value collection = Eval(index.collection, scope);
            if (collection.IsError()) return collection;
            return IndexValue(context_, collection, Eval(index.key, scope), range);
          },
          [&](const hcl::Splat& splat) { return EvalSplat(splat, range, scope); },
          [&](const hcl::SplatItem&) {
            const Scope* const item = Find(scope, kItem);
            return item == nullptr ? context_.Error("no splat is around", range) : item->value;
          },
          [&](const hcl::Call& call) { return EvalCall(call, range, scope); },
          [&](const hcl::Unary& unary) {
            return Apply(context_, unary.op, Eval(unary.operand, scope), range);
          },
          [&](const hcl::Binary& binary) {
            const Value lhs = Eval(binary.lhs, scope);
            return Apply(context_, binary.op, lhs, Eval(binary.rhs, scope), range);
          },
          [&](const hcl::Conditional& c) {
            return EvalConditional(c.condition, c.if_true, c.if_false, range, scope);
          },
          [&](const hcl::Tuple& tuple) { return EvalTuple(tuple, range, scope); },
          [&](const hcl::Object& object) { return EvalObject(object, range, scope); },
          [&](const hcl::ReferenceKey&) {
            return context_.Error("a reference as a key stands in parentheses", range);
          },
          [&](const hcl::For& loop) { return EvalFor(loop, range, scope); },
          [&](const hcl::Template& parts) {
            return EvalTemplate(tree_[parts.parts], range, scope);
          },
          [&](const hcl::Wrap& wrap) { return Eval(wrap.expression, scope); },
          [&](const hcl::TemplateIf& c) {
            return EvalConditional(c.condition, c.if_true, c.if_false, range, scope);
          },
          [&](const hcl::TemplateFor& loop) { return EvalTemplateFor(loop, range, scope); },
      },
      node.expression);
}

Value Evaluator::EvalVariable(const hcl::Variable& variable, Range range, const Scope* scope) {
  const std::string_view name = tree_[variable.name].text;
  if (const Scope* const found = Find(scope, name); found != nullptr) return found->value;
  return context_.Error("`" + std::string(name) + "` is not a value: a reference has a dot", range);
}

// `var.a`, `local.a`, `data.type.name`, `type.name`, `resource.type.name`, unless a scope has the
// first word.
std::optional<Reference> Evaluator::FindReference(const hcl::Attribute& attribute,
                                                  const Scope* scope) {
  struct Root {
    std::string_view word;
    Reference::Kind kind;
  };
  constexpr Root kRoots[] = {{"var", Reference::Kind::kVariable},
                             {"local", Reference::Kind::kLocal},
                             {"module", Reference::Kind::kModule},
                             {"path", Reference::Kind::kPath}};
  constexpr std::string_view kOthers[] = {"each", "count", "self", "terraform"};
  const std::string_view name = tree_[attribute.name].text;
  const hcl::Expression& object = tree_[attribute.object].expression;
  if (const auto* const variable = std::get_if<hcl::Variable>(&object)) {
    const std::string_view word = tree_[variable->name].text;
    if (Find(scope, word) != nullptr || word == "data" || word == "resource" ||
        word == "ephemeral") {
      return std::nullopt;
    }
    for (const Root& root : kRoots) {
      if (root.word == word) return Reference{.kind = root.kind, .type = word, .name = name};
    }
    const bool other = std::ranges::find(kOthers, word) != std::end(kOthers);
    return Reference{.kind = other ? Reference::Kind::kOther : Reference::Kind::kResource,
                     .type = word,
                     .name = name};
  }
  const auto* const middle = std::get_if<hcl::Attribute>(&object);
  if (middle == nullptr) return std::nullopt;
  const auto* const first = std::get_if<hcl::Variable>(&tree_[middle->object].expression);
  if (first == nullptr) return std::nullopt;
  const std::string_view word = tree_[first->name].text;
  if (Find(scope, word) != nullptr) return std::nullopt;
  const std::string_view type = tree_[middle->name].text;
  if (word == "data") return Reference{.kind = Reference::Kind::kData, .type = type, .name = name};
  if (word == "ephemeral") {
    return Reference{.kind = Reference::Kind::kEphemeral, .type = type, .name = name};
  }
  if (word == "resource") {
    return Reference{.kind = Reference::Kind::kResource, .type = type, .name = name};
  }
  return std::nullopt;
}

Value Evaluator::EvalAttribute(const hcl::Attribute& attribute, Range range, const Scope* scope) {
  if (const auto reference = FindReference(attribute, scope)) {
    if (names_ != nullptr) return names_->Get(*reference, range);
    return context_.Error("only constants can stand here", range);
  }
  if (const auto output = EvalOutput(attribute, range, scope)) return *output;
  const Value object = Eval(attribute.object, scope);
  const hcl::Name& name = tree_[attribute.name];
  // An attribute of a list is none of its elements, whatever the name.
  if (object.IsList()) return context_.Error("a list has no attributes; use `[*]`", range);
  return IndexValue(context_, object, Value::String(name.text).At(name.range), range);
}

// The value of `module.name.output` or `module.name[key].output`; nothing if it is not that.
std::optional<Value> Evaluator::EvalOutput(const hcl::Attribute& attribute, Range range,
                                           const Scope* scope) {
  if (names_ == nullptr) return std::nullopt;
  const auto* const index = std::get_if<hcl::Index>(&tree_[attribute.object].expression);
  const NodeId called = index == nullptr ? attribute.object : index->collection;
  const auto* const module = std::get_if<hcl::Attribute>(&tree_[called].expression);
  if (module == nullptr) return std::nullopt;
  const auto reference = FindReference(*module, scope);
  if (!reference.has_value() || reference->kind != Reference::Kind::kModule) return std::nullopt;
  ModuleReference wanted{
      .name = reference->name, .key = std::nullopt, .output = tree_[attribute.name].text};
  if (index != nullptr) wanted.key = Eval(index->key, scope);
  if (wanted.key.has_value() && wanted.key->IsError()) return wanted.key;
  return names_->GetOutput(wanted, range);
}

Value Evaluator::EvalSplat(const hcl::Splat& splat, Range range, const Scope* scope) {
  const Value source = Eval(splat.source, scope);
  if (source.IsError()) return source;
  if (source.IsUnknown()) return Waiting(source, range);
  if (source.IsNull()) return context_.List({}).At(range);
  const std::span<const Value> items =
      source.IsList() ? source.AsList() : std::span<const Value>(&source, 1);
  std::vector<Value> results;
  for (const Value& item : items) {
    const Scope inner{.outer = scope, .name = kItem, .value = item};
    const Value result = Eval(splat.each, &inner);
    if (result.IsError()) return result;
    results.push_back(result);
  }
  const Shape shape = source.shape() == Shape::kFree ? Shape::kFree : Shape::kUniform;
  const Value list = context_.List(results, shape).At(range);
  return source.IsSensitive() ? list.Sensitive() : list;
}

// `f(xs...)`: puts the elements in the place of the list. False: `failure` is the answer.
bool Evaluator::ExpandLast(std::vector<Value>& arguments, Value& failure) {
  const Value last = arguments.back();
  arguments.pop_back();
  if (last.IsUnknown() || last.IsError()) {
    failure = last.Named(false);
  } else if (!last.IsList()) {
    failure = context_.Error("only a list can be expanded with `...`", last.range());
  } else {
    arguments.insert(arguments.end(), last.AsList().begin(), last.AsList().end());
    return true;
  }
  return false;
}

Value Evaluator::EvalCall(const hcl::Call& call, Range range, const Scope* scope) {
  std::string_view name = tree_[call.name].text;
  if (name.starts_with("provider::")) {
    return context_.Unknown(UnknownReason::kProviderFunction, std::string(name) + "()", range);
  }
  if (name.starts_with("core::")) name.remove_prefix(6);
  const Builtin* const builtin = FindBuiltin(name);
  if (builtin == nullptr) {
    return context_.Error("there is no function `" + std::string(name) + "`", range);
  }
  std::vector<Value> arguments;
  for (const NodeId argument : tree_[call.arguments]) arguments.push_back(Eval(argument, scope));
  Value failure;
  if (call.expand_last && !ExpandLast(arguments, failure)) return failure;
  return CallBuiltin(context_, *builtin, arguments, range);
}

Value Evaluator::EvalConditional(NodeId condition, NodeId if_true, NodeId if_false, Range range,
                                 const Scope* scope) {
  Value test = Eval(condition, scope);
  if (test.IsNull()) return context_.Error("the condition is null", range);
  test = Convert(context_, test, {.kind = TypeKind::kBool});
  if (test.IsError()) return test;
  const Value yes = Eval(if_true, scope);
  const Value no = Eval(if_false, scope);
  if (test.IsUnknown()) {
    if (yes.IsError() || no.IsError()) return Waiting(test, range);
    return Blend(context_, yes, no, Waiting(test, range));
  }
  const Value chosen = test.AsBool() ? yes : no;
  if (chosen.IsError() && chosen.AsError().absolute) return chosen;
  if (!context_.Spend(context_.SizeOf(yes) + context_.SizeOf(no))) return chosen;
  const Value other = test.AsBool() ? no : yes;
  const bool values = !chosen.IsError() && !other.IsError();
  if (values && !Unify(TypeOf(yes), TypeOf(no)).has_value()) {
    return context_.Error("the two results are of types that do not go together: " +
                              Describe(TypeOf(yes)) + " and " + Describe(TypeOf(no)),
                          range);
  }
  const Value result = UnifyBranch(context_, chosen, other);
  return test.IsSensitive() ? result.Sensitive() : result;
}

Value Evaluator::EvalTuple(const hcl::Tuple& tuple, Range range, const Scope* scope) {
  std::vector<Value> items;
  for (const NodeId item : tree_[tuple.items]) {
    items.push_back(Eval(item, scope));
    if (items.back().IsError()) return items.back();
  }
  return context_.List(items).At(range);
}

// Entries by key; a later one takes the place of an earlier one.
class EntryBuilder {
 public:
  // The entry of the key, and whether it is new.
  std::pair<MapEntry*, bool> Add(Value key, Value value) {
    const auto [place, added] = places_.emplace(key.AsString(), entries_.size());
    if (added) entries_.push_back({key, value});
    return {&entries_[place->second], added};
  }
  [[nodiscard]] const std::vector<MapEntry>& entries() const { return entries_; }

 private:
  std::vector<MapEntry> entries_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

Value Evaluator::EvalObject(const hcl::Object& object, Range range, const Scope* scope) {
  EntryBuilder entries;
  const std::span<const NodeId> items = tree_[object.items];
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    Value key = Eval(items[i], scope);
    if (key.IsNull()) return context_.Error("a key is null", tree_[items[i]].range);
    key = Convert(context_, key, {.kind = TypeKind::kString});
    const Value value = Eval(items[i + 1], scope);
    if (key.IsError()) return key;
    if (value.IsError()) return value;
    if (key.IsUnknown()) return Waiting(key, range);
    *entries.Add(key, value).first = {key, value};
  }
  return context_.Map(entries.entries()).At(range);
}

std::optional<std::vector<Element>> Evaluator::Elements(Value collection, Range range,
                                                        Value& failure) {
  std::vector<Element> elements;
  if (collection.IsError() || collection.IsUnknown()) {
    failure = collection.IsError() ? collection : Waiting(collection, range);
    return std::nullopt;
  }
  if (collection.IsList()) {
    const bool set = collection.shape() == Shape::kSet;
    std::int64_t index = 0;
    for (const Value& item : collection.AsList()) {
      elements.push_back({.key = set ? item : Value::Int(index++).At(range), .value = item});
    }
    return elements;
  }
  if (!collection.IsMap()) {
    failure = context_.Error(std::string(KindName(collection)) + " cannot be iterated", range);
    return std::nullopt;
  }
  if (collection.OpenRest() != nullptr) {
    failure = collection.OpenRest()->At(range);
    return std::nullopt;
  }
  for (const MapEntry& entry : SortedEntries(collection)) {
    elements.push_back({.key = entry.key, .value = entry.value});
  }
  return elements;
}

// Calls `body` in the scope of each element until it gives a value, which is then the result.
// Null: all were visited.
template <typename Body>
Value Evaluator::ForEach(Value source, hcl::NameId key_name, hcl::NameId value_name, Range range,
                         const Scope* scope, Body body) {
  Value failure;
  const auto elements = Elements(source, range, failure);
  if (!elements.has_value()) return failure;
  for (const Element& element : *elements) {
    const Scope key{.outer = scope,
                    .name = key_name == hcl::NameId::kNone ? "" : tree_[key_name].text,
                    .value = element.key};
    const Scope value{.outer = &key, .name = tree_[value_name].text, .value = element.value};
    const Value result = body(&value);
    if (!result.IsNull()) return result;
  }
  return Value::Null();
}

Value Evaluator::EvalFor(const hcl::For& loop, Range range, const Scope* scope) {
  const bool object = loop.key != NodeId::kNone;
  std::vector<Value> items;
  EntryBuilder entries;
  std::unordered_map<std::string_view, std::vector<Value>> groups;
  std::optional<Value> rest;  // an entry that may be there
  const auto visit = [&](const Scope* inner) -> Value {
    if (loop.condition != NodeId::kNone) {
      Value keep = Eval(loop.condition, inner);
      if (keep.IsNull()) return context_.Error("the condition of `for` is null", range);
      keep = Convert(context_, keep, {.kind = TypeKind::kBool});
      if (keep.IsError()) return keep;
      // A list would be of unknown length; of an object the other entries are certain.
      if (keep.IsUnknown() && object && !loop.group) {
        rest =
            rest.has_value() ? Value::Unknown(context_.arena, *rest, keep) : Waiting(keep, range);
        return Value::Null();
      }
      if (keep.IsUnknown()) return Waiting(keep, range);
      if (!keep.AsBool()) return Value::Null();
    }
    if (!object) {
      items.push_back(Eval(loop.value, inner));
      return items.back().IsError() ? items.back() : Value::Null();
    }
    Value key = Eval(loop.key, inner);
    if (key.IsNull()) return context_.Error("a key of `for` is null", range);
    key = Convert(context_, key, {.kind = TypeKind::kString});
    const Value value = Eval(loop.value, inner);
    if (key.IsError()) return key;
    if (value.IsError()) return value;
    if (key.IsUnknown()) return Waiting(key, range);
    const bool added = entries.Add(key, value).second;
    if (loop.group) groups[entries.Add(key, value).first->key.AsString()].push_back(value);
    if (added || loop.group) return Value::Null();
    return context_.Error("two elements have the key `" + std::string(key.AsString()) + "`", range);
  };
  const Value source = Eval(loop.collection, scope);
  const Value failure = ForEach(source, loop.key_name, loop.value_name, range, scope, visit);
  if (!failure.IsNull()) return failure;
  std::vector<MapEntry> made = entries.entries();
  for (MapEntry& entry : made) {
    if (loop.group) entry.value = context_.List(groups[entry.key.AsString()]);
  }
  Value result = object ? context_.Map(made) : context_.List(items);
  if (rest.has_value() && result.IsMap()) {
    result = Value::OpenMap(context_.arena, result.AsMap(), *rest);
  }
  result = result.At(range);
  return source.IsSensitive() ? result.Sensitive() : result;
}

Value Evaluator::EvalTemplate(std::span<const NodeId> parts, Range range, const Scope* scope) {
  std::string text;
  std::optional<Value> unknown;
  bool sensitive = false;
  for (const NodeId part : parts) {
    const Value value = ToText(context_, Eval(part, scope), tree_[part].range);
    if (value.IsError()) return value;
    sensitive = sensitive || value.IsSensitive();
    if (value.IsUnknown()) {
      unknown = unknown.has_value() ? Value::Unknown(context_.arena, *unknown, value) : value;
      continue;
    }
    text += value.AsString();
    if (!context_.Spend(value.size() / 16)) return context_.Limit("evaluation_steps", range);
    if (text.size() > context_.limits.file_bytes) return context_.Limit("file_bytes", range);
  }
  const Value result = unknown.has_value() ? unknown->Named(false) : context_.String(text);
  return sensitive ? result.At(range).Sensitive() : result.At(range);
}

Value Evaluator::EvalTemplateFor(const hcl::TemplateFor& loop, Range range, const Scope* scope) {
  std::string text;
  bool secret = false;
  const auto visit = [&](const Scope* inner) -> Value {
    const Value value = ToText(context_, Eval(loop.body, inner), range);
    if (!value.IsString()) return value;
    secret = secret || value.IsSensitive();
    text += value.AsString();
    if (!context_.Spend(value.size() / 16)) return context_.Limit("evaluation_steps", range);
    return text.size() > context_.limits.file_bytes ? context_.Limit("file_bytes", range)
                                                    : Value::Null();
  };
  const Value source = Eval(loop.collection, scope);
  const Value failure = ForEach(source, loop.key_name, loop.value_name, range, scope, visit);
  if (!failure.IsNull()) return failure.Named(false);
  const Value result = context_.String(text).At(range);
  return source.IsSensitive() || secret ? result.Sensitive() : result;
}

}  // namespace

std::vector<MapEntry> SortedEntries(Value map) {
  std::vector<MapEntry> entries(map.AsMap().begin(), map.AsMap().end());
  std::ranges::sort(entries, {}, [](const MapEntry& entry) { return entry.key.AsString(); });
  return entries;
}

Value ToText(Context& context, Value value, Range range) {
  if (value.IsNull()) return context.Error("null cannot stand in a text", range);
  const Value text = Convert(context, value, {.kind = TypeKind::kString});
  if (!text.IsError() || value.IsError()) return text;
  return context.Error(std::string(KindName(value)) + " cannot stand in a text", range);
}

Value Evaluate(Context& context, const hcl::Tree& tree, hcl::NodeId node, Names* names,
               const Scope* scope) {
  return Evaluator(context, tree, names).Eval(node, scope);
}

}  // namespace restorable::terraform
