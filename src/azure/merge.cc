#include "azure/merge.h"

#include <map>
#include <span>
#include <string>
#include <utility>

#include "base/text.h"

namespace restorable::azure {
namespace {

// In lower case, as ids compare; empty if it is not known.
std::string IdOf(const Resource& resource) {
  const Value* const id = resource.body.Find("id");
  return id != nullptr && id->IsString() ? AsciiLower(id->AsString()) : std::string();
}

// The maps of a value may have other entries than it says.
Value Opened(Value value, Value rest, Arena& arena) {
  if (!value.IsMap() || value.OpenRest() != nullptr) return value;
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : value.AsMap()) {
    entries.push_back({entry.key, Opened(entry.value, rest, arena)});
  }
  const std::span<const MapEntry> copy = arena.Copy(std::span<const MapEntry>(entries));
  return Value::OpenMap(arena, copy, rest).At(value.range()).Via(value.via());
}

}  // namespace

Value Merge(Value a, Value b, Arena& arena) {
  if (a.IsMap() && b.IsMap()) {
    std::vector<MapEntry> entries;
    const Value* const hidden = b.OpenRest();
    for (const MapEntry& entry : a.AsMap()) {
      const MapEntry* const other = b.FindEntry(entry.key);
      if (other != nullptr) {
        entries.push_back({other->key, Merge(entry.value, other->value, arena)});
      } else if (hidden == nullptr) {
        entries.push_back(entry);
      }
    }
    for (const MapEntry& entry : b.AsMap()) {
      if (a.FindEntry(entry.key) == nullptr) entries.push_back(entry);
    }
    const Value* const open = hidden != nullptr ? hidden : a.OpenRest();
    const std::span<const MapEntry> copy = arena.Copy(std::span<const MapEntry>(entries));
    const Value merged =
        open == nullptr ? Value::Map(arena, copy) : Value::OpenMap(arena, copy, *open);
    const Value& placed = b.range().IsNone() ? a : b;
    return merged.At(placed.range()).Via(placed.via());
  }
  if (a.IsUnknown() && b.IsMap()) {
    return Value::OpenMap(arena, b.AsMap(), a).At(b.range()).Via(b.via());
  }
  return b;
}

void MergeParts(std::vector<Resource>& resources, Arena& arena) {
  std::map<std::string, std::size_t> wholes;
  std::vector<Resource> kept;
  for (const Resource& resource : resources) {
    if (resource.is_part) continue;
    wholes.emplace(IdOf(resource), kept.size());
    kept.push_back(resource);
  }
  for (Resource& resource : resources) {
    if (!resource.is_part) continue;
    const std::string id = IdOf(resource);
    const auto whole = id.empty() ? wholes.end() : wholes.find(id);
    if (whole != wholes.end() && resource.presence == Presence::kCertain) {
      Resource& merged = kept[whole->second];
      merged.body = Merge(merged.body, resource.body, arena);
    } else {
      const Value rest = Value::Unknown(arena, {.reason = UnknownReason::kNotInDeployment,
                                                .what = resource.address,
                                                .range = resource.name_range});
      resource.body = Opened(resource.body, rest, arena);
      kept.push_back(resource);
    }
  }
  resources = std::move(kept);
}

}  // namespace restorable::azure
