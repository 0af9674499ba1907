#include "policy/fields.h"

#include <algorithm>

#include "base/text.h"
#include "policy/diagnostics.h"

namespace restorable::policy {

std::string Describe(Value value) {
  switch (value.kind()) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
    case Kind::kString:
    case Kind::kList:
    case Kind::kMap:
      return "a " + std::string(TypeName(value));
    case Kind::kInt:
    case Kind::kUint:
    case Kind::kDouble:
      return "a number";
    default:
      return std::string(TypeName(value));
  }
}

std::string Suggestion(std::string_view name, std::span<const std::string_view> candidates) {
  const std::optional<std::string_view> nearest = NearestName(name, candidates);
  return nearest ? "; did you mean `" + std::string(*nearest) + "`?" : "";
}

Fields::Fields(Value map, std::string_view owner, std::span<const std::string_view> names,
               std::vector<Diagnostic>& diagnostics)
    : map_(map), owner_(owner), diagnostics_(diagnostics) {
  if (!map.IsMap()) {
    diagnostics_.push_back(
        {&kWrongType, map.range(), {std::string(owner), "a map", Describe(map)}, {}});
    return;
  }
  for (const MapEntry& entry : map.AsMap()) {
    const std::string_view name = entry.key.IsString() ? entry.key.AsString() : "";
    if (std::ranges::find(names, name) != names.end()) continue;
    diagnostics_.push_back({&kUnknownField,
                            entry.key.range(),
                            {std::string(owner), std::string(name), Suggestion(name, names)},
                            {}});
  }
}

const Value* Fields::Typed(std::string_view name, Kind kind, std::string_view type) {
  const Value* const value = Get(name);
  if (value == nullptr || value->Is(kind)) return value;
  diagnostics_.push_back({&kWrongType,
                          value->range(),
                          {"`" + std::string(name) + "`", std::string(type), Describe(*value)},
                          {}});
  return nullptr;
}

const Value* Fields::String(std::string_view name) {
  return Typed(name, Kind::kString, "a string");
}
const Value* Fields::List(std::string_view name) { return Typed(name, Kind::kList, "a list"); }
const Value* Fields::Map(std::string_view name) { return Typed(name, Kind::kMap, "a map"); }

std::string_view Fields::Text(std::string_view name) {
  const Value* const value = String(name);
  return value == nullptr ? std::string_view() : value->AsString();
}

std::optional<bool> Fields::Bool(std::string_view name) {
  const Value* const value = Typed(name, Kind::kBool, "true or false");
  return value == nullptr ? std::nullopt : std::optional(value->AsBool());
}

std::vector<Value> Fields::Strings(std::string_view name) {
  std::vector<Value> strings;
  const Value* const list = List(name);
  if (list == nullptr) return strings;
  for (const Value& item : list->AsList()) {
    if (item.IsString()) {
      strings.push_back(item);
    } else {
      diagnostics_.push_back(
          {&kWrongType,
           item.range(),
           {"an item of `" + std::string(name) + "`", "a string", Describe(item)},
           {}});
    }
  }
  return strings;
}

std::optional<std::size_t> Fields::Choice(std::string_view name,
                                          std::span<const std::string_view> choices) {
  const Value* const value = String(name);
  if (value == nullptr) return std::nullopt;
  const auto found = std::ranges::find(choices, value->AsString());
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  std::string all;
  for (const std::string_view choice : choices) {
    if (!all.empty()) all += ", ";
    all.append("`").append(choice).append("`");
  }
  diagnostics_.push_back({&kBadChoice,
                          value->range(),
                          {std::string(value->AsString()), std::string(name), std::move(all)},
                          {}});
  return std::nullopt;
}

const Value* Fields::Require(std::string_view name) {
  const Value* const value = Get(name);
  if (value == nullptr && ok()) {
    diagnostics_.push_back(
        {&kMissingField, map_.range(), {std::string(owner_), std::string(name)}, {}});
  }
  return value;
}

std::string_view Fields::RequireText(std::string_view name) {
  return Require(name) == nullptr ? std::string_view() : Text(name);
}

}  // namespace restorable::policy
