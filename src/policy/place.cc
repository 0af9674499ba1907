#include "policy/place.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>

#include "base/limits.h"
#include "policy/configuration.h"

namespace restorable::policy {
namespace {

bool IsContainer(Value value) { return value.IsMap() || value.IsList(); }

// A value within another one, and how it is found there.
struct Inside {
  Value value;
  Range key;
  std::string step;
};

// A list's item by its name if it has one: a number would change with the items before it.
std::string ItemStep(Value item, std::size_t index) {
  const Value* const name = item.Find("name");
  if (name != nullptr && name->IsString()) return "[name=" + std::string(name->AsString()) + "]";
  return "[" + std::to_string(index) + "]";
}

// The entry or item of `container` that `range` is, or is in.
std::optional<Inside> StepTo(Value container, Range range) {
  if (container.IsMap()) {
    for (const MapEntry& entry : container.AsMap()) {
      if (entry.key.range().Contains(range) || entry.value.range().Contains(range)) {
        std::string name(entry.key.IsString() ? entry.key.AsString() : "");
        return Inside{entry.value, entry.key.range(), "/" + name};
      }
    }
  }
  if (container.IsList()) {
    const std::span<const Value> items = container.AsList();
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (items[i].range().Contains(range)) {
        return Inside{items[i], Range{}, ItemStep(items[i], i)};
      }
    }
  }
  return std::nullopt;
}

// The key in front of the container at `range`, for one that came without it.
Range KeyOf(Value root, Range range) {
  Value at = root;
  Range key;
  while (IsContainer(at)) {
    const std::optional<Inside> inside = StepTo(at, range);
    if (!inside) return {};
    key = inside->key;
    if (inside->value.range() == range) return key;
    at = inside->value;
  }
  return {};
}

// Where an unknown stands or was left open, if that is in the resource: it may be in quite another
// one.
std::optional<Range> WhereLeftOpen(Value unknown, const Resource& resource) {
  const Range range = unknown.range();
  if (resource.range.Contains(range) && range != resource.range) return range;
  for (const UnknownCause& cause : unknown.AsUnknown().causes) {
    if (resource.range.Contains(cause.range)) return cause.range;
  }
  return std::nullopt;
}

// What of the resource went into a container that a rule has made, from its first part to its last.
std::optional<Range> HullOf(Value value, const Resource& resource) {
  std::optional<Range> hull;
  const auto add = [&](Range range) {
    if (!resource.range.Contains(range) || range == resource.range) return;
    hull = !hull ? range
                 : Range{range.file, std::min(hull->begin, range.begin),
                         std::max(hull->end, range.end)};
  };
  const auto add_parts = [&](Value part) {
    if (const auto inner = HullOf(part, resource)) add(*inner);
  };
  if (!value.range().IsNone()) {
    add(value.range());
  } else if (value.IsMap()) {
    for (const MapEntry& entry : value.AsMap()) add_parts(entry.value);
  } else if (value.IsList()) {
    for (const Value& item : value.AsList()) add_parts(item);
  }
  return hull;
}

// The item of a list that `range` is, or else the key of the narrowest container around it, as the
// author wrote the resource.
std::optional<Range> KeyAround(Range range, const Resource& resource) {
  std::optional<Range> key;
  Value at = resource.written;
  while (IsContainer(at)) {
    const std::optional<Inside> inside = StepTo(at, range);
    if (!inside) break;
    if (!IsContainer(inside->value)) return at.IsList() ? inside->value.range() : key;
    if (IsScanned(inside->key)) key = inside->key;
    at = inside->value;
  }
  return key;
}

// Whether `map` is, or is in, an item of a list within `container`.
bool IsInItem(Value container, Value map, bool in_item = false) {
  const auto is_in = [&](Value part, bool is_item) { return IsInItem(part, map, is_item); };
  if (container.IsList()) {
    return std::ranges::any_of(container.AsList(), [&](Value item) { return is_in(item, true); });
  }
  if (!container.IsMap()) return false;
  if (in_item && container.AsMap().data() == map.AsMap().data()) return true;
  return std::ranges::any_of(container.AsMap(),
                             [&](const MapEntry& entry) { return is_in(entry.value, in_item); });
}

// The resource, or what lowering has made the whole of it into: of a part such as `properties`
// nobody can say where it is, but an item of a list was written as one.
bool IsWhole(Value value, const Resource& resource) {
  if (!value.range().IsNone()) {
    return value.range() == resource.range || value.range() == resource.body.range();
  }
  return resource.body.range().IsNone() && !(value.IsMap() && IsInItem(resource.body, value));
}

}  // namespace

bool IsScanned(Range range) { return range.file < kFirstOwnFile; }

Range RangeOf(const cel::Program::Place& place, const Resource& resource) {
  if (place.value.IsUnknown()) {
    const Range fallback = IsScanned(place.key) ? place.key : resource.name_range;
    return WhereLeftOpen(place.value, resource).value_or(fallback);
  }
  const Range value = place.value.range();
  if (IsWhole(place.value, resource) && !IsScanned(place.key)) return resource.name_range;
  const bool from_elsewhere = IsScanned(value) && !resource.range.Contains(value);
  if (place.complete && IsContainer(place.value) && from_elsewhere) return value;
  const bool to_key = !place.complete || IsContainer(place.value);
  if (to_key && IsScanned(place.key)) return place.key;
  if (!IsScanned(value)) {
    if (IsScanned(place.key)) return place.key;
    const std::optional<Range> hull = HullOf(place.value, resource);
    return hull ? KeyAround(*hull, resource).value_or(*hull) : resource.name_range;
  }
  if (!IsContainer(place.value)) return value;
  const Range key = KeyOf(resource.written, value);
  return IsScanned(key) ? key : value;
}

std::string PathTo(Range range, const Resource& resource) {
  std::string path;
  Value at = resource.written;
  for (std::uint32_t depth = 0; depth < Limits{}.nesting; ++depth) {
    const std::optional<Inside> inside = StepTo(at, range);
    if (!inside) break;
    path += inside->step;
    if (inside->key.Contains(range)) break;
    at = inside->value;
  }
  return path;
}

// FNV-1a: what is printed must not depend on the machine or the run.
std::string Fingerprint(std::string_view rule, std::string_view file, std::string_view address,
                        std::string_view value_path) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const std::string_view part : {rule, file, address, value_path}) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    hash = (hash ^ 0xFFU) * 0x100000001b3U;  // no byte of UTF-8
  }
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

}  // namespace restorable::policy
