#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "base/arena.h"
#include "value/value.h"

namespace restorable::azure {

// The form of a lowered body: maps and lists whose leaves are expressions, by number. Bounded in
// depth by what it was read from.
struct Shape {
  struct Entry;
  struct Map {
    std::vector<Entry> entries;
  };
  struct List {
    std::vector<Shape> items;
  };
  struct Leaf {
    std::size_t expression;
  };
  std::variant<Map, List, Leaf> form;
};
struct Shape::Entry {
  Value key;
  Shape value;
};

// What an expression gives: an optional without a value leaves its entry or item out.
using EvaluateLeaf = std::function<Value(std::size_t expression)>;

// The value of that form. A map whose entries are all left out is left out itself, but for
// `properties`, which every Azure resource has. Nothing if the whole is left out.
[[nodiscard]] std::optional<Value> Build(const Shape& shape, const EvaluateLeaf& evaluate,
                                         Arena& arena);

// An optional becomes what it holds, or nothing.
[[nodiscard]] std::optional<Value> Unwrapped(Value value);

}  // namespace restorable::azure
