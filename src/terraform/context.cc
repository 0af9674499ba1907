#include "terraform/context.h"

#include <algorithm>
#include <limits>

namespace restorable::terraform {
namespace {

std::uint32_t AddSizes(std::uint32_t a, std::uint32_t b) {
  constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
  return a > kMost - b ? kMost : a + b;
}

const void* PayloadOf(Value value) {
  return value.IsList() ? static_cast<const void*>(value.AsList().data())
                        : static_cast<const void*>(value.AsMap().data());
}

// Whether a short list or map holds nothing but simple values: quicker counted than looked up.
bool IsFlat(Value value) {
  constexpr std::uint32_t kShort = 16;
  const auto simple = [](Value item) { return !item.IsList() && !item.IsMap(); };
  if (value.size() > kShort) return false;
  if (value.IsList()) return std::ranges::all_of(value.AsList(), simple);
  return std::ranges::all_of(value.AsMap(), simple, &MapEntry::value);
}

}  // namespace

Context::Extent Context::ExtentOf(Value value) {
  if ((!value.IsList() && !value.IsMap()) || value.size() == 0) return {};
  if (IsFlat(value)) return {.size = value.size() + 1, .depth = 2};
  const auto found = extents_.find(PayloadOf(value));
  if (found != extents_.end()) return found->second;
  Extent extent;
  const auto add = [&](Value item) {
    const Extent inner = ExtentOf(item);
    extent.size = AddSizes(extent.size, inner.size);
    extent.depth = std::max(extent.depth, inner.depth + 1);
  };
  if (value.IsList()) {
    for (const Value& item : value.AsList()) add(item);
  } else {
    for (const MapEntry& entry : value.AsMap()) add(entry.value);
  }
  extents_.emplace(PayloadOf(value), extent);
  return extent;
}

Value Context::List(const std::vector<Value>& items, Shape shape) {
  const Value list = Value::List(arena.Copy(std::span<const Value>(items))).Shaped(shape);
  const Extent extent = ExtentOf(list);
  if (extent.size > limits.document_nodes) return Limit("document_nodes");
  return extent.depth > limits.nesting ? Limit("nesting") : list;
}

Value Context::Map(const std::vector<MapEntry>& entries, Shape shape) {
  const Value map = Value::Map(arena, arena.Copy(std::span<const MapEntry>(entries))).Shaped(shape);
  const Extent extent = ExtentOf(map);
  if (extent.size > limits.document_nodes) return Limit("document_nodes");
  return extent.depth > limits.nesting ? Limit("nesting") : map;
}

void Context::Report(Diagnostic diagnostic) {
  if (!reported_.emplace(diagnostic.kind, diagnostic.range).second) return;
  diagnostics.push_back(std::move(diagnostic));
}

Value Context::Limit(std::string_view name, Range range) {
  return Value::Error(arena, arena.Copy("the limit " + std::string(name) + " is passed"), range,
                      /*absolute=*/true)
      .At(range);
}

}  // namespace restorable::terraform
