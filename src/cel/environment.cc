#include "cel/environment.h"

#include <cassert>

#include "cel/definition.h"
#include "cel/environment_impl.h"
#include "cel/signature.h"
#include "cel/standard.h"

namespace restorable::cel {
namespace {

struct StandardType {
  std::string_view name;
  std::string_view type;
};
constexpr StandardType kTypes[] = {
    {"bool", "bool"},
    {"bytes", "bytes"},
    {"double", "double"},
    {"int", "int"},
    {"list", "list(dyn)"},
    {"map", "map(dyn, dyn)"},
    {"null_type", "null_type"},
    {"optional_type", "optional_type(dyn)"},
    {"string", "string"},
    {"type", "type(dyn)"},
    {"uint", "uint"},
    {"google.protobuf.Timestamp", "timestamp"},
    {"google.protobuf.Duration", "duration"},
};

// Tries `name` within the container, innermost first: A.B.x, A.x, x. Each is looked for in `impl`
// and in what that is on top of.
template <typename Map>
const typename Map::mapped_type* FindWithin(const Environment::Impl& impl,
                                            Map Environment::Impl::*entries, std::string_view name,
                                            bool root) {
  const auto find = [&](std::string_view qualified) -> const typename Map::mapped_type* {
    for (const Environment::Impl* at = &impl; at != nullptr; at = at->base) {
      const Map& map = at->*entries;
      if (const auto found = map.find(qualified); found != map.end()) return &found->second;
    }
    return nullptr;
  };
  std::string_view container = impl.options.container;
  while (!root && !container.empty()) {
    std::string qualified(container);
    qualified.append(".").append(name);
    if (const auto* const found = find(qualified)) return found;
    const std::size_t dot = container.rfind('.');
    container = container.substr(0, dot == std::string_view::npos ? 0 : dot);
  }
  return find(name);
}

}  // namespace

ParameterKinds KindsOf(const TypePool& pool, TypeId type) {
  const auto only = [](Kind kind) { return ParameterKinds{1U << static_cast<unsigned>(kind), {}}; };
  switch (pool.Tag(type)) {
    case TypeTag::kDyn:
    case TypeTag::kParameter:
      return {~std::uint32_t{0}, {}};
    case TypeTag::kNull:
      return only(Kind::kNull);
    case TypeTag::kBool:
      return only(Kind::kBool);
    case TypeTag::kInt:
      return only(Kind::kInt);
    case TypeTag::kUint:
      return only(Kind::kUint);
    case TypeTag::kDouble:
      return only(Kind::kDouble);
    case TypeTag::kString:
      return only(Kind::kString);
    case TypeTag::kBytes:
      return only(Kind::kBytes);
    case TypeTag::kTimestamp:
      return only(Kind::kTimestamp);
    case TypeTag::kDuration:
      return only(Kind::kDuration);
    case TypeTag::kType:
      return only(Kind::kType);
    case TypeTag::kList:
      return only(Kind::kList);
    case TypeTag::kMap:
      return only(Kind::kMap);
    case TypeTag::kOptional:
      return only(Kind::kOptional);
    case TypeTag::kOpaque:
      return {only(Kind::kOpaque).mask, pool[type].name};
  }
  return {};
}

void Environment::Impl::Add(const Builtin& builtin, const Library* library) {
  const std::optional<Signature> signature = ParseSignature(builtin.signature);
  assert(signature && "malformed signature in a table of builtins");
  if (!signature) return;
  Overload overload{.builtin = builtin,
                    .kubernetes_minor = library == nullptr ? 0 : library->kubernetes_minor,
                    .member = signature->member,
                    .variadic = signature->variadic,
                    .type_parameters = 0,
                    .parameters = {},
                    .kinds = {},
                    .result = kDynType};
  std::vector<std::string> parameters;
  for (const Type& type : signature->parameters) {
    const TypeId id = types.From(type, parameters);
    overload.parameters.push_back(id);
    overload.kinds.push_back(KindsOf(types, id));
    if (builtin.strictness == Strictness::kNonStrict) {
      overload.kinds.back().mask |= 1U << static_cast<unsigned>(Kind::kUnknown);
    }
    AddOpaqueNames(id);
  }
  overload.result = types.From(signature->result, parameters);
  AddOpaqueNames(overload.result);
  overload.type_parameters = static_cast<std::uint32_t>(parameters.size());
  Function& function = functions[signature->name];
  function.name = signature->name;
  function.standard = library == nullptr;
  function.overloads.push_back(std::move(overload));
}

void Environment::Impl::AddTypeName(std::string_view name, TypeId type) {
  const std::string_view kept = *type_names.emplace(name).first;
  names.try_emplace(std::string(kept), TypeConstant{Value::Type(kept), types.TypeOf(type)});
}

void Environment::Impl::AddOpaqueNames(TypeId type) {
  const TypeNode node = types[type];
  if (node.tag == TypeTag::kOpaque && names.find(node.name) == names.end()) {
    AddTypeName(node.name, type);
  }
  for (std::size_t i = 0; i < types.Arguments(type).size(); ++i) {
    AddOpaqueNames(types.Arguments(type)[i]);
  }
}

const Function* Environment::Impl::FindFunction(std::string_view name, bool root) const {
  return FindWithin(*this, &Impl::functions, name, root);
}

const std::shared_ptr<const Definition>* Environment::Impl::FindDefinition(std::string_view name,
                                                                           bool root) const {
  if (const auto* const found = FindWithin(*this, &Impl::definitions, name, root)) return found;
  for (const Impl* at = this; at != nullptr; at = at->base) {
    if (at->more_definitions == nullptr) continue;
    if (const auto* const found = at->more_definitions->Find(name)) return found;
  }
  return nullptr;
}

const NamedValue* Environment::Impl::FindName(std::string_view name, bool root) const {
  return FindWithin(*this, &Impl::names, name, root);
}

bool Environment::Impl::IsPrefixOfName(std::string_view prefix) const {
  const auto next = names.lower_bound(prefix);
  if (next != names.end() && next->first.starts_with(prefix)) return true;
  return base != nullptr && base->IsPrefixOfName(prefix);
}

std::vector<std::string_view> Environment::Impl::Names() const {
  std::vector<std::string_view> all;
  if (base != nullptr) all = base->Names();
  for (const auto& [name, value] : names) all.push_back(name);
  return all;
}

std::vector<std::string_view> Environment::Impl::FunctionNames() const {
  std::vector<std::string_view> all;
  if (base != nullptr) all = base->FunctionNames();
  for (const auto& [name, function] : functions) {
    if (name.find('_') == std::string::npos) all.push_back(name);  // not operators
  }
  for (const auto& [name, definition] : definitions) all.push_back(name);
  if (more_definitions != nullptr) {
    for (const std::string_view name : more_definitions->Names()) all.push_back(name);
  }
  return all;
}

Environment::Environment() : Environment(Options{}) {}

Environment::Environment(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Environment Environment::On(const Environment& base) {
  return Environment(std::make_unique<Impl>(*base.impl_));
}

Environment::Environment(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {
  for (const StandardType& row : kTypes) {
    impl_->AddTypeName(row.name, impl_->types.From(*ParseType(row.type)));
  }
  for (const auto table : {OperatorSignatures(), StandardFunctions(), TimeFunctions()}) {
    for (const Builtin& builtin : table) impl_->Add(builtin, nullptr);
  }
}

Environment::Environment(Environment&&) noexcept = default;
Environment& Environment::operator=(Environment&&) noexcept = default;
Environment::~Environment() = default;

void Environment::AddLibrary(const Library& library) {
  for (const Builtin& builtin : library.builtins) impl_->Add(builtin, &library);
}

void Environment::SetDefinitions(const DefinitionSource& source) {
  impl_->more_definitions = &source;
}

SlotId Environment::AddVariable(std::string_view name, const Type& type) {
  const TypeId type_id = impl_->types.From(type);
  const auto known = impl_->names.find(name);
  if (known != impl_->names.end() && std::holds_alternative<SlotId>(known->second)) {
    const SlotId slot = std::get<SlotId>(known->second);
    Variable& variable = impl_->variables[static_cast<std::size_t>(slot) - impl_->base_slots];
    variable.type = type;
    variable.type_id = type_id;
    return slot;
  }
  const auto slot = static_cast<SlotId>(impl_->SlotCount());
  impl_->variables.push_back({std::string(name), type, type_id});
  impl_->names.insert_or_assign(std::string(name), slot);
  return slot;
}

std::size_t Environment::SlotCount() const { return impl_->SlotCount(); }

std::optional<SlotId> Environment::FindVariable(std::string_view name) const {
  for (const Impl* at = impl_.get(); at != nullptr; at = at->base) {
    const auto found = at->names.find(name);
    if (found == at->names.end()) continue;
    const SlotId* slot = std::get_if<SlotId>(&found->second);
    return slot == nullptr ? std::nullopt : std::optional(*slot);
  }
  return std::nullopt;
}

std::string_view Environment::VariableName(SlotId slot) const { return (*impl_)[slot].name; }

}  // namespace restorable::cel
