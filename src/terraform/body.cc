#include "terraform/body.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "terraform/condition.h"
#include "terraform/diagnostics.h"
#include "terraform/operators.h"
#include "terraform/type.h"

namespace restorable::terraform {
namespace {

constexpr std::string_view kMetaArguments[] = {"count", "depends_on", "for_each", "provider",
                                               "providers"};
constexpr std::string_view kMetaBlocks[] = {"connection", "lifecycle", "provisioner"};

// A block that is there or not, as a condition says that is unknown.
struct Alternative {
  const hcl::Tree* tree;
  hcl::NodeId condition;
  bool if_true;  // it is there when the condition is true
  Value block;
  Value unknown;
};

// The blocks of one type, so far.
struct Group {
  hcl::Name type;
  std::vector<Value> blocks;
  std::vector<Alternative> alternatives;
  std::optional<Value> unknown;
};

// In the order in which their types first occur.
class Groups {
 public:
  Group& Of(const hcl::Name& type) {
    const auto [place, is_new] = places_.emplace(type.text, groups_.size());
    if (is_new) groups_.push_back({.type = type, .blocks = {}, .alternatives = {}, .unknown = {}});
    return groups_[place->second];
  }
  [[nodiscard]] std::vector<Group>& all() { return groups_; }

 private:
  std::vector<Group> groups_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

// Of two blocks under contrary conditions there is always one.
bool AreContrary(const Alternative& a, const Alternative& b) {
  if (a.tree != b.tree) return false;
  const std::optional<bool> same = CompareConditions(*a.tree, a.condition, b.condition);
  return same.has_value() && (*same ? a.if_true != b.if_true : a.if_true == b.if_true);
}

std::optional<std::size_t> CountOf(Value collection) {
  const bool known =
      collection.IsList() || (collection.IsMap() && collection.OpenRest() == nullptr);
  return known ? std::optional<std::size_t>(collection.size()) : std::nullopt;
}

// A `dynamic` block, taken apart.
struct Dynamic {
  const hcl::Block* block;
  hcl::NodeId for_each;
  std::string_view iterator;
  hcl::BodyId content;
};

// The elements of a list or map, with their keys.
std::vector<MapEntry> ElementsOf(Value source) {
  if (source.IsMap()) return SortedEntries(source);
  std::vector<MapEntry> elements;
  std::int64_t index = 0;
  for (const Value& item : source.AsList()) {
    elements.push_back({source.shape() == Shape::kSet ? item : Value::Int(index), item});
    ++index;
  }
  return elements;
}

class BodyEvaluator {
 public:
  BodyEvaluator(Context& context, Names& names, std::span<const std::string_view> documents)
      : context_(context), names_(names), documents_(documents) {}

  Value Run(const Body& body, const Scope* scope, bool top);

 private:
  void AddDynamic(const hcl::Tree& tree, const hcl::Block& block, const Scope* scope,
                  Groups& groups);
  bool AddAlternative(const hcl::Tree& tree, const Dynamic& dynamic, Value unknown,
                      const Scope* scope, Group& group);
  Value MakeBlock(const hcl::Tree& tree, const Dynamic& dynamic, const MapEntry& element,
                  const Scope* scope);
  void Decide(Group& group);

  Context& context_;
  Names& names_;
  std::span<const std::string_view> documents_;
};

constexpr std::string_view kEncoders[] = {"jsonencode", "yamlencode"};

// `value` of `jsonencode(value)`; any other expression as it is.
hcl::NodeId Encoded(const hcl::Tree& tree, hcl::NodeId node) {
  const auto* const call = std::get_if<hcl::Call>(&tree[node].expression);
  const bool encodes = call != nullptr && !call->expand_last && tree[call->arguments].size() == 1 &&
                       std::ranges::find(kEncoders, tree[call->name].text) != std::end(kEncoders);
  return encodes ? tree[call->arguments][0] : node;
}

Value BodyEvaluator::Run(const Body& body, const Scope* scope, bool top) {
  std::vector<MapEntry> entries;
  for (const Body::NamedArgument& argument : body.Arguments()) {
    if (top && std::ranges::find(kMetaArguments, argument.name.text) != std::end(kMetaArguments)) {
      continue;
    }
    const hcl::Tree& tree = *argument.value.tree;
    const bool is_document =
        top && std::ranges::find(documents_, argument.name.text) != documents_.end();
    const hcl::NodeId node = is_document ? Encoded(tree, argument.value.node) : argument.value.node;
    const Value value = Settle(context_, Evaluate(context_, tree, node, &names_, scope));
    if (value.IsNull()) continue;
    entries.push_back({Value::String(argument.name.text).At(argument.name.range), value});
  }
  Groups groups;
  for (const Body::NestedBlock& nested : body.Blocks()) {
    const std::string_view type = nested.block->type.text;
    if (top && std::ranges::find(kMetaBlocks, type) != std::end(kMetaBlocks)) continue;
    if (type == "dynamic") {
      AddDynamic(*nested.tree, *nested.block, scope, groups);
      continue;
    }
    const Body inner{.parts = {{nested.tree, nested.block->body}}};
    groups.Of(nested.block->type)
        .blocks.push_back(Run(inner, scope, /*top=*/false).At(nested.block->range));
  }
  for (Group& group : groups.all()) {
    Decide(group);
    if (group.blocks.empty() && !group.unknown.has_value()) continue;
    const Range first = group.blocks.empty() ? group.type.range : group.blocks.front().range();
    const Range last = group.blocks.empty() ? first : group.blocks.back().range();
    const bool together = first.file == last.file && first.begin <= last.begin;
    const Value blocks = context_.List(group.blocks).At(together ? first.To(last) : first);
    entries.push_back({Value::String(group.type.text).At(group.type.range),
                       Settle(context_, group.unknown.value_or(blocks))});
  }
  return context_.Map(entries);
}

void BodyEvaluator::AddDynamic(const hcl::Tree& tree, const hcl::Block& block, const Scope* scope,
                               Groups& groups) {
  const std::span<const hcl::Label> labels = tree.Labels(block);
  const hcl::Argument* const for_each = tree.FindArgument(block.body, "for_each");
  const std::span<const hcl::Block> inner = tree.Blocks(block.body);
  const auto content = std::ranges::find(inner, std::string_view("content"),
                                         [](const hcl::Block& b) { return b.type.text; });
  if (labels.empty() || for_each == nullptr || content == inner.end()) return;
  Group& group = groups.Of({.text = labels[0].text, .range = labels[0].range});

  std::string_view iterator = labels[0].text;
  if (const hcl::Argument* const named = tree.FindArgument(block.body, "iterator")) {
    const auto* const word = std::get_if<hcl::Variable>(&tree[named->value].expression);
    if (word != nullptr) iterator = tree[word->name].text;
  }
  Value source = Evaluate(context_, tree, for_each->value, &names_, scope);
  if (source.IsNull()) source = context_.Error("`for_each` is null", for_each->range);
  if (!source.IsError() && !source.IsUnknown() && !source.IsList() && !source.IsMap()) {
    source = context_.Error("`for_each` is " + std::string(KindName(source)), for_each->range);
  }
  if (source.IsMap() && source.OpenRest() != nullptr) source = *source.OpenRest();
  source = Settle(context_, source);
  const Dynamic dynamic{
      .block = &block, .for_each = for_each->value, .iterator = iterator, .content = content->body};
  if (source.IsUnknown()) {
    if (!AddAlternative(tree, dynamic, source, scope, group)) group.unknown = source;
    return;
  }
  for (const MapEntry& element : ElementsOf(source)) {
    if (!context_.Spend(1)) return;
    group.blocks.push_back(MakeBlock(tree, dynamic, element, scope));
  }
}

Value BodyEvaluator::MakeBlock(const hcl::Tree& tree, const Dynamic& dynamic,
                               const MapEntry& element, const Scope* scope) {
  const Value bound =
      context_.Map({{Value::String("key"), element.key}, {Value::String("value"), element.value}});
  const Scope inner{.outer = scope, .name = dynamic.iterator, .value = bound};
  return Run({.parts = {{&tree, dynamic.content}}}, &inner, /*top=*/false).At(dynamic.block->range);
}

// `condition ? [x] : []` and the reverse. False: `for_each` has another form.
bool BodyEvaluator::AddAlternative(const hcl::Tree& tree, const Dynamic& dynamic, Value unknown,
                                   const Scope* scope, Group& group) {
  const auto* const choice = std::get_if<hcl::Conditional>(&tree[dynamic.for_each].expression);
  if (choice == nullptr) return false;
  const Value yes = Evaluate(context_, tree, choice->if_true, &names_, scope);
  const Value no = Evaluate(context_, tree, choice->if_false, &names_, scope);
  const bool if_true = CountOf(yes) == 1U && CountOf(no) == 0U;
  const bool if_false = CountOf(yes) == 0U && CountOf(no) == 1U;
  if (!if_true && !if_false) return false;
  const MapEntry element = ElementsOf(if_true ? yes : no)[0];
  group.alternatives.push_back({.tree = &tree,
                                .condition = choice->condition,
                                .if_true = if_true,
                                .block = MakeBlock(tree, dynamic, element, scope),
                                .unknown = unknown});
  return true;
}

// Two contrary blocks become one, of which is known what they have in common. A block that may be
// missing leaves the list unknown.
void BodyEvaluator::Decide(Group& group) {
  while (!group.alternatives.empty()) {
    const Alternative first = group.alternatives.front();
    group.alternatives.erase(group.alternatives.begin());
    const auto other = std::ranges::find_if(
        group.alternatives, [&](const Alternative& a) { return AreContrary(first, a); });
    if (other == group.alternatives.end()) {
      group.unknown = first.unknown;
      return;
    }
    group.blocks.push_back(Blend(context_, first.block, other->block, first.unknown));
    group.alternatives.erase(other);
  }
}

}  // namespace

Value EvaluateBody(Context& context, const Body& body, Names& names, const Scope* scope,
                   std::span<const std::string_view> documents) {
  return BodyEvaluator(context, names, documents).Run(body, scope, /*top=*/true);
}

Value Settle(Context& context, Value value) {
  if (!value.IsError()) return value;
  const ErrorBody& error = value.AsError();
  const Range range = error.range.IsNone() ? value.range() : error.range;
  context.Report(
      {.kind = &kEvaluation, .range = range, .args = {std::string(error.message)}, .notes = {}});
  const UnknownReason reason = error.absolute ? UnknownReason::kLimit : UnknownReason::kEvalError;
  return context.Unknown(reason, error.message, range);
}

}  // namespace restorable::terraform
