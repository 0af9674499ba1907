#include "cluster/objects.h"

#include <algorithm>

namespace restorable::cluster {
namespace {

std::string_view Text(Value map, std::string_view name) {
  const Value* const value = map.Find(name);
  return value != nullptr && value->IsString() ? value->AsString() : std::string_view();
}

Value Field(Value map, std::string_view name) {
  const Value* const value = map.Find(name);
  return value != nullptr ? *value : Value::Null();
}

// As deep as the reader of JSON lets anything be.
Value Copy(Value value, Arena& arena) {
  Value copy = value;
  if (value.IsString()) {
    copy = Value::String(arena.Copy(value.AsString()));
  } else if (value.IsList()) {
    const std::span<Value> items = arena.NewArray<Value>(value.size());
    std::ranges::transform(value.AsList(), items.begin(),
                           [&](Value item) { return Copy(item, arena); });
    copy = Value::List(items);
  } else if (value.IsMap()) {
    const std::span<MapEntry> entries = arena.NewArray<MapEntry>(value.size());
    std::ranges::transform(value.AsMap(), entries.begin(), [&](const MapEntry& entry) {
      return MapEntry{Copy(entry.key, arena), Copy(entry.value, arena)};
    });
    copy = Value::Map(arena, entries);
  }
  return copy.At(value.range());
}

}  // namespace

Object MakeObject(const Resource& resource) {
  Object object;
  object.api_version = resource.group;
  object.api_version += resource.group.empty() ? "" : "/";
  object.api_version += resource.version;
  object.kind = resource.kind;
  object.namespace_ = resource.namespace_;
  object.name = resource.name;
  object.uid = Text(Field(resource.written, "metadata"), "uid");
  object.address = resource.address;
  return object;
}

Resource Keep(const Resource& resource, Arena& arena) {
  Resource kept = resource;
  for (std::string_view* const text :
       {&kept.group, &kept.version, &kept.kind, &kept.name, &kept.namespace_, &kept.address}) {
    *text = arena.Copy(*text);
  }
  kept.body = Copy(resource.body, arena);
  kept.written = kept.body;
  return kept;
}

std::optional<Controller> ControllerOf(const Resource& resource) {
  const Value owners = Field(Field(resource.body, "metadata"), "ownerReferences");
  for (const Value& owner : owners.IsList() ? owners.AsList() : std::span<const Value>()) {
    if (!Field(owner, "controller").IsTrue()) continue;
    const std::string_view api_version = Text(owner, "apiVersion");
    const std::size_t slash = api_version.find('/');
    return Controller{slash == std::string_view::npos ? "" : api_version.substr(0, slash),
                      Text(owner, "kind")};
  }
  return std::nullopt;
}

const Resource* FindAround(std::span<const Resource> resources, Range range) {
  // They do not overlap, so it is one of two: objects sort by where they begin, then by their end.
  const auto behind = std::ranges::upper_bound(resources, range, {}, &Resource::range);
  if (behind != resources.end() && behind->range.Contains(range)) return &*behind;
  if (behind == resources.begin() || !(behind - 1)->range.Contains(range)) return nullptr;
  return &*(behind - 1);
}

}  // namespace restorable::cluster
