#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cel/compare.h"
#include "cel/libraries.h"
#include "cel/open_list.h"
#include "cel/sort.h"

// sortBy is a macro of the language core.
namespace restorable::cel {
namespace {

Value ListOf(CallContext& call, const std::vector<Value>& items) {
  return Value::List(call.arena().Copy(std::span<const Value>(items)));
}

Value Distinct(CallContext& call) {
  std::vector<Value> kept;
  for (const Value& item : call.List(0)) {
    bool seen = false;
    for (const Value& other : kept) {
      const Value equal = Equals(call.arena(), item, other);
      if (equal.IsError()) return equal;
      seen = equal.IsTrue();
      if (seen) break;
    }
    if (!seen) kept.push_back(item);
  }
  return ListOf(call, kept);
}

// Takes lists within `list` apart down to `depth` levels. Above that depth an unknown item may be a
// list, which leaves open how many items there are; such items are united in `unknown`.
bool FlattenInto(CallContext& call, std::span<const Value> list, std::int64_t depth,
                 std::vector<Value>& out, Value& unknown) {
  for (const Value& item : list) {
    if (item.IsUnknown() && depth > 0) {
      unknown = unknown.IsUnknown() ? Value::Unknown(call.arena(), unknown, item) : item;
    } else if (item.IsList() && depth > 0) {
      if (!FlattenInto(call, item.AsList(), depth - 1, out, unknown)) return false;
    } else if (out.size() == kMostResultItems) {
      return false;
    } else {
      out.push_back(item);
    }
  }
  return true;
}

Value FlattenTo(CallContext& call, std::int64_t depth) {
  // Deeper than values are; bounds the recursion, too.
  constexpr std::int64_t kMostDepth = 1000;
  if (depth < 0) return call.Error("the depth of `flatten` is negative");
  std::vector<Value> items;
  Value unknown;
  if (!FlattenInto(call, call.List(0), std::min(depth, kMostDepth), items, unknown)) {
    return ResultTooLarge(call);
  }
  return unknown.IsUnknown() ? unknown : OpenAs(call[0], ListOf(call, items));
}

Value Flatten(CallContext& call) { return FlattenTo(call, 1); }
Value FlattenDeep(CallContext& call) { return FlattenTo(call, call.Int(1)); }

Value Slice(CallContext& call) {
  const Value why = WhyOpen(call.arena(), call[0]);
  if (why.IsUnknown()) return why;
  const std::span<const Value> list = call.List(0);
  const std::int64_t begin = call.Int(1);
  const std::int64_t end = call.Int(2);
  if (begin < 0 || end < begin || end > static_cast<std::int64_t>(list.size())) {
    return call.Error(
        fmt::format("a list of {} items has no slice from {} to {}", list.size(), begin, end));
  }
  return Value::List(
      list.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
}

Value Sort(CallContext& call) {
  const std::span<const Value> list = call.List(0);
  const auto order = SortedOrder(list);
  if (!order) return call.Error(order.error());
  const std::span<Value> sorted = call.arena().NewArray<Value>(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) sorted[i] = list[(*order)[i]];
  return Value::List(sorted);
}

Value Reverse(CallContext& call) {
  const std::span<Value> items = call.arena().Copy(call.List(0));
  std::ranges::reverse(items);
  return OpenAs(call[0], Value::List(items));
}

Value Range(CallContext& call) {
  // The cost of the call does not depend on the number, so that the number is small.
  constexpr std::int64_t kMost = 10'000;
  const std::int64_t count = call.Int(0);
  if (count < 0 || count > kMost) {
    return call.Error(fmt::format("`lists.range` makes 0 to {} items, not {}", kMost, count));
  }
  const std::span<Value> items = call.arena().NewArray<Value>(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) items[static_cast<std::size_t>(i)] = Value::Int(i);
  return Value::List(items);
}

constexpr Builtin kRows[] = {
    {"list(T).distinct() -> list(T)", Distinct, Cost::kListProduct},
    {"list(list(T)).flatten() -> list(T)", Flatten, Cost::kList, Strictness::kShallow},
    {"list(dyn).flatten(int) -> list(dyn)", FlattenDeep, Cost::kList, Strictness::kShallow},
    {"list(T).slice(int, int) -> list(T)", Slice, Cost::kOne, Strictness::kShallow},
    {"list(T).sort() -> list(T)", Sort, Cost::kList},
    {"list(T).reverse() -> list(T)", Reverse, Cost::kList, Strictness::kShallow},
    {"lists.range(int) -> list(int)", Range},
};

}  // namespace

std::span<const Builtin> ExtendedListFunctions() { return kRows; }

}  // namespace restorable::cel
