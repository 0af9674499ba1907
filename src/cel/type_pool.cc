#include "cel/type_pool.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace restorable::cel {
namespace {

// By tag.
constexpr std::string_view kNames[] = {
    "dyn",
    "null_type",
    "bool",
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "google.protobuf.Timestamp",
    "google.protobuf.Duration",
    "type",
    "list",
    "map",
    "optional_type",
};
constexpr std::size_t kScalars = static_cast<std::size_t>(TypeTag::kType);

bool IsParameterName(std::string_view name) {
  return name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z';
}

std::optional<TypeTag> TagOf(std::string_view name) {
  if (name == "any") return TypeTag::kDyn;
  const auto* const found = std::ranges::find(kNames, name);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<TypeTag>(found - std::begin(kNames));
}

std::size_t ArgumentsOf(TypeTag tag) {
  switch (tag) {
    case TypeTag::kType:
    case TypeTag::kList:
    case TypeTag::kOptional:
      return 1;
    case TypeTag::kMap:
      return 2;
    default:
      return 0;
  }
}

}  // namespace

TypePool::TypePool() {
  for (std::size_t tag = 0; tag < kScalars; ++tag) {
    types_.push_back({.tag = static_cast<TypeTag>(tag)});
  }
}

TypePool::TypePool(const TypePool* base)
    : base_(base),
      base_types_(base->base_types_ + static_cast<std::uint32_t>(base->types_.size())),
      base_arguments_(base->base_arguments_ + static_cast<std::uint32_t>(base->arguments_.size())) {
}

const TypeNode& TypePool::operator[](TypeId id) const {
  const auto index = static_cast<std::uint32_t>(id);
  return index < base_types_ ? (*base_)[id] : types_[index - base_types_];
}

std::span<const TypeId> TypePool::Arguments(TypeId id) const {
  if (static_cast<std::uint32_t>(id) < base_types_) return base_->Arguments(id);
  const TypeNode& node = (*this)[id];
  if (node.tag == TypeTag::kParameter) return {};
  return std::span(arguments_).subspan(node.first - base_arguments_, node.count);
}

TypeId TypePool::Make(TypeTag tag, std::span<const TypeId> arguments, std::string_view name) {
  if (IsScalar(tag)) return ScalarType(tag);
  TypeNode node{
      .tag = tag,
      .generic = std::ranges::any_of(arguments, [&](TypeId id) { return (*this)[id].generic; }),
      .first = base_arguments_ + static_cast<std::uint32_t>(arguments_.size()),
      .count = static_cast<std::uint32_t>(arguments.size()),
      .name = {}};
  if (!name.empty()) node.name = names_.emplace_back(name);
  arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
  types_.push_back(node);
  return static_cast<TypeId>(base_types_ + types_.size() - 1);
}

TypeId TypePool::Parameter(std::uint32_t number) {
  types_.push_back(
      {.tag = TypeTag::kParameter, .generic = true, .first = number, .count = 0, .name = {}});
  return static_cast<TypeId>(base_types_ + types_.size() - 1);
}

TypeId TypePool::From(const Type& type, std::vector<std::string>& parameters) {
  if (IsParameterName(type.name) && type.arguments.empty()) {
    auto at = std::ranges::find(parameters, type.name);
    if (at == parameters.end()) at = parameters.insert(at, type.name);
    return Parameter(static_cast<std::uint32_t>(at - parameters.begin()));
  }
  // wrapper(T) is T or null; the nearest we have is dyn.
  if (type.name == "wrapper") return kDynType;
  const std::optional<TypeTag> tag = TagOf(type.name);
  std::vector<TypeId> arguments;
  for (const Type& argument : type.arguments) arguments.push_back(From(argument, parameters));
  if (!tag) return Make(TypeTag::kOpaque, arguments, type.name);
  arguments.resize(ArgumentsOf(*tag), kDynType);
  return Make(*tag, arguments);
}

TypeId TypePool::From(const Type& type) {
  if (IsParameterName(type.name)) return kDynType;
  if (type.arguments.empty()) {
    std::vector<std::string> none;
    return From(type, none);
  }
  Type plain{type.name, {}};
  for (const Type& argument : type.arguments) plain.arguments.push_back(ToType(From(argument)));
  std::vector<std::string> none;
  return From(plain, none);
}

TypeId TypePool::Shift(TypeId id, std::uint32_t offset) {
  const TypeNode node = (*this)[id];
  if (!node.generic) return id;
  if (node.tag == TypeTag::kParameter) return Parameter(node.first + offset);
  std::vector<TypeId> arguments;
  for (std::size_t i = 0; i < node.count; ++i) {
    arguments.push_back(Shift(Arguments(id)[i], offset));
  }
  return Make(node.tag, arguments, node.name);
}

Type TypePool::ToType(TypeId id) const {
  const TypeNode& node = (*this)[id];
  if (node.tag == TypeTag::kParameter) return {};  // nothing is known of it: dyn
  Type type;
  type.name = node.tag == TypeTag::kOpaque ? node.name : kNames[static_cast<std::size_t>(node.tag)];
  for (const TypeId argument : Arguments(id)) type.arguments.push_back(ToType(argument));
  return type;
}

}  // namespace restorable::cel
