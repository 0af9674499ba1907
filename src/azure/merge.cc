#include "azure/merge.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "value/rebuild.h"

namespace restorable::azure {
namespace {

// The text under `key`, in lower case, as ids and names compare; empty if it is not known.
std::string TextOf(Value body, std::string_view key) {
  const Value* const text = body.Find(key);
  return text != nullptr && text->IsString() ? AsciiLower(text->AsString()) : std::string();
}

// Names a child by its parent, where its id is not known to be made of that; empty if either is
// not known.
std::string PathOf(const Resource& resource) {
  const std::string parent = TextOf(resource.body, "parent");
  const std::string name = TextOf(resource.body, "name");
  const std::size_t segment = resource.kind.rfind('/');
  if (parent.empty() || name.empty() || segment == std::string_view::npos) return {};
  return parent + AsciiLower(resource.kind.substr(segment)) + "/" + name;
}

// Children that may as well be written as items of a list of their parent.
struct InlineChild {
  std::string_view type;
  std::string_view list;  // in the parent's properties
};
constexpr InlineChild kInlineChildren[] = {
    {"Microsoft.ContainerService/managedClusters/agentPools", "agentPoolProfiles"},
};

Value MapOf(std::string_view key, Value value, Arena& arena) {
  const MapEntry entry[] = {{Value::String(key), value}};
  return Value::Map(arena, arena.Copy(std::span<const MapEntry>(entry)));
}

// A part that is new changes a whole that is not.
void MergeBefore(Resource& whole, const Resource& part, Arena& arena) {
  const auto is_new = [](const Resource& resource) {
    return resource.before != nullptr && resource.before->IsNull();
  };
  if ((whole.before == nullptr && part.before == nullptr) || is_new(whole)) return;
  const auto until_then = [](const Resource& resource) {
    return resource.before != nullptr ? *resource.before : resource.body;
  };
  Value before = until_then(whole);
  if (!is_new(part)) before = Merge(before, until_then(part), arena);
  whole.before = arena.New<Value>(before);
}

// What is named by its parent may have an id of its own, which nothing refers to.
void MergeInto(Resource& whole, const Resource& part, Arena& arena) {
  MergeBefore(whole, part, arena);
  const Value* const id = whole.body.Find("id");
  const Value merged = Merge(whole.body, part.body, arena);
  whole.body = id == nullptr ? merged : Merge(merged, MapOf("id", *id, arena), arena);
}

// Merges the part into the item of `parent` that is the same child; false if there is none.
bool MergeInline(Resource& parent, const Resource& part, Arena& arena) {
  const auto* const child = std::ranges::find_if(kInlineChildren, [&](const InlineChild& row) {
    return EqualsIgnoringAsciiCase(row.type, part.kind);
  });
  const Value* const properties = parent.body.Find("properties");
  const Value* const said = part.body.Find("properties");
  if (child == std::end(kInlineChildren) || properties == nullptr || said == nullptr) return false;
  const Value* const list = properties->Find(child->list);
  if (list == nullptr || !list->IsList()) return false;
  const std::span<Value> items = arena.Copy(list->AsList());
  const std::string name = TextOf(part.body, "name");
  const auto item =
      std::ranges::find_if(items, [&](Value of) { return TextOf(of, "name") == name; });
  if (name.empty() || item == items.end()) return false;
  *item = Merge(*item, *said, arena);
  const Value changed = Value::List(items).At(list->range()).Via(list->via());
  const Value body = MapOf("properties", MapOf(child->list, changed, arena), arena);
  parent.body = Merge(parent.body, body, arena);
  parent.before = nullptr;  // the item's is not worked out
  return true;
}

// The maps of a value may have other entries than it says.
Value Opened(Value value, Value rest, Arena& arena) {
  if (!value.IsMap() || value.OpenRest() != nullptr) return value;
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : value.AsMap()) {
    entries.push_back({entry.key, Opened(entry.value, rest, arena)});
  }
  const std::span<const MapEntry> copy = arena.Copy(std::span<const MapEntry>(entries));
  return InPlaceOf(value, Value::OpenMap(arena, copy, rest));
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
    wholes.emplace(TextOf(resource.body, "id"), kept.size());
    wholes.emplace(PathOf(resource), kept.size());
    kept.push_back(resource);
  }
  const auto find = [&](const std::string& key) -> Resource* {
    const auto found = key.empty() ? wholes.end() : wholes.find(key);
    return found == wholes.end() ? nullptr : &kept[found->second];
  };
  for (Resource& resource : resources) {
    if (!resource.is_part) continue;
    const bool certain = resource.presence == Presence::kCertain;
    Resource* whole = find(TextOf(resource.body, "id"));
    if (whole == nullptr) whole = find(PathOf(resource));
    Resource* const parent = find(TextOf(resource.body, "parent"));
    if (whole != nullptr && certain) {
      MergeInto(*whole, resource, arena);
    } else if (parent == nullptr || !certain || !MergeInline(*parent, resource, arena)) {
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
