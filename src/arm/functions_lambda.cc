#include <algorithm>
#include <optional>

#include "arm/closure.h"
#include "arm/functions.h"
#include "arm/object_builder.h"
#include "arm/symbol.h"

namespace restorable::arm {
namespace {

// The value of a lambda for an item and, if it asks for it, the item's index.
Value ForItem(Invocation& call, Value lambda, Value item, std::size_t index) {
  const Value arguments[] = {item, Value::Int(static_cast<std::int64_t>(index)).At(call.range())};
  return Invoke(call.context, lambda, arguments);
}

// A key that a lambda makes for an item; an error where it is no text.
Value KeyFor(Invocation& call, Value lambda, Value item, std::size_t index) {
  const Value key = ForItem(call, lambda, item, index);
  if (key.IsError() || key.IsString() || IsSymbol(key)) return key;
  return call.Fail("a key is a text, found " + std::string(KindName(key)));
}

// Sorts by merging. What the lambda leaves open or cannot say ends it.
class Sorter {
 public:
  explicit Sorter(Invocation& call) : call_(call) {}

  std::vector<Value> Sorted(std::span<const Value> items) {
    if (items.size() < 2 || stopped_.has_value()) return {items.begin(), items.end()};
    const std::size_t half = items.size() / 2;
    const std::vector<Value> left = Sorted(items.first(half));
    const std::vector<Value> right = Sorted(items.subspan(half));
    std::vector<Value> merged;
    auto next = right.begin();
    for (const Value& item : left) {
      while (next != right.end() && IsBefore(*next, item)) merged.push_back(*next++);
      merged.push_back(item);
    }
    merged.insert(merged.end(), next, right.end());
    return merged;
  }

  [[nodiscard]] const std::optional<Value>& stopped() const { return stopped_; }

 private:
  bool IsBefore(Value a, Value b) {
    const Value arguments[] = {a, b};
    const Value before = Invoke(call_.context, call_[1], arguments);
    if (before.Is(Kind::kBool)) return before.AsBool();
    stopped_ =
        before.IsError() || IsSymbol(before) ? before : call_.Fail("the lambda gives a bool");
    return false;
  }

  Invocation& call_;
  std::optional<Value> stopped_;
};

}  // namespace

Value Filter(Invocation& call) {
  std::vector<Value> kept;
  const auto items = call.List(0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value keep = ForItem(call, call[1], items[i], i);
    if (keep.IsError()) return keep;
    if (IsSymbol(keep)) return call.context.Fresh("filter", keep, TypeKind::kArray, call.range());
    if (!keep.Is(Kind::kBool)) return call.Fail("the lambda gives a bool");
    if (keep.AsBool()) kept.push_back(items[i]);
  }
  return call.Return(kept);
}

Value MapOver(Invocation& call) {
  std::vector<Value> made;
  const auto items = call.List(0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value value = ForItem(call, call[1], items[i], i);
    if (value.IsError() && value.AsError().absolute) return value;
    made.push_back(MemberOf(call.context, value));
  }
  return call.Return(made);
}

Value MapValues(Invocation& call) {
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : call[0].AsMap()) {
    const Value value = Invoke(call.context, call[1], std::span(&entry.value, 1));
    if (value.IsError()) return value;
    entries.push_back({entry.key, value});
  }
  return call.Return(call.context.Map(entries));
}

Value Reduce(Invocation& call) {
  Value sum = call[1];
  const auto items = call.List(0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value arguments[] = {sum, items[i], Value::Int(static_cast<std::int64_t>(i))};
    sum = Invoke(call.context, call[2], arguments);
    if (sum.IsError()) return sum;
  }
  return sum;
}

Value Sort(Invocation& call) {
  Sorter sorter(call);
  const std::vector<Value> sorted = sorter.Sorted(call.List(0));
  if (!sorter.stopped().has_value()) return call.Return(sorted);
  if (sorter.stopped()->IsError()) return *sorter.stopped();
  return call.context.Fresh("sort", *sorter.stopped(), TypeKind::kArray, call.range());
}

Value GroupBy(Invocation& call) {
  std::vector<MapEntry> keys;
  std::vector<std::vector<Value>> groups;
  const auto items = call.List(0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value key = KeyFor(call, call[1], items[i], i);
    if (key.IsError()) return key;
    if (IsSymbol(key)) return call.context.Fresh("groupBy", key, TypeKind::kObject, call.range());
    if (!call.context.Spend(keys.size())) {
      return call.context.Limit("evaluation_steps", call.range());
    }
    const auto known =
        std::ranges::find(keys, key.AsString(), [](const MapEntry& e) { return e.key.AsString(); });
    const auto number = static_cast<std::size_t>(known - keys.begin());
    if (known == keys.end()) {
      keys.push_back({key, {}});
      groups.emplace_back();
    }
    groups[number].push_back(items[i]);
  }
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i].value = call.context.List(groups[i]);
  return call.Return(call.context.Map(keys));
}

Value ToObject(Invocation& call) {
  ObjectBuilder made(call.context);
  const auto items = call.List(0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value key = KeyFor(call, call[1], items[i], i);
    if (key.IsError()) return key;
    const Value value = call.size() < 3 ? items[i] : ForItem(call, call[2], items[i], i);
    if (value.IsError() && value.AsError().absolute) return value;
    made.Add(key, MemberOf(call.context, value));
  }
  return call.Return(made.Finish());
}

}  // namespace restorable::arm
