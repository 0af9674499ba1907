#include "terraform/body.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "terraform/diagnostics.h"
#include "terraform/operators.h"
#include "terraform/type.h"

namespace restorable::terraform {
namespace {

constexpr std::string_view kMetaArguments[] = {"count", "depends_on", "for_each", "provider"};
constexpr std::string_view kMetaBlocks[] = {"connection", "lifecycle", "provisioner"};

// The blocks of one type, so far.
struct Group {
  hcl::Name type;
  std::vector<Value> blocks;
  std::optional<Value> unknown;
};

class BodyEvaluator {
 public:
  BodyEvaluator(Context& context, Names& names) : context_(context), names_(names) {}

  Value Run(const Body& body, const Scope* scope, bool top);

 private:
  Group& GroupOf(std::vector<Group>& groups, const hcl::Name& type);
  void AddDynamic(const hcl::Tree& tree, const hcl::Block& block, const Scope* scope,
                  std::vector<Group>& groups);

  Context& context_;
  Names& names_;
};

Group& BodyEvaluator::GroupOf(std::vector<Group>& groups, const hcl::Name& type) {
  const auto found =
      std::ranges::find(groups, type.text, [](const Group& group) { return group.type.text; });
  if (found != groups.end()) return *found;
  return groups.emplace_back(Group{.type = type, .blocks = {}, .unknown = std::nullopt});
}

Value BodyEvaluator::Run(const Body& body, const Scope* scope, bool top) {
  std::vector<MapEntry> entries;
  for (const Body::NamedArgument& argument : body.Arguments()) {
    if (top && std::ranges::find(kMetaArguments, argument.name.text) != std::end(kMetaArguments)) {
      continue;
    }
    const Value value = Settle(
        context_, Evaluate(context_, *argument.value.tree, argument.value.node, &names_, scope));
    if (value.IsNull()) continue;
    entries.push_back({Value::String(argument.name.text).At(argument.name.range), value});
  }
  std::vector<Group> groups;
  for (const Body::NestedBlock& nested : body.Blocks()) {
    const std::string_view type = nested.block->type.text;
    if (top && std::ranges::find(kMetaBlocks, type) != std::end(kMetaBlocks)) continue;
    if (type == "dynamic") {
      AddDynamic(*nested.tree, *nested.block, scope, groups);
      continue;
    }
    const Body inner{.parts = {{nested.tree, nested.block->body}}};
    GroupOf(groups, nested.block->type)
        .blocks.push_back(Run(inner, scope, /*top=*/false).At(nested.block->range));
  }
  for (const Group& group : groups) {
    if (group.blocks.empty() && !group.unknown.has_value()) continue;
    const Value blocks = context_.List(group.blocks).At(group.type.range);
    entries.push_back({Value::String(group.type.text).At(group.type.range),
                       Settle(context_, group.unknown.value_or(blocks))});
  }
  return context_.Map(entries);
}

void BodyEvaluator::AddDynamic(const hcl::Tree& tree, const hcl::Block& block, const Scope* scope,
                               std::vector<Group>& groups) {
  const std::span<const hcl::Label> labels = tree.Labels(block);
  const hcl::Argument* const for_each = tree.FindArgument(block.body, "for_each");
  const std::span<const hcl::Block> inner = tree.Blocks(block.body);
  const auto content = std::ranges::find(inner, std::string_view("content"),
                                         [](const hcl::Block& b) { return b.type.text; });
  if (labels.empty() || for_each == nullptr || content == inner.end()) return;
  Group& group = GroupOf(groups, {.text = labels[0].text, .range = labels[0].range});

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
  if (source.IsUnknown()) {
    group.unknown = source;
    return;
  }
  std::vector<MapEntry> elements;
  if (source.IsMap()) {
    elements = SortedEntries(source);
  } else {
    std::int64_t index = 0;
    for (const Value& item : source.AsList()) {
      const bool set = source.shape() == Shape::kSet;
      elements.push_back({set ? item : Value::Int(index), item});
      ++index;
    }
  }
  const Body body{.parts = {{&tree, content->body}}};
  for (const MapEntry& element : elements) {
    if (!context_.Spend(1)) return;
    const Value bound = context_.Map(
        {{Value::String("key"), element.key}, {Value::String("value"), element.value}});
    const Scope inner_scope{.outer = scope, .name = iterator, .value = bound};
    group.blocks.push_back(Run(body, &inner_scope, /*top=*/false).At(block.range));
  }
}

}  // namespace

Value EvaluateBody(Context& context, const Body& body, Names& names, const Scope* scope) {
  return BodyEvaluator(context, names).Run(body, scope, /*top=*/true);
}

Value Settle(Context& context, Value value) {
  if (!value.IsError()) return value;
  const ErrorBody& error = value.AsError();
  context.Report({.kind = &kEvaluation,
                  .range = error.range,
                  .args = {std::string(error.message)},
                  .notes = {}});
  const UnknownReason reason = error.absolute ? UnknownReason::kLimit : UnknownReason::kEvalError;
  return context.Unknown(reason, error.message, error.range);
}

}  // namespace restorable::terraform
