#include "policy/inliner.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/overloaded.h"
#include "cel/print.h"

namespace restorable::policy {
namespace {

using cel::NodeId;
using cel::Tree;

// What a function that calls others often would become without an end.
constexpr std::size_t kMostNodes = 2'000;
constexpr std::size_t kMostDepth = 400;
// An error when it is evaluated, of whatever type is wanted.
constexpr std::string_view kUnknown = "dyn(optional.none().value())";
// Of the library of lists, as Kubernetes 1.34 is built.
constexpr std::string_view kNotInKubernetes[] = {"distinct", "flatten", "reverse",
                                                 "slice",    "sort",    "sortBy"};
constexpr std::string_view kItem = "item";
constexpr std::string_view kIndex = "index";

bool IsScalar(Value value) { return !value.IsList() && !value.IsMap(); }

// Literals of one type only are what Kubernetes accepts.
bool IsMixed(std::span<const Value> values) {
  return std::ranges::any_of(values, [&](Value value) {
    return !IsScalar(value) || value.kind() != values.front().kind();
  });
}

}  // namespace

Inliner::Inliner(const Definitions& definitions, std::string_view as_of, const Rule& rule,
                 const Check& check, const Limits& limits)
    : definitions_(definitions), as_of_(as_of), rule_(rule), check_(check), limits_(limits) {}

std::optional<std::string> Inliner::Inline(std::string_view text, bool item) {
  Output out;
  const Scope* scope = nullptr;
  if (item) scope = &Bind(out, nullptr, kItem);
  const Tree& tree = Parsed(text);
  const NodeId root = Copy(out, {&tree, tree.root(), scope});
  if (!reason_.empty()) return std::nullopt;
  return cel::Print(out.tree, root);
}

bool Inliner::UsesItem(std::string_view text) { return MentionsItem(Parsed(text)); }

bool Inliner::MentionsItem(const Tree& tree) {
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const auto id = static_cast<NodeId>(i);
    if (const auto* ident = tree.As<cel::Ident>(id)) {
      if (ident->name == kItem || ident->name == kIndex) return true;
    }
    const auto* select = tree.As<cel::Select>(id);
    const auto* owner = select != nullptr ? tree.As<cel::Ident>(select->operand) : nullptr;
    if (owner == nullptr || owner->name != "variables") continue;
    const auto own =
        std::ranges::find(check_.variables, select->field.text, &NamedExpression::name);
    if (own == check_.variables.end()) continue;
    const auto [known, is_new] = uses_item_.try_emplace(std::string(own->name), false);
    if (is_new) {
      const bool uses = MentionsItem(Parsed(own->expression.text));
      uses_item_[std::string(own->name)] = uses;
    }
    if (uses_item_.find(own->name)->second) return true;
  }
  return false;
}

const Tree& Inliner::Parsed(std::string_view text) {
  const auto found = parsed_.find(text);
  if (found != parsed_.end()) return found->second.tree;
  return parsed_.emplace(text, cel::Parse(text, limits_)).first->second.tree;
}

const std::string_view* Inliner::FindVariable(std::string_view name) const {
  for (const auto* variables : {&check_.variables, &definitions_.variables}) {
    const auto found = std::ranges::find(*variables, name, &NamedExpression::name);
    if (found != variables->end()) return &found->expression.text;
  }
  return nullptr;
}

NodeId Inliner::Fail(Output& out, std::string reason) {
  if (reason_.empty()) reason_ = std::move(reason);
  return out.tree.Add({{}, cel::Missing{}});
}

const Inliner::Scope* Inliner::Lookup(const Scope* scope, std::string_view name) {
  while (scope != nullptr && scope->name != name) scope = scope->outer;
  return scope;
}

// A name of a macro, another one if what surrounds it has the name already: what is put in from
// outside must not mean the wrong one.
const Inliner::Scope& Inliner::Bind(Output& out, const Scope* outer, std::string_view name) {
  std::string written(name);
  for (int i = 2; std::ranges::find(out.bound, written) != out.bound.end(); ++i) {
    written = std::string(name) + std::to_string(i);
  }
  const std::string_view kept = out.tree.arena().Copy(written);
  out.bound.push_back(kept);
  return out.scopes.emplace_back(Scope{outer, name, kept, {}});
}

template <typename T, typename Make>
cel::Run<T> Inliner::CopyRun(Output& out, Source source, cel::Run<T> run, Make make) {
  std::vector<T> copies;
  for (const T& child : (*source.tree)[run]) copies.push_back(make(child));
  return out.tree.AddRun(std::span<const T>(copies));
}

NodeId Inliner::Copy(Output& out, Source source) {
  if (!reason_.empty()) return out.tree.Add({{}, cel::Missing{}});
  if (++nodes_ > kMostNodes || out.depth >= kMostDepth) {
    return Fail(out, "it becomes too large when its functions are put in");
  }
  ++out.depth;
  const auto again = [&](NodeId id) { return Copy(out, {source.tree, id, source.scope}); };
  const auto add = [&](auto expr) { return out.tree.Add({{}, std::move(expr)}); };
  const NodeId made = std::visit(
      Overloaded{
          [&](const cel::Missing&) { return Fail(out, "it is broken"); },
          [&](const cel::Literal& literal) { return add(literal); },
          [&](const cel::Ident& ident) { return CopyIdent(out, source, ident); },
          [&](const cel::Select& select) { return CopySelect(out, source, select); },
          [&](const cel::Has& has) {
            const NodeId operand = again(has.operand);
            return add(cel::Has{operand, has.field});
          },
          [&](const cel::Index& index) {
            const NodeId operand = again(index.operand);
            const NodeId key = again(index.index);
            return add(cel::Index{operand, key, index.optional});
          },
          [&](const cel::Call& call) { return CopyCall(out, source, call); },
          [&](const cel::Unary& unary) {
            const NodeId operand = again(unary.operand);
            return add(cel::Unary{unary.op, operand});
          },
          [&](const cel::Chain& chain) {
            const NodeId first = again(chain.first);
            return add(
                cel::Chain{first, CopyRun(out, source, chain.rest, [&](const cel::Link& link) {
                             return cel::Link{link.op, again(link.operand), link.op_range};
                           })});
          },
          [&](const cel::Logic& logic) {
            return add(cel::Logic{logic.op, CopyRun(out, source, logic.operands, again)});
          },
          [&](const cel::Conditional& conditional) {
            const NodeId condition = again(conditional.condition);
            const NodeId then = CopyBranch(out, source, conditional.then);
            const NodeId otherwise = CopyBranch(out, source, conditional.otherwise);
            return add(cel::Conditional{condition, then, otherwise});
          },
          [&](const cel::ListLiteral& list) { return CopyList(out, source, list); },
          [&](const cel::MapLiteral& map) { return CopyMap(out, source, map); },
          [&](const cel::Comprehension& loop) { return CopyComprehension(out, source, loop); },
          [&](const cel::Bind& bind) {
            const Scope& bound = out.scopes.emplace_back(Scope{
                source.scope, bind.variable.text, {}, {source.tree, bind.init, source.scope}});
            return Copy(out, {source.tree, bind.body, &bound});
          },
          [&](const cel::OptionalMap& map) { return CopyOptionalMap(out, source, map); },
      },
      (*source.tree)[source.node].expr);
  --out.depth;
  return made;
}

NodeId Inliner::CopyBranch(Output& out, Source source, NodeId branch) {
  const NodeId made = Copy(out, {source.tree, branch, source.scope});
  if (!lacks_means_) return made;
  lacks_means_ = false;
  std::string reason = std::exchange(reason_, {});
  if (std::ranges::find(gaps_, reason) == gaps_.end()) gaps_.push_back(std::move(reason));
  return Insert(out, kUnknown);
}

NodeId Inliner::CopyIdent(Output& out, Source source, const cel::Ident& ident) {
  const Scope* const bound = Lookup(source.scope, ident.name);
  if (bound != nullptr && bound->written.empty()) return Copy(out, bound->value);
  if (bound != nullptr) return out.tree.Add({{}, cel::Ident{bound->written, false}});
  for (const std::string_view whole : {"data", "params", "variables", "resource", "resources"}) {
    if (ident.name == whole) return Fail(out, "it uses `" + std::string(whole) + "` as a whole");
  }
  if (ident.name == kIndex) return Fail(out, "it uses the number of an item");
  return out.tree.Add({{}, ident});
}

// The value of `data.x.y` or `params.x`; nothing if it is something else or not there.
std::optional<Value> Inliner::Constant(Source source) const {
  const auto* select = source.tree->As<cel::Select>(source.node);
  if (select == nullptr || select->optional) return std::nullopt;
  if (const auto* root = source.tree->As<cel::Ident>(select->operand)) {
    if (Lookup(source.scope, root->name) != nullptr) return std::nullopt;
    if (root->name == "params") {
      const Value* const value = rule_.params.Find(select->field.text);
      return value != nullptr ? std::optional(*value) : std::nullopt;
    }
    if (root->name != "data") return std::nullopt;
    if (select->field.text == "asOf") return Value::String(as_of_);
    const auto table = std::ranges::find(definitions_.data, select->field.text, &DataTable::name);
    return table != definitions_.data.end() ? std::optional(table->content) : std::nullopt;
  }
  const std::optional<Value> owner = Constant({source.tree, select->operand, source.scope});
  const Value* const value = owner ? owner->Find(select->field.text) : nullptr;
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

NodeId Inliner::Literal(Output& out, Value value) {
  nodes_ += 1;
  if (nodes_ > kMostNodes) return Fail(out, "the data that it needs is too large");
  const auto wrapped = [&](Value part, bool is_mixed) {
    const NodeId node = Literal(out, part);
    return is_mixed ? AsDyn(out, node) : node;
  };
  if (value.IsList()) {
    const bool is_mixed = IsMixed(value.AsList());
    std::vector<cel::Element> elements;
    for (const Value& item : value.AsList()) elements.push_back({wrapped(item, is_mixed)});
    return out.tree.Add(
        {{}, cel::ListLiteral{out.tree.AddRun(std::span<const cel::Element>(elements))}});
  }
  if (value.IsMap()) {
    std::vector<Value> values;
    for (const MapEntry& entry : value.AsMap()) values.push_back(entry.value);
    const bool is_mixed = IsMixed(values);
    std::vector<cel::Entry> entries;
    for (const MapEntry& entry : value.AsMap()) {
      const NodeId key = Literal(out, entry.key);
      entries.push_back({key, wrapped(entry.value, is_mixed)});
    }
    return out.tree.Add(
        {{}, cel::MapLiteral{out.tree.AddRun(std::span<const cel::Entry>(entries))}});
  }
  return out.tree.Add({{}, cel::Literal{value}});
}

// An expression that speaks of what every policy has.
NodeId Inliner::Insert(Output& out, std::string_view text) {
  const Tree& tree = Parsed(text);
  return Copy(out, {&tree, tree.root(), nullptr});
}

std::optional<NodeId> Inliner::CopyResource(Output& out, std::string_view name) {
  if (name == "mode") return Literal(out, Value::String("admission"));
  if (name == "language") return Literal(out, Value::String("kubernetes"));
  if (name == "operation") return Insert(out, "request.operation");
  if (name == "namespace") return Insert(out, "request.?namespace.orValue('')");
  if (name == "name") return Insert(out, "object.?metadata.?name.orValue('')");
  return std::nullopt;
}

NodeId Inliner::CopyVariable(Output& out, Source source, std::string_view name) {
  const std::string_view* const text = FindVariable(name);
  if (text == nullptr) return Fail(out, "it uses a variable that is not there");
  const Tree& tree = Parsed(*text);
  if (UsesItem(*text)) return Copy(out, {&tree, tree.root(), source.scope});
  const auto is_it = [&](const auto& variable) { return variable.first == name; };
  if (std::ranges::none_of(variables_, is_it)) {
    Output own;
    const NodeId root = Copy(own, {&tree, tree.root(), nullptr});
    if (reason_.empty()) variables_.emplace_back(name, cel::Print(own.tree, root));
  }
  const NodeId owner = out.tree.Add({{}, cel::Ident{"variables", false}});
  return out.tree.Add({{}, cel::Select{owner, {out.tree.arena().Copy(name), {}}, false}});
}

NodeId Inliner::CopySelect(Output& out, Source source, const cel::Select& select) {
  if (const std::optional<Value> constant = Constant(source)) return Literal(out, *constant);
  const auto* owner = source.tree->As<cel::Ident>(select.operand);
  if (owner != nullptr && Lookup(source.scope, owner->name) == nullptr && !select.optional) {
    if (owner->name == "variables") return CopyVariable(out, source, select.field.text);
    if (owner->name == "resource") {
      if (const auto made = CopyResource(out, select.field.text)) return *made;
      return Fail(out, "it uses resource." + std::string(select.field.text));
    }
  }
  const NodeId operand = Copy(out, {source.tree, select.operand, source.scope});
  return out.tree.Add({{}, cel::Select{operand, select.field, select.optional}});
}

NodeId Inliner::CopyLibraryCall(Output& out, Source source, const cel::Call& call,
                                const LibraryFunction& function) {
  const std::span<const NodeId> arguments = (*source.tree)[call.arguments];
  if (arguments.size() != function.parameters.size()) return Fail(out, "it calls a function badly");
  const Scope* scope = nullptr;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    scope = &out.scopes.emplace_back(
        Scope{scope, function.parameters[i], {}, {source.tree, arguments[i], source.scope}});
  }
  const Tree& body = Parsed(function.expression.text);
  return Copy(out, {&body, body.root(), scope});
}

NodeId Inliner::CopyCall(Output& out, Source source, const cel::Call& call) {
  const auto again = [&](NodeId id) { return Copy(out, {source.tree, id, source.scope}); };
  const std::string_view name = call.name.text;
  if (!call.receiver) {
    if (name == "unknown") return Insert(out, kUnknown);
    const auto function = std::ranges::find(definitions_.functions, name, &LibraryFunction::name);
    if (function != definitions_.functions.end()) {
      return CopyLibraryCall(out, source, call, *function);
    }
    return out.tree.Add({{},
                         cel::Call{std::nullopt, call.name,
                                   CopyRun(out, source, call.arguments, again), call.root}});
  }
  const auto* owner = source.tree->As<cel::Ident>(*call.receiver);
  if (owner != nullptr && owner->name == "resources") {
    return Insert(out, name == "find" ? "optional.none()" : kUnknown);
  }
  if (std::ranges::find(kNotInKubernetes, name) != std::end(kNotInKubernetes)) {
    lacks_means_ = true;
    return Fail(out, "it uses " + std::string(name) + "(), which the API server does not have");
  }
  // Macros of namespaces ("optional", "math") are calls with a receiver that is no value.
  const NodeId receiver = owner != nullptr && Lookup(source.scope, owner->name) == nullptr
                              ? CopyIdent(out, source, *owner)
                              : again(*call.receiver);
  if (name == "first" && call.arguments.count == 0) {
    const NodeId zero = Literal(out, Value::Int(0));
    return out.tree.Add({{}, cel::Index{receiver, zero, true}});
  }
  return out.tree.Add(
      {{}, cel::Call{receiver, call.name, CopyRun(out, source, call.arguments, again), call.root}});
}

// Whether literals of several parts could be of several types.
bool Inliner::NeedsDyn(const Tree& tree, std::span<const NodeId> parts) {
  if (parts.size() < 2) return false;
  const auto kind = [&](NodeId id) {
    const auto* literal = tree.As<cel::Literal>(id);
    return literal != nullptr ? literal->value.kind() : Kind::kUnknown;
  };
  return std::ranges::any_of(parts, [&](NodeId id) {
    return kind(id) == Kind::kUnknown || kind(id) != kind(parts.front());
  });
}

// Entries and elements that may be absent, `{?'a': x}`: with a value of unknown type, cel-go 0.26
// (Kubernetes 1.34) panics when it checks them.
NodeId Inliner::FailOptional(Output& out) {
  lacks_means_ = true;
  return Fail(out,
              "it makes a map or list of what may be absent, which the API server does not bear");
}

NodeId Inliner::AsDyn(Output& out, NodeId node) {
  return out.tree.Add(
      {{},
       cel::Call{std::nullopt, {"dyn", {}}, out.tree.AddRun(std::span<const NodeId>(&node, 1))}});
}

NodeId Inliner::CopyList(Output& out, Source source, const cel::ListLiteral& list) {
  std::vector<NodeId> parts;
  for (const cel::Element& element : (*source.tree)[list.elements]) {
    if (element.optional) return FailOptional(out);
    parts.push_back(element.value);
  }
  const bool needs_dyn = NeedsDyn(*source.tree, parts);
  const auto copy = [&](const cel::Element& element) {
    const NodeId value = Copy(out, {source.tree, element.value, source.scope});
    return cel::Element{needs_dyn ? AsDyn(out, value) : value};
  };
  return out.tree.Add({{}, cel::ListLiteral{CopyRun(out, source, list.elements, copy)}});
}

NodeId Inliner::CopyMap(Output& out, Source source, const cel::MapLiteral& map) {
  std::vector<NodeId> parts;
  for (const cel::Entry& entry : (*source.tree)[map.entries]) {
    if (entry.optional) return FailOptional(out);
    parts.push_back(entry.value);
  }
  const bool needs_dyn = NeedsDyn(*source.tree, parts);
  const auto copy = [&](const cel::Entry& entry) {
    const NodeId key = Copy(out, {source.tree, entry.key, source.scope});
    const NodeId value = Copy(out, {source.tree, entry.value, source.scope});
    return cel::Entry{key, needs_dyn ? AsDyn(out, value) : value};
  };
  return out.tree.Add({{}, cel::MapLiteral{CopyRun(out, source, map.entries, copy)}});
}

NodeId Inliner::CopyComprehension(Output& out, Source source, const cel::Comprehension& loop) {
  cel::Comprehension copy = loop;
  copy.range = Copy(out, {source.tree, loop.range, source.scope});
  const std::size_t bound = out.bound.size();
  const Scope* scope = &Bind(out, source.scope, loop.first.text);
  copy.first = {scope->written, {}};
  if (loop.second) {
    scope = &Bind(out, scope, loop.second->text);
    copy.second = {scope->written, {}};
  }
  if (loop.predicate) copy.predicate = Copy(out, {source.tree, *loop.predicate, scope});
  if (loop.transform) copy.transform = Copy(out, {source.tree, *loop.transform, scope});
  out.bound.resize(bound);
  return out.tree.Add({{}, copy});
}

NodeId Inliner::CopyOptionalMap(Output& out, Source source, const cel::OptionalMap& map) {
  const NodeId operand = Copy(out, {source.tree, map.operand, source.scope});
  const Scope& scope = Bind(out, source.scope, map.variable.text);
  const NodeId body = Copy(out, {source.tree, map.body, &scope});
  out.bound.pop_back();
  return out.tree.Add({{}, cel::OptionalMap{map.flat, operand, {scope.written, {}}, body}});
}

}  // namespace restorable::policy
