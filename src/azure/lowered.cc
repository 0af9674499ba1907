#include "azure/lowered.h"

#include <span>
#include <string>
#include <vector>

namespace restorable::azure {
namespace {

Value BodyOf(const Parts& parts, Arena& arena) {
  std::vector<MapEntry> entries;
  const auto add = [&](std::string_view key, const std::optional<Value>& value) {
    if (value) entries.push_back({Value::String(key), *value});
  };
  add("name", parts.name);
  add("id", parts.id);
  add("parent", parts.parent);
  const Value* open = nullptr;
  if (parts.body && parts.body->IsMap()) {
    const std::span<const MapEntry> rest = parts.body->AsMap();
    entries.insert(entries.end(), rest.begin(), rest.end());
    open = parts.body->OpenRest();
  } else if (parts.body && parts.body->IsUnknown()) {
    open = &*parts.body;
  }
  const std::span<const MapEntry> copy = arena.Copy(std::span<const MapEntry>(entries));
  return open == nullptr ? Value::Map(arena, copy) : Value::OpenMap(arena, copy, *open);
}

}  // namespace

Resource MakeLowered(const Resource& object, const Parts& parts, Arena& arena) {
  Resource resource = object;
  resource.schema = Schema::kAzure;
  resource.group = {};
  resource.version = {};
  resource.kind = parts.type;
  resource.name = {};
  resource.namespace_ = {};
  resource.body = BodyOf(parts, arena).Via(object.body.via());
  const Range item = parts.item.range();
  const bool is_part = !item.IsNone() && item != object.range && object.range.Contains(item);
  if (is_part) {
    resource.range = item;
    resource.name_range = item;
  }
  if (parts.name && parts.name->IsString()) {
    resource.name = parts.name->AsString();
    const Range name = parts.name->range();
    if (resource.range.Contains(name)) resource.name_range = name;
    if (is_part) {
      resource.address = arena.Copy(std::string(object.address) + "/" + std::string(resource.name));
    }
  }
  return resource;
}

}  // namespace restorable::azure
