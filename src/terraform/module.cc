#include "terraform/module.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "terraform/body.h"
#include "terraform/diagnostics.h"
#include "terraform/identity.h"
#include "terraform/number.h"
#include "terraform/operators.h"
#include "terraform/type.h"
#include "terraform/type_expression.h"
#include "value/json.h"

namespace restorable::terraform {
namespace {

// The instances of all blocks of a deployment together.
constexpr std::size_t kMostInstances = 10'000;

// By Mode.
constexpr std::string_view kModePrefixes[] = {"", "data.", "ephemeral."};
constexpr UnknownReason kModeReasons[] = {UnknownReason::kComputed, UnknownReason::kDataSource,
                                          UnknownReason::kSecret};

// Arguments of providers that are texts of whole objects.
struct Documents {
  std::string_view type;
  std::array<std::string_view, 2> arguments;
};
constexpr Documents kDocuments[] = {
    {"azapi_resource", {"body", "sensitive_body"}},
    {"azapi_update_resource", {"body", "sensitive_body"}},
    {"k8s_manifest", {"content"}},
    {"kubectl_manifest", {"yaml_body"}},
};

std::span<const std::string_view> DocumentsOf(std::string_view type) {
  const auto* const row = std::ranges::find(kDocuments, type, &Documents::type);
  if (row == std::end(kDocuments)) return {};
  return row->arguments;
}

std::string KeySuffix(Value key) {
  std::string suffix = "[";
  if (key.IsString()) {
    AppendJsonString(suffix, key.AsString());
  } else {
    suffix += NumberText(key);
  }
  return suffix + "]";
}

bool IsFlag(Context& context, Names& names, const Declaration& variable, std::string_view flag,
            bool otherwise) {
  const Expression written = variable.body.Find(flag);
  if (!written.written()) return otherwise;
  const Value value = Evaluate(context, *written.tree, written.node, &names);
  return value.Is(Kind::kBool) ? value.AsBool() : otherwise;
}

}  // namespace

Module::Module(Context& context, Library& library, Deployed& deployed,
               const Surroundings& surroundings, const Configuration& configuration)
    : context_(context),
      library_(library),
      deployed_(deployed),
      surroundings_(surroundings),
      configuration_(configuration) {}

Module::Module(Module& caller, const Declaration& call, const InstanceKey& key,
               const Configuration& configuration)
    : context_(caller.context_),
      library_(caller.library_),
      deployed_(caller.deployed_),
      surroundings_(caller.surroundings_),
      configuration_(configuration),
      caller_(&caller),
      call_(&call),
      key_(key),
      depth_(caller.depth_ + 1) {
  const std::string dot = caller.address_.empty() ? "" : ".";
  address_ = context_.arena.Copy(std::string(caller.address_) + dot + "module." +
                                 std::string(call.name) + key.suffix);
  path_ = caller.path_ + (caller.path_.empty() ? "" : ".") + std::string(call.name);
}

Module::~Module() = default;

// Computes the value of a name once. To be asked for it while that goes on is a cycle.
template <typename Compute>
Value Module::Once(Memos& memos, std::string_view prefix, std::string_view name, Range range,
                   Compute compute) {
  const auto known = memos.find(name);
  if (known == memos.end()) {
    Memo& memo = memos[std::string(name)];
    const Context::Part part(context_);
    memo.value = compute();
    memo.done = true;
    return memo.value;
  }
  if (known->second.done) return known->second.value;
  const std::string full = std::string(prefix) + std::string(name);
  context_.Report({.kind = &kCycle, .range = range, .args = {full}, .notes = {}});
  return context_.Error("`" + full + "` depends on itself", range);
}

Value Module::Undeclared(const Reference& reference, Range range) {
  const std::string name = std::string(reference.type) + "." + std::string(reference.name);
  return context_.Error("`" + name + "` is not declared in this module", range);
}

Value Module::Get(const Reference& reference, Range range) {
  switch (reference.kind) {
    case Reference::Kind::kVariable:
      return GetVariable(reference.name, range);
    case Reference::Kind::kLocal:
      return GetLocal(reference.name, range);
    case Reference::Kind::kModule:
      return GetModule(reference.name, range);
    case Reference::Kind::kPath:
      return GetPath(reference.name, range);
    case Reference::Kind::kResource:
      return GetResource(reference, Mode::kManaged, range);
    case Reference::Kind::kData:
      return GetResource(reference, Mode::kData, range);
    case Reference::Kind::kEphemeral:
      return GetResource(reference, Mode::kEphemeral, range);
    case Reference::Kind::kOther:
      break;
  }
  const std::string name = std::string(reference.type) + "." + std::string(reference.name);
  if (reference.type == "terraform") {
    return context_.Unknown(UnknownReason::kEnvironment, name, range);
  }
  return context_.Error("`" + name + "` has no value here", range);
}

// A value that is read through a name has come through that name.
Value Module::GetVariable(std::string_view name, Range range) {
  const auto variable = configuration_.variables.find(name);
  if (variable == configuration_.variables.end()) {
    return Undeclared({.kind = Reference::Kind::kVariable, .type = "var", .name = name}, range);
  }
  const Value value =
      Once(variables_, "var.", name, range, [&] { return ComputeVariable(variable->second); });
  if (value.IsError()) return value;
  return value.Via(context_.origins.Add(range, value.via(), "var." + std::string(name)));
}

Value Module::ComputeVariable(const Declaration& variable) {
  const Expression fallback = variable.body.Find("default");
  const auto use_default = [&] {
    const Value value = Eval(fallback);
    return value.Via(context_.origins.Add(value.range(), OriginId::kNone,
                                          "default of variable " + std::string(variable.name)));
  };
  std::optional<Value> given;
  if (caller_ == nullptr) {
    const auto root = surroundings_.root_values.find(variable.name);
    if (root != surroundings_.root_values.end()) given = root->second;
  } else if (const Expression argument = call_->body.Find(variable.name); argument.written()) {
    const Scope scope{.outer = nullptr, .name = key_.scope_name, .value = key_.scope};
    const Value value = caller_->Eval(argument, key_.scope_name.empty() ? nullptr : &scope);
    if (value.IsError()) return value;
    given = value.Via(context_.origins.Add(
        argument.range(), value.via(),
        "argument `" + std::string(variable.name) + "` of " + std::string(address_)));
  }
  const bool refused =
      given.has_value() && given->IsNull() && !IsFlag(context_, *this, variable, "nullable", true);
  if ((!given.has_value() || refused) && fallback.written()) {
    given = use_default();
  } else if (refused) {
    context_.Report({.kind = &kVariableValue,
                     .range = given->range(),
                     .args = {std::string(variable.name), "it does not take null"},
                     .notes = {{variable.header, "declared here"}}});
    given = context_.Error("variable `" + std::string(variable.name) + "` does not take null",
                           given->range());
  }
  if (!given.has_value()) {
    given = context_.Unknown(UnknownReason::kNoDefault, "var." + std::string(variable.name),
                             variable.header);
  }
  const Value value = ConvertVariable(variable, *given);
  return IsFlag(context_, *this, variable, "sensitive", false) ? value.Sensitive() : value;
}

Value Module::ConvertVariable(const Declaration& variable, Value value) {
  const Expression written = variable.body.Find("type");
  if (!written.written() || value.IsError()) return value;
  const std::optional<Type> type = ReadType(context_, *written.tree, written.node);
  if (!type.has_value()) return value;
  const Value converted = Convert(context_, value, *type);
  if (!converted.IsError()) return converted;
  const std::string message(converted.AsError().message);
  context_.Report({.kind = &kVariableValue,
                   .range = value.range(),
                   .args = {std::string(variable.name), message},
                   .notes = {{written.range(), "its type"}}});
  return converted;
}

Value Module::GetLocal(std::string_view name, Range range) {
  const auto local = configuration_.locals.find(name);
  if (local == configuration_.locals.end()) {
    return Undeclared({.kind = Reference::Kind::kLocal, .type = "local", .name = name}, range);
  }
  const Value value =
      Once(locals_, "local.", name, range, [&] { return Eval(local->second.value); });
  if (value.IsError()) return value;
  return value.Via(context_.origins.Add(range, value.via(), "local." + std::string(name)));
}

// Paths count from the directory of the root module, as when Terraform runs there.
Value Module::GetPath(std::string_view name, Range range) {
  if (name == "root") return Value::String(".").At(range);
  if (name != "module") {
    return context_.Unknown(UnknownReason::kEnvironment, "path." + std::string(name), range);
  }
  std::string_view directory = configuration_.directory;
  const std::string_view root = context_.directory;
  if (directory == root) return Value::String(".").At(range);
  if (root.empty()) return Value::String(directory).At(range);
  if (directory.starts_with(root) && directory[root.size()] == '/') {
    return Value::String(directory.substr(root.size() + 1)).At(range);
  }
  std::string up;
  const auto parts = static_cast<std::size_t>(std::ranges::count(root, '/')) + 1;
  for (std::size_t i = 0; i < parts; ++i) up += "../";
  return context_.String(up + std::string(directory)).At(range);
}

const std::map<std::string, Declaration, std::less<>>& Module::TableOf(Mode mode) const {
  if (mode == Mode::kManaged) return configuration_.resources;
  return mode == Mode::kData ? configuration_.data : configuration_.ephemerals;
}

Value Module::GetResource(const Reference& reference, Mode mode, Range range) {
  const std::string key = std::string(reference.type) + "." + std::string(reference.name);
  const auto& table = TableOf(mode);
  const auto declaration = table.find(key);
  if (declaration == table.end()) return Undeclared(reference, range);
  const Value value = Once(resources_[static_cast<std::size_t>(mode)],
                           kModePrefixes[static_cast<std::size_t>(mode)], key, range,
                           [&] { return ComputeResource(declaration->second, mode); });
  if (value.IsError()) return value;
  return value.Via(context_.origins.Add(range, value.via(), key));
}

std::string Module::Address(const Declaration& declaration, Mode mode,
                            std::string_view suffix) const {
  std::string address(address_);
  if (!address.empty()) address += '.';
  address += kModePrefixes[static_cast<std::size_t>(mode)];
  address.append(declaration.type).append(".").append(declaration.name).append(suffix);
  return address;
}

// What references to a resource see: what is configured, and for all else an unknown.
Value Module::ComputeResource(const Declaration& resource, Mode mode) {
  const Expansion& expansion = Expand(resource);
  if (expansion.unknown.has_value()) return expansion.unknown->At(resource.header);
  const UnknownReason reason = kModeReasons[static_cast<std::size_t>(mode)];
  std::vector<Value> values;
  for (const InstanceKey& key : expansion.keys) {
    const Value body = EvalInstance(resource, key);
    if (!body.IsMap()) return body;
    const Value rest =
        context_.Unknown(reason, Address(resource, mode, key.suffix), resource.header);
    Value seen = body;
    // What goes into this built-in resource comes out of it.
    const Value* const input = body.Find("input");
    if (resource.type == "terraform_data" && input != nullptr) {
      std::vector<MapEntry> entries(body.AsMap().begin(), body.AsMap().end());
      entries.push_back({Value::String("output"), *input});
      seen = context_.Map(entries);
    }
    if (!seen.IsMap()) return seen;
    values.push_back(OpenBlocks(resource.body, seen, rest).At(resource.header));
  }
  if (expansion.kind == Expansion::Kind::kSingle) return values[0];
  if (expansion.kind == Expansion::Kind::kCount) return context_.List(values).At(resource.header);
  std::vector<MapEntry> entries;
  for (std::size_t i = 0; i < values.size(); ++i) {
    entries.push_back({expansion.keys[i].key, values[i]});
  }
  return context_.Map(entries).At(resource.header);
}

// The body with its blocks as references see them: what a block does not configure may be computed
// as well (`identity[0].principal_id`).
Value Module::OpenBlocks(const Body& body, Value evaluated, Value rest) {
  std::set<std::string_view> types;
  for (const Body::NestedBlock& nested : body.Blocks()) {
    const auto labels = nested.tree->Labels(*nested.block);
    const bool dynamic = nested.block->type.text == "dynamic" && !labels.empty();
    types.insert(dynamic ? labels[0].text : nested.block->type.text);
  }
  std::vector<MapEntry> entries(evaluated.AsMap().begin(), evaluated.AsMap().end());
  for (MapEntry& entry : entries) {
    if (types.contains(entry.key.AsString())) {
      entry.value = OpenBlock(entry.value, Deeper(rest, entry.key.AsString()));
    }
  }
  return Value::OpenMap(context_.arena, context_.arena.Copy(std::span<const MapEntry>(entries)),
                        rest);
}

// What is not configured in a block, as a part of what is not configured in the one around it.
Value Module::Deeper(Value rest, std::string_view block) {
  const UnknownCause& cause = rest.AsUnknown().causes[0];
  return context_.Unknown(cause.reason, std::string(cause.what) + "." + std::string(block),
                          cause.range);
}

// All maps within lists: the blocks of a type, and those within them.
Value Module::OpenBlock(Value block, Value rest) {
  if (block.IsMap()) {
    std::vector<MapEntry> entries(block.AsMap().begin(), block.AsMap().end());
    for (MapEntry& entry : entries) {
      if (!entry.value.IsList()) continue;
      entry.value = OpenBlock(entry.value, Deeper(rest, entry.key.AsString()));
    }
    const auto copy = context_.arena.Copy(std::span<const MapEntry>(entries));
    return Value::OpenMap(context_.arena, copy, rest).At(block.range()).Via(block.via());
  }
  if (!block.IsList()) return block;
  std::vector<Value> items;
  for (const Value& item : block.AsList()) items.push_back(OpenBlock(item, rest));
  return context_.List(items, block.shape()).At(block.range()).Via(block.via());
}

Value Module::EvalInstance(const Declaration& declaration, const InstanceKey& key) {
  const std::pair place(&declaration, key.suffix);
  const auto known = bodies_.find(place);
  if (known != bodies_.end()) return known->second;
  const Context::Part part(context_);
  const Scope scope{.outer = nullptr, .name = key.scope_name, .value = key.scope};
  const Value body =
      EvaluateBody(context_, declaration.body, *this, key.scope_name.empty() ? nullptr : &scope,
                   DocumentsOf(declaration.type))
          .At(declaration.range);
  bodies_.emplace(place, body);
  return body;
}

bool Module::TakeInstances(std::size_t count, Range range) {
  if (context_.TakeInstances(count, kMostInstances)) return true;
  context_.Report({.kind = &kLimitPassed,
                   .range = range,
                   .args = {"the instances of all blocks", std::to_string(kMostInstances)},
                   .notes = {}});
  return false;
}

// Kept when it is complete: an expansion that waits for itself is found by the names it asks for.
const Expansion& Module::Expand(const Declaration& declaration) {
  const auto known = expansions_.find(&declaration);
  if (known != expansions_.end()) return known->second;
  const Context::Part part(context_);
  Expansion expansion;
  const Expression count = declaration.body.Find("count");
  const Expression for_each = declaration.body.Find("for_each");
  if (count.written()) {
    ExpandCount(count, expansion);
  } else if (for_each.written()) {
    ExpandForEach(for_each, expansion);
  } else {
    expansion.keys.push_back({});
  }
  if (expansion.unknown.has_value()) {
    expansion.certainty = IsOneAtMost(count.written() ? count : for_each) ? Certainty::kConditional
                                                                          : Certainty::kAnyNumber;
  }
  return expansions_.emplace(&declaration, std::move(expansion)).first->second;
}

// Whether it is `condition ? 1 : 0` or the like, for collections as well.
bool Module::IsOneAtMost(const Expression& number) {
  const auto* const choice = std::get_if<hcl::Conditional>(&(*number.tree)[number.node].expression);
  if (choice == nullptr) return false;
  return std::ranges::all_of(std::array{choice->if_true, choice->if_false}, [&](hcl::NodeId node) {
    const Value branch = Eval({number.tree, node});
    if (branch.Is(Kind::kInt)) return branch.AsInt() <= 1;
    const bool closed = branch.IsList() || (branch.IsMap() && branch.OpenRest() == nullptr);
    return closed && branch.size() <= 1;
  });
}

void Module::ExpandCount(const Expression& count, Expansion& expansion) {
  expansion.kind = Expansion::Kind::kCount;
  const Range range = count.range();
  Value number = Eval(count);
  if (number.IsNull() || number.Is(Kind::kBool)) {
    number = context_.Error("`count` is " + std::string(KindName(number)), range);
  }
  number = Settle(context_, Convert(context_, number, {.kind = TypeKind::kNumber}));
  if (!number.IsUnknown() && (!number.Is(Kind::kInt) || number.AsInt() < 0)) {
    number = Settle(context_, context_.Error("`count` is a whole number", range));
  }
  if (!number.IsUnknown() && !TakeInstances(static_cast<std::size_t>(number.AsInt()), range)) {
    number = context_.Unknown(UnknownReason::kLimit, "count", range);
  }
  const auto scope_of = [&](Value index) {
    return context_.Map({{Value::String("index"), index}});
  };
  if (number.IsUnknown()) {
    expansion.unknown = number.Named(false);
    const Value index = context_.Unknown(UnknownReason::kComputed, "count.index", range);
    expansion.keys.push_back(
        {.suffix = "[*]", .key = index, .scope_name = "count", .scope = scope_of(index)});
    return;
  }
  for (std::int64_t i = 0; i < number.AsInt(); ++i) {
    const Value index = Value::Int(i).At(range);
    expansion.keys.push_back({.suffix = KeySuffix(index),
                              .key = index,
                              .scope_name = "count",
                              .scope = scope_of(index)});
  }
}

void Module::ExpandForEach(const Expression& for_each, Expansion& expansion) {
  expansion.kind = Expansion::Kind::kForEach;
  const Range range = for_each.range();
  Value source = Eval(for_each);
  const bool strings =
      source.shape() == Shape::kSet && std::ranges::all_of(source.AsList(), [](Value item) {
        return item.IsString() || item.IsUnknown();
      });
  if (!source.IsError() && !source.IsUnknown() && !source.IsMap() && !strings) {
    source = context_.Error(
        "`for_each` takes a map or a set of strings, found " + std::string(KindName(source)),
        range);
  }
  source = Settle(context_, source);
  if (source.IsMap() && source.OpenRest() != nullptr) source = *source.OpenRest();
  if (source.IsList() && HasUnknown(source)) source = FirstUnknown(source);
  if (!source.IsUnknown() && !TakeInstances(source.size(), range)) {
    source = context_.Unknown(UnknownReason::kLimit, "for_each", range);
  }
  const auto add = [&](std::string suffix, Value key, Value value) {
    const Value scope =
        context_.Map({{Value::String("key"), key}, {Value::String("value"), value}});
    expansion.keys.push_back(
        {.suffix = std::move(suffix), .key = key, .scope_name = "each", .scope = scope});
  };
  if (source.IsUnknown()) {
    source = source.Named(false);
    expansion.unknown = source;
    return add("[*]", source, source);
  }
  if (source.IsList()) {
    for (const Value& item : source.AsList()) add(KeySuffix(item), item, item);
    return;
  }
  for (const MapEntry& entry : SortedEntries(source)) {
    add(KeySuffix(entry.key), entry.key, entry.value);
  }
}

// `./` and `../` lead to a directory; all else lies where `terraform init` has put it.
const Configuration* Module::FindConfiguration(const Declaration& call) {
  const Expression source = call.body.Find("source");
  if (!source.written()) return nullptr;
  const Value value = Eval(source);
  if (!value.IsString()) return nullptr;
  std::optional<std::string> directory;
  const std::string_view text = value.AsString();
  if (IsLocalSource(text)) {
    directory = JoinPath(configuration_.directory, text);
  } else {
    const std::string path = path_ + (path_.empty() ? "" : ".") + std::string(call.name);
    const auto installed = surroundings_.installed.find(path);
    if (installed != surroundings_.installed.end()) directory = installed->second;
  }
  if (!directory.has_value()) return nullptr;
  const Configuration* const found = library_.Find(*directory);
  const bool known =
      found == nullptr || std::ranges::find(deployed_.modules, found) != deployed_.modules.end();
  if (!known) deployed_.modules.push_back(found);
  return found;
}

Module::CallState& Module::StateOf(const Declaration& call) {
  const auto [place, added] = calls_.try_emplace(&call);
  CallState& state = place->second;
  if (!added) {
    if (!state.ready) {
      context_.Report({.kind = &kCycle,
                       .range = call.header,
                       .args = {"module." + std::string(call.name)},
                       .notes = {}});
    }
    return state;
  }
  state.expansion = Expand(call);
  state.ready = true;
  if (depth_ >= context_.limits.module_depth) {
    context_.Report({.kind = &kModuleDepth,
                     .range = call.header,
                     .args = {std::to_string(context_.limits.module_depth)},
                     .notes = {}});
    return state;
  }
  state.configuration = FindConfiguration(call);
  if (state.configuration == nullptr) {
    context_.Report({.kind = &kModuleMissing,
                     .range = call.header,
                     .args = {std::string(call.name)},
                     .notes = {}});
    return state;
  }
  const bool single = state.expansion.kind == Expansion::Kind::kSingle;
  if (single && !TakeInstances(1, call.header)) {
    state.configuration = nullptr;
    return state;
  }
  for (const InstanceKey& key : state.expansion.keys) {
    state.modules.push_back(std::make_unique<Module>(*this, call, key, *state.configuration));
    state.modules.back()->condition_ = ConditionOf(state.expansion);
    state.modules.back()->certainty_ = CertaintyOf(state.expansion);
  }
  return state;
}

Value Module::Output(std::string_view name, Range range) {
  const auto output = configuration_.outputs.find(name);
  if (output == configuration_.outputs.end()) {
    return context_.Error(
        "module `" + std::string(address_) + "` has no output `" + std::string(name) + "`", range);
  }
  return Once(outputs_, "output.", name, range, [&]() -> Value {
    const Expression value = output->second.body.Find("value");
    if (!value.written()) return Value::Null().At(output->second.header);
    const Value result = Eval(value);
    return IsFlag(context_, *this, output->second, "sensitive", false) ? result.Sensitive()
                                                                       : result;
  });
}

// The full address of what a module that is not on disk would give.
std::string Module::AddressOf(const ModuleReference& output) const {
  std::string address(address_);
  if (!address.empty()) address += '.';
  address.append("module.").append(output.name);
  if (output.key.has_value() && !output.key->IsUnknown()) address += KeySuffix(*output.key);
  return address.append(".").append(output.output);
}

Value Module::GetOutput(const ModuleReference& reference, Range range) {
  const auto call = configuration_.modules.find(reference.name);
  if (call == configuration_.modules.end()) {
    return Undeclared({.kind = Reference::Kind::kModule, .type = "module", .name = reference.name},
                      range);
  }
  const std::string what =
      "module." + std::string(reference.name) + "." + std::string(reference.output);
  CallState& state = StateOf(call->second);
  if (state.configuration == nullptr) {
    return context_.Unknown(UnknownReason::kModuleNotOnDisk, AddressOf(reference), range)
        .Named(!reference.key.has_value() || !reference.key->IsUnknown());
  }
  if (state.expansion.unknown.has_value()) return state.expansion.unknown->At(range);
  const bool single = state.expansion.kind == Expansion::Kind::kSingle;
  if (single != !reference.key.has_value()) {
    return context_.Error(single ? "this module has neither `count` nor `for_each`"
                                 : "this module has instances; a reference has `[key]` or `[*]`",
                          range);
  }
  if (reference.key.has_value() && reference.key->IsUnknown()) {
    return Waiting(*reference.key, range);
  }
  for (std::size_t i = 0; i < state.modules.size(); ++i) {
    const InstanceKey& key = state.expansion.keys[i];
    if (!single && !Equals(context_, key.key, *reference.key).IsTrue()) continue;
    const Value value = state.modules[i]->Output(reference.output, range);
    if (value.IsError()) return value;
    return value.Via(context_.origins.Add(range, value.via(), what));
  }
  return context_.Error("the module has no instance of that key", range);
}

// The whole of a module: an object of its outputs, or a list or map of such objects.
Value Module::GetModule(std::string_view name, Range range) {
  const auto call = configuration_.modules.find(name);
  if (call == configuration_.modules.end()) {
    return Undeclared({.kind = Reference::Kind::kModule, .type = "module", .name = name}, range);
  }
  CallState& state = StateOf(call->second);
  if (state.configuration == nullptr) {
    return context_.Unknown(UnknownReason::kModuleNotOnDisk, "module." + std::string(name), range);
  }
  if (state.expansion.unknown.has_value()) return state.expansion.unknown->At(range);
  std::vector<Value> objects;
  for (const auto& module : state.modules) {
    std::vector<MapEntry> outputs;
    for (const auto& [output, declaration] : state.configuration->outputs) {
      const Value value = module->Output(output, range);
      if (value.IsError()) return value;
      outputs.push_back({Value::String(declaration.name).At(declaration.header), value});
    }
    objects.push_back(context_.Map(outputs).At(call->second.header));
  }
  if (state.expansion.kind == Expansion::Kind::kSingle) return objects[0];
  if (state.expansion.kind == Expansion::Kind::kCount) return context_.List(objects).At(range);
  std::vector<MapEntry> entries;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    entries.push_back({state.expansion.keys[i].key, objects[i]});
  }
  return context_.Map(entries).At(range);
}

void Module::AddInstances() {
  for (const auto& [key, resource] : configuration_.resources) {
    AddResources(resource, Instance::Kind::kResource);
  }
  for (const auto& [key, data] : configuration_.data) AddResources(data, Instance::Kind::kData);
  for (const auto& [name, call] : configuration_.modules) AddCall(call);
}

// What an instance waits for to be there; null if it is certain.
Value Module::ConditionOf(const Expansion& expansion) const {
  return condition_.IsNull() ? expansion.unknown.value_or(Value::Null()) : condition_;
}

Certainty Module::CertaintyOf(const Expansion& expansion) const {
  return std::max(certainty_, expansion.certainty);
}

void Module::AddResources(const Declaration& resource, Instance::Kind kind) {
  const Mode mode = kind == Instance::Kind::kData ? Mode::kData : Mode::kManaged;
  const Expansion& expansion = Expand(resource);
  for (const InstanceKey& key : expansion.keys) {
    const Value condition = ConditionOf(expansion);
    Instance instance{.kind = kind,
                      .certainty = CertaintyOf(expansion),
                      .type = resource.type,
                      .name = resource.name,
                      .address = context_.arena.Copy(Address(resource, mode, key.suffix)),
                      .module = address_,
                      .condition = condition,
                      .body = NameIds(context_, Settle(context_, EvalInstance(resource, key))),
                      .range = resource.range,
                      .name_range = resource.header,
                      .calls = {}};
    for (const Module* module = this; module->call_ != nullptr; module = module->caller_) {
      instance.calls.push_back(
          {module->call_->header, "called as " + std::string(module->address_)});
    }
    deployed_.instances.push_back(std::move(instance));
  }
}

void Module::AddCall(const Declaration& call) {
  CallState& state = StateOf(call);
  if (state.configuration == nullptr) return AddMissingCall(call, state.expansion);
  for (const auto& module : state.modules) module->AddInstances();
}

void Module::AddMissingCall(const Declaration& call, const Expansion& expansion) {
  const Expression source = call.body.Find("source");
  const Value text = source.written() ? Eval(source) : Value();
  for (const InstanceKey& key : expansion.keys) {
    const std::string dot = address_.empty() ? "" : ".";
    const Value condition = ConditionOf(expansion);
    deployed_.instances.push_back(
        {.kind = Instance::Kind::kModuleCall,
         .certainty = CertaintyOf(expansion),
         .type = text.IsString() ? text.AsString() : std::string_view(),
         .name = call.name,
         .address = context_.arena.Copy(std::string(address_) + dot + "module." +
                                        std::string(call.name) + key.suffix),
         .module = address_,
         .condition = condition,
         .body = NameIds(context_, Settle(context_, EvalInstance(call, key))),
         .range = call.range,
         .name_range = call.header,
         .calls = {}});
  }
}

}  // namespace restorable::terraform
