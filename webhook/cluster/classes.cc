#include "cluster/classes.h"

#include <algorithm>
#include <vector>

#include "base/arena.h"
#include "value/json.h"
#include "value/value.h"

namespace restorable::cluster {
namespace {

constexpr std::string_view kApplied = "kubectl.kubernetes.io/last-applied-configuration";

Value MapOf(Arena& arena, const std::vector<MapEntry>& entries) {
  return Value::Map(arena, arena.Copy(std::span<const MapEntry>(entries)));
}

Value Annotations(Value annotations, Arena& arena) {
  std::vector<MapEntry> entries(annotations.AsMap().begin(), annotations.AsMap().end());
  std::erase_if(entries, [](const MapEntry& entry) { return entry.key.AsString() == kApplied; });
  return MapOf(arena, entries);
}

Value Manifest(Value object, Arena& arena) {
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : object.AsMap()) {
    if (entry.key.AsString() != "metadata") {
      entries.push_back(entry);
      continue;
    }
    std::vector<MapEntry> metadata;
    for (const MapEntry& field : entry.value.AsMap()) {
      if (field.key.AsString() == "name") metadata.push_back(field);
      if (field.key.AsString() == "annotations" && field.value.IsMap()) {
        metadata.push_back({field.key, Annotations(field.value, arena)});
      }
    }
    entries.push_back({entry.key, MapOf(arena, metadata)});
  }
  return MapOf(arena, entries);
}

}  // namespace

bool IsClass(const Resource& resource) {
  return resource.group == "storage.k8s.io" &&
         (resource.kind == "StorageClass" || resource.kind == "VolumeAttributesClass");
}

std::string ClassesText(std::span<const Resource> classes) {
  Arena arena;
  std::vector<Value> items;
  for (const Resource& resource : classes) items.push_back(Manifest(resource.body, arena));
  const std::vector<MapEntry> list = {
      {Value::String("apiVersion"), Value::String("v1")},
      {Value::String("kind"), Value::String("List")},
      {Value::String("items"), Value::List(items)},
  };
  return ToJson(MapOf(arena, list), JsonStyle::kIndented) + "\n";
}

}  // namespace restorable::cluster
