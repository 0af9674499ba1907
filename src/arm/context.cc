#include "arm/context.h"

#include <algorithm>
#include <limits>

#include "arm/diagnostics.h"
#include "arm/symbol.h"

namespace restorable::arm {
namespace {

constexpr std::string_view kLimitMessage = "the limit on ";

std::uint32_t AddSizes(std::uint32_t a, std::uint32_t b) {
  constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
  return a > kMost - b ? kMost : a + b;
}

const void* PayloadOf(Value value) {
  return value.IsList() ? static_cast<const void*>(value.AsList().data())
                        : static_cast<const void*>(value.AsMap().data());
}

}  // namespace

Context::Extent Context::ExtentOf(Value value) {
  if ((!value.IsList() && !value.IsMap()) || value.size() == 0) return {};
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

Value Context::Checked(Value value) {
  const Extent extent = ExtentOf(value);
  if (extent.size > limits.document_nodes) return SizeLimit("document_nodes");
  return extent.depth > limits.nesting ? SizeLimit("nesting") : value;
}

Value Context::List(const std::vector<Value>& items) {
  return Checked(Value::List(arena.Copy(std::span<const Value>(items))));
}

Value Context::Map(const std::vector<MapEntry>& entries) { return Map(entries, nullptr); }

Value Context::Map(const std::vector<MapEntry>& entries, const Value* rest) {
  const auto copy = arena.Copy(std::span<const MapEntry>(entries));
  return Checked(rest == nullptr ? Value::Map(arena, copy) : Value::OpenMap(arena, copy, *rest));
}

Value Context::Fresh(std::string_view what, Value because, TypeKind kind, Range range) {
  const std::string text = std::string(what) + "#" + std::to_string(NextNumber());
  const bool nullable = kind == TypeKind::kAny;
  return MakeTerm(*this, {.text = text, .kind = kind, .nullable = nullable},
                  AsSymbol(because).unknown)
      .At(range);
}

void Context::Report(Diagnostic diagnostic) {
  if (!reported_.emplace(diagnostic.kind, diagnostic.range).second) return;
  diagnostics.push_back(std::move(diagnostic));
}

Value Context::PassLimit(std::string_view name, Range range, bool absolute) {
  if (limits_passed_.emplace(name).second) {
    diagnostics.push_back({&kLimitPassed, range, {std::string(name)}, {}});
  }
  const std::string message = std::string(kLimitMessage) + std::string(name) + " is passed";
  return Value::Error(arena, arena.Copy(message), range, absolute).At(range);
}

bool IsLimit(Value error) {
  return error.IsError() && error.AsError().message.starts_with(kLimitMessage);
}

}  // namespace restorable::arm
