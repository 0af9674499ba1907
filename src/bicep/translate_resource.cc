#include <algorithm>
#include <utility>

#include "base/text.h"
#include "bicep/diagnostics.h"
#include "bicep/library.h"
#include "bicep/module_reference.h"
#include "bicep/translator.h"

namespace restorable::bicep {
namespace {

constexpr std::string_view kDeployments = "Microsoft.Resources/deployments";

}  // namespace

Translator::Body Translator::BodyOf(NodeId body) const {
  Body found;
  if (body == NodeId::kNone) return found;
  if (const auto* const loop = std::get_if<For>(&tree_[body].expression)) {
    found.loop = loop;
    found.loop_range = tree_[body].range;
    body = loop->body;
  }
  if (const auto* const condition = std::get_if<If>(&tree_[body].expression)) {
    found.condition = condition->condition;
    body = condition->body;
  }
  if (std::holds_alternative<Object>(tree_[body].expression)) found.object = body;
  return found;
}

// The loop of a body, with its names as locals until the caller drops them.
std::optional<arm::Loop> Translator::OpenLoop(const Body& body) {
  if (body.loop == nullptr) return std::nullopt;
  const For& loop = *body.loop;
  const arm::Loop made{.range = body.loop_range,
                       .item = AddName(loop.item),
                       .index = AddName(loop.index),
                       .collection = Translate(loop.collection)};
  for (const NameId name : {loop.item, loop.index}) {
    if (name != NameId::kNone) locals_.push_back({tree_[name].text, {}});
  }
  return made;
}

// The value of a property of an object that is written out; kNone if there is none.
NodeId Translator::PropertyOf(NodeId object, std::string_view name) const {
  const auto* const written =
      object == NodeId::kNone ? nullptr : std::get_if<Object>(&tree_[object].expression);
  if (written == nullptr) return NodeId::kNone;
  const std::span<const NodeId> items = tree_[written->items];
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    if (items[i + 1] != NodeId::kNone && ConstantText(items[i]) == name) return items[i + 1];
  }
  return NodeId::kNone;
}

// Whether the body of a resource of type `Microsoft.Resources/deployments` has a template, other
// than one that is seen to deploy nothing.
bool Translator::DeploysTemplate(NodeId body) const {
  const NodeId properties = PropertyOf(body, "properties");
  const NodeId content = PropertyOf(properties, "template");
  if (content == NodeId::kNone) return PropertyOf(properties, "templateLink") != NodeId::kNone;
  const NodeId resources = PropertyOf(content, "resources");
  const auto* const list =
      resources == NodeId::kNone ? nullptr : std::get_if<Array>(&tree_[resources].expression);
  return list == nullptr || list->items.count != 0;
}

bool Translator::IsDeployment(const Resource& resource) const {
  const std::string_view type = ConstantText(resource.type).value_or("");
  return EqualsIgnoringAsciiCase(type.substr(0, type.find('@')), kDeployments);
}

void Translator::TranslateResource(const Resource& resource, Range range,
                                   std::string_view within_symbol,
                                   std::optional<std::uint32_t> within, arm::NodeId version) {
  const Body body = BodyOf(resource.body);
  if (resource.type == NodeId::kNone || body.object == NodeId::kNone) return;
  arm::Resource made{.range = range,
                     .symbol = NameOf(resource.name),
                     .name_range = resource.name.range,
                     .within = within,
                     .existing = resource.existing};
  if (within.has_value()) {
    made.symbol.text =
        out_->arena().Copy(std::string(within_symbol) + "::" + std::string(resource.name.text));
  }
  const std::size_t outer_locals = locals_.size();
  made.loop = OpenLoop(body);
  TranslateType(resource, version, made);
  if (body.condition != NodeId::kNone) made.condition = Translate(body.condition);
  // Resources that are declared in this one are known by their own names in its body.
  const std::span<const NodeId> items =
      tree_[std::get<Object>(tree_[body.object].expression).items];
  std::vector<const Statement*> children;
  for (const NodeId item : items) {
    if (item == NodeId::kNone) continue;
    const auto* const declaration = std::get_if<Declaration>(&tree_[item].expression);
    if (declaration == nullptr) continue;
    const Statement& statement = tree_[declaration->statement];
    const auto& child = std::get<Resource>(statement.kind);
    const std::string_view symbol =
        out_->arena().Copy(std::string(made.symbol.text) + "::" + std::string(child.name.text));
    nested_.insert(symbol);
    locals_.push_back({child.name.text, symbol});
    children.push_back(&statement);
  }
  std::vector<arm::NodeId> rest;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    TakeProperty(items[i], items[i + 1], made, rest);
  }
  made.body = out_->Add(tree_[body.object].range, arm::Object{out_->Add(rest)});
  // What it deploys is an object, of the language of templates in JSON.
  if (IsDeployment(resource) && DeploysTemplate(body.object)) {
    const NodeId properties = PropertyOf(body.object, "properties");
    const NodeId parameters = PropertyOf(properties, "parameters");
    const NodeId content = PropertyOf(properties, "template");
    made.module = std::make_unique<arm::Module>();
    made.module->wrapped = true;
    if (parameters != NodeId::kNone) made.module->arguments = Translate(parameters);
    if (content != NodeId::kNone) made.module->computed = Translate(content);
  }
  const arm::NodeId own_version = made.api_version;
  const std::string_view symbol = made.symbol.text;
  const auto number = static_cast<std::uint32_t>(made_.resources.size());
  made_.resources.push_back(std::move(made));
  for (const Statement* const child : children) {
    TranslateResource(std::get<Resource>(child->kind), child->range, symbol, number, own_version);
  }
  locals_.resize(outer_locals);
}

// `Microsoft.Storage/storageAccounts@2024-01-01`; within another resource the last segments of the
// type, perhaps without a version.
void Translator::TranslateType(const Resource& resource, arm::NodeId inherited,
                               arm::Resource& made) {
  const Range range = tree_[resource.type].range;
  const std::optional<std::string_view> written = ConstantText(resource.type);
  if (!written.has_value()) {
    made.type = out_->Add(range, arm::Missing{});
    return;
  }
  std::string_view type = written->substr(0, written->find('@'));
  const std::string_view version = written->substr(std::min(type.size() + 1, written->size()));
  made.extension =
      made.within.has_value() ? made_.resources[*made.within].extension : ExtensionOf(type, range);
  if (version.empty() && !made.within.has_value() && complete_) {
    Report(kResourceType, range, {std::string(*written)});
  }
  made.type = MakeLiteral(Value::String(type).At(range));
  made.api_version = version.empty() ? inherited : MakeLiteral(Value::String(version).At(range));
}

// The extension whose resource a type is: the one before its `:`, one that is named like the
// provider, or where the type has no provider at all the first one. Empty: Azure's.
arm::Name Translator::ExtensionOf(std::string_view& type, Range range) const {
  if (const std::size_t colon = type.find(':'); colon != type.npos) {
    const std::string_view alias = type.substr(0, colon);
    type.remove_prefix(colon + 1);
    return alias == "az" ? arm::Name{} : arm::Name{alias, range};
  }
  const std::string_view provider = type.substr(0, type.find('/'));
  std::string plain(provider);
  std::erase(plain, '.');
  std::string_view first;
  for (const StatementId id : tree_.statements()) {
    const auto* const extension = std::get_if<Extension>(&tree_[id].kind);
    if (extension == nullptr || extension->name.text == "az") continue;
    const std::string_view alias = extension->name.text;
    if (first.empty()) first = alias;
    const bool named = alias.size() >= plain.size() &&
                       EqualsIgnoringAsciiCase(alias.substr(0, plain.size()), plain);
    if (named) return {alias, range};
  }
  if (provider.find('.') != provider.npos || type.find('/') == type.npos) return {};
  return {first, range};
}

// A property of a body: one that has a meaning of its own, or what is sent.
void Translator::TakeProperty(NodeId key, NodeId value, arm::Resource& made,
                              std::vector<arm::NodeId>& rest) {
  if (std::holds_alternative<Spread>(tree_[key].expression)) {
    rest.push_back(Translate(key));
    rest.push_back(arm::NodeId::kNone);
  }
  if (value == NodeId::kNone) return;
  const std::string_view name = ConstantText(key).value_or("");
  const bool is_module = made.module != nullptr;
  // A resource of an extension may have properties of these names.
  const bool azure = made.extension.text.empty();
  if (azure && name == "name") {
    made.name = Translate(value);
    made.name_range = tree_[value].range;
  } else if (azure && name == "parent" && !is_module) {
    made.parent = Translate(value);
  } else if (azure && name == "scope") {
    made.scope = Translate(value);
  } else if (name == "dependsOn") {
    TakeDependencies(value, made);
  } else if (is_module && name == "params") {
    made.module->arguments = Translate(value);
  } else {
    rest.push_back(Translate(key));
    rest.push_back(Translate(value));
  }
}

void Translator::TakeDependencies(NodeId value, arm::Resource& made) {
  const auto* const array = std::get_if<Array>(&tree_[value].expression);
  if (array == nullptr) {
    made.depends_on.push_back(Translate(value));
    return;
  }
  for (const NodeId item : tree_[array->items]) made.depends_on.push_back(Translate(item));
}

void Translator::TranslateModule(const Module& module, Range range) {
  const Body body = BodyOf(module.body);
  if (module.path == NodeId::kNone || body.object == NodeId::kNone) return;
  const Range path_range = tree_[module.path].range;
  arm::Resource made{.range = range,
                     .symbol = NameOf(module.name),
                     .type = MakeLiteral(Value::String(kDeployments).At(path_range)),
                     .name_range = module.name.range};
  made.module = std::make_unique<arm::Module>();
  if (const std::optional<std::string_view> path = ConstantText(module.path)) {
    const ModuleReference reference = ReadReference(*path, library_.ConfigurationOf(file_.path()));
    if (reference.kind == ModuleReference::Kind::kUnknownAlias) {
      Report(kModuleAlias, path_range, {reference.alias});
    }
    made.module->link =
        MakeLiteral(Value::String(out_->arena().Copy(reference.text)).At(path_range));
  } else {
    made.module->link = out_->Add(path_range, arm::Missing{});
  }
  const std::size_t outer_locals = locals_.size();
  made.loop = OpenLoop(body);
  if (body.condition != NodeId::kNone) made.condition = Translate(body.condition);
  std::vector<arm::NodeId> rest;
  const std::span<const NodeId> items =
      tree_[std::get<Object>(tree_[body.object].expression).items];
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    TakeProperty(items[i], items[i + 1], made, rest);
  }
  made.body = out_->Add(tree_[body.object].range, arm::Object{out_->Add(rest)});
  locals_.resize(outer_locals);
  made_.resources.push_back(std::move(made));
}

}  // namespace restorable::bicep
