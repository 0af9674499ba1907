#include "azure/shape.h"

#include <span>

#include "base/overloaded.h"

namespace restorable::azure {
namespace {

bool IsProperties(Value key) { return key.IsString() && key.AsString() == "properties"; }

std::optional<Value> BuildMap(const Shape::Map& map, const EvaluateLeaf& evaluate, Arena& arena) {
  std::vector<MapEntry> entries;
  for (const Shape::Entry& entry : map.entries) {
    std::optional<Value> value = Build(entry.value, evaluate, arena);
    if (!value && IsProperties(entry.key)) value = Value::Map(arena, {});
    if (value) entries.push_back({entry.key, *value});
  }
  if (entries.empty()) return std::nullopt;
  return Value::Map(arena, arena.Copy(std::span<const MapEntry>(entries)));
}

std::optional<Value> BuildList(const Shape::List& list, const EvaluateLeaf& evaluate,
                               Arena& arena) {
  std::vector<Value> items;
  for (const Shape& item : list.items) {
    if (const std::optional<Value> value = Build(item, evaluate, arena)) items.push_back(*value);
  }
  if (items.empty()) return std::nullopt;
  return Value::List(arena.Copy(std::span<const Value>(items)));
}

}  // namespace

std::optional<Value> Build(const Shape& shape, const EvaluateLeaf& evaluate, Arena& arena) {
  return std::visit(
      Overloaded{
          [&](const Shape::Map& map) { return BuildMap(map, evaluate, arena); },
          [&](const Shape::List& list) { return BuildList(list, evaluate, arena); },
          [&](const Shape::Leaf& leaf) { return Unwrapped(evaluate(leaf.expression)); },
      },
      shape.form);
}

std::optional<Value> Unwrapped(Value value) {
  while (value.Is(Kind::kOptional)) {
    if (value.AsOptional() == nullptr) return std::nullopt;
    value = *value.AsOptional();
  }
  return value;
}

}  // namespace restorable::azure
