#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "terraform/evaluate.h"
#include "terraform/functions.h"
#include "terraform/number.h"
#include "terraform/operators.h"
#include "terraform/text.h"
#include "terraform/type.h"

namespace restorable::terraform {
namespace {

// The shape of what is taken from a list: a part of a tuple is a tuple.
Shape PartShape(Value list) {
  return list.shape() == Shape::kFree ? Shape::kFree : Shape::kUniform;
}

struct InOrder {
  bool operator()(Value a, Value b) const { return Order(a, b) < 0; }
};
using ValueSet = std::set<Value, InOrder>;  // of values without unknowns

// The index of the first item equal to `value`; nothing if there is none, `unknown` if it depends.
std::optional<std::size_t> FindItem(Context& context, std::span<const Value> items, Value value,
                                    std::optional<Value>& unknown) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!context.Spend(1)) break;
    const Value equal = Equals(context, items[i], value);
    if (equal.IsTrue()) return i;
    if (equal.IsUnknown() && !unknown.has_value()) unknown = equal;
  }
  return std::nullopt;
}

Value Truth(Call& call, bool deciding) {
  std::optional<Value> unknown;
  for (const Value& item : call.List(0)) {
    const Value truth = Convert(call.context, item, {.kind = TypeKind::kBool});
    if (truth.IsError()) return truth;
    if (truth.IsUnknown()) unknown = truth;
    const bool value = truth.Is(Kind::kBool) && truth.AsBool();
    if (!truth.IsUnknown() && value == deciding) return call.Return(deciding);
  }
  return unknown.has_value() ? Waiting(*unknown, call.range()) : call.Return(!deciding);
}

Value UnifiedList(Call& call, const std::vector<Value>& items) {
  const Value list = call.context.List(items);
  const Type type{.kind = TypeKind::kList, .items = {{}}, .members = {}};
  return Convert(call.context, list, type).At(call.range());
}

Value UnifiedSet(Call& call, const std::vector<Value>& items) {
  const Value list = call.context.List(items);
  const Type type{.kind = TypeKind::kSet, .items = {{}}, .members = {}};
  return Convert(call.context, list, type).At(call.range());
}

// Whether the items are of kinds that no list holds together.
bool Differ(std::span<const Value> items) {
  std::vector<Type> types;
  for (const Value& item : items) types.push_back(TypeOf(item));
  return !UnifyAll(types).has_value();
}

bool FlattenInto(Context& context, Value list, std::vector<Value>& items) {
  for (const Value& item : list.AsList()) {
    if (item.IsList()) {
      if (!FlattenInto(context, item, items)) return false;
    } else if (item.IsUnknown()) {
      return false;
    } else {
      items.push_back(item);
    }
  }
  return true;
}

}  // namespace

Value AllTrue(Call& call) { return Truth(call, false); }
Value AnyTrue(Call& call) { return Truth(call, true); }

Value ChunkList(Call& call) {
  const std::int64_t size = call[1].AsInt();
  if (size < 0) return call.Fail("the size is negative");
  std::vector<Value> chunks;
  std::vector<Value> chunk;
  for (const Value& item : call.List(0)) {
    chunk.push_back(item);
    if (static_cast<std::int64_t>(chunk.size()) != size) continue;  // zero: all in one
    chunks.push_back(call.context.List(chunk, PartShape(call[0])));
    chunk.clear();
  }
  if (!chunk.empty()) chunks.push_back(call.context.List(chunk, PartShape(call[0])));
  return call.Return(call.context.List(chunks, Shape::kUniform));
}

Value Coalesce(Call& call) {
  for (const Value& value : call.arguments()) {
    if (value.IsNull() || (value.IsString() && value.size() == 0)) continue;
    if (value.IsUnknown()) return value;
    std::vector<Type> types;
    for (const Value& other : call.arguments()) types.push_back(TypeOf(other));
    const std::optional<Type> common = UnifyAll(types);
    if (!common.has_value()) return call.Fail("the arguments have no type in common");
    return value.IsMap() && value.OpenRest() != nullptr ? value
                                                        : Convert(call.context, value, *common);
  }
  return call.Fail("every argument is null or empty");
}

Value CoalesceList(Call& call) {
  for (const Value& value : call.arguments()) {
    if (value.IsUnknown()) return value;
    if (!value.IsList()) return call.Fail("takes lists, found " + std::string(KindName(value)));
    if (value.size() != 0) return value;
  }
  return call.Fail("every list is empty");
}

Value Compact(Call& call) {
  std::vector<Value> items;
  for (const Value& item : call.List(0)) {
    if (item.IsNull()) continue;
    const Value text = Convert(call.context, item, {.kind = TypeKind::kString});
    if (text.IsError()) return call.Fail("takes a list of strings");
    if (text.size() != 0) items.push_back(text);
  }
  return call.Return(call.context.List(items, Shape::kUniform));
}

Value Concat(Call& call) {
  std::vector<Value> items;
  bool uniform = true;
  for (const Value& list : call.arguments()) {
    if (list.shape() == Shape::kSet) return call.Fail("takes lists, found a set");
    uniform = uniform && list.shape() == Shape::kUniform;
    items.insert(items.end(), list.AsList().begin(), list.AsList().end());
  }
  // Lists whose elements have no common type make a tuple.
  const Value list = uniform ? UnifiedList(call, items) : Value();
  const bool unified = uniform && !list.IsError() && !Differ(list.AsList());
  return unified ? list : call.Return(call.context.List(items));
}

Value Contains(Call& call) {
  std::optional<Value> unknown;
  if (FindItem(call.context, call.List(0), call[1], unknown).has_value()) return call.Return(true);
  return unknown.has_value() ? unknown->At(call.range()) : call.Return(false);
}

Value Distinct(Call& call) {
  const Value list = UnifiedList(call, {call.List(0).begin(), call.List(0).end()});
  if (list.IsError()) return list;
  std::vector<Value> items;
  ValueSet seen;
  for (const Value& item : list.AsList()) {
    if (seen.insert(item).second) items.push_back(item);
  }
  return call.Return(call.context.List(items, Shape::kUniform));
}

Value Element(Call& call) {
  const Value list = call[0];
  if (list.shape() == Shape::kSet) return call.Fail("takes a list, found a set");
  if (list.size() == 0) return call.Fail("the list is empty");
  // A negative index counts from the end, and both wrap around.
  const std::int64_t size = list.size();
  const std::int64_t index = call[1].AsInt() % size;
  return list.AsList()[static_cast<std::size_t>(index < 0 ? index + size : index)];
}

Value Flatten(Call& call) {
  std::vector<Value> items;
  if (!FlattenInto(call.context, call[0], items)) {
    return Waiting(FirstUnknown(call[0]), call.range());
  }
  return call.Return(call.context.List(items));
}

Value IndexOf(Call& call) {
  std::optional<Value> unknown;
  const auto index = FindItem(call.context, call.List(0), call[1], unknown);
  if (unknown.has_value()) return unknown->At(call.range());
  if (!index.has_value()) return call.Fail("the list does not contain the value");
  return call.Return(Value::Int(static_cast<std::int64_t>(*index)));
}

Value Keys(Call& call) {
  std::vector<Value> keys;
  for (const MapEntry& entry : SortedEntries(call[0])) keys.push_back(entry.key);
  return call.Return(call.context.List(keys, PartShape(call[0])));
}

Value Length(Call& call) {
  const Value value = call[0];
  if (value.IsString()) {
    return call.Return(Value::Int(static_cast<std::int64_t>(Characters(value.AsString()).size())));
  }
  // Unknown members of a set may turn out to be equal to others.
  if (value.shape() == Shape::kSet && value.size() > 1 && HasUnknown(value)) {
    return Waiting(FirstUnknown(value), call.range());
  }
  if (!value.IsList() && !value.IsMap()) {
    return call.Fail("takes a string or a collection, found " + std::string(KindName(value)));
  }
  return call.Return(Value::Int(value.size()));
}

Value ListOf(Call& call) {
  return UnifiedList(call, {call.arguments().begin(), call.arguments().end()});
}

// The default takes the type of the elements of a map; an object has no type in common.
Value LookupDefault(Call& call) {
  const bool map = call[0].shape() == Shape::kUniform && call[0].size() != 0;
  if (!map || call[2].IsNull()) return call[2];
  const Type element = TypeOf(call[0].AsMap()[0].value);
  const Value converted = Convert(call.context, call[2], element);
  return converted.IsError() ? call.Fail("the default is no " + Describe(element)) : converted;
}

Value Lookup(Call& call) {
  if (call[0].IsUnknown() || call[1].IsUnknown()) {
    return Waiting(call[0].IsUnknown() ? call[0] : call[1], call.range());
  }
  if (!call[0].IsMap()) return call.Fail("takes a map, found " + std::string(KindName(call[0])));
  if (const Value* const found = call[0].Find(call.String(1)); found != nullptr) return *found;
  if (call[0].OpenRest() != nullptr) return call[0].OpenRest()->At(call.range());
  if (call.size() == 3) return LookupDefault(call);
  return call.Fail("there is no key `" + std::string(call.String(1)) + "`");
}

Value MapOf(Call& call) {
  if (call.size() % 2 != 0) return call.Fail("takes keys and values in turn");
  std::vector<MapEntry> entries;
  for (std::size_t i = 0; i < call.size(); i += 2) {
    const Value key = Convert(call.context, call[i], {.kind = TypeKind::kString});
    if (!key.IsString()) return call.Fail("a key is not a string");
    entries.push_back({key, call[i + 1]});
  }
  return call.Return(call.context.Map(entries));
}

Value MatchKeys(Call& call) {
  if (call[0].size() != call[1].size()) return call.Fail("the lists differ in length");
  // Keys and wanted keys become of one type, so that 3 and "3" are the same among others.
  std::vector<Value> both(call.List(1).begin(), call.List(1).end());
  both.insert(both.end(), call.List(2).begin(), call.List(2).end());
  const Value unified = UnifiedList(call, both);
  if (unified.IsError()) return unified;
  const std::span<const Value> keys = unified.AsList().first(call[1].size());
  const std::span<const Value> wanted = unified.AsList().subspan(call[1].size());
  std::vector<Value> items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::optional<Value> unknown;
    if (FindItem(call.context, wanted, keys[i], unknown).has_value()) {
      items.push_back(call.List(0)[i]);
    }
  }
  return UnifiedList(call, items);
}

// Whether the values are of one type as they stand, as those of a map are.
bool SameElements(const std::vector<MapEntry>& entries) {
  return std::ranges::all_of(entries, [&](const MapEntry& entry) {
    return entry.value.IsNull() || entry.value.IsUnknown() ||
           entry.value.kind() == entries[0].value.kind() ||
           (IsNumber(entry.value) && IsNumber(entries[0].value));
  });
}

// Later ones win, with null too. Unknown entries of one argument leave only what stands in the
// arguments behind it.
Value Merge(Call& call) {
  std::vector<MapEntry> entries;
  std::unordered_map<std::string_view, std::size_t> places;
  std::optional<Value> rest;
  bool uniform = true;
  for (const Value& map : call.arguments()) {
    uniform = uniform && map.shape() == Shape::kUniform;
    if (map.IsNull()) continue;
    const Value* const open = map.IsUnknown() ? &map : map.OpenRest();
    if (open != nullptr) {
      rest = rest.has_value() ? Value::Unknown(call.context.arena, *rest, *open) : *open;
      entries.clear();
      places.clear();
    }
    if (map.IsUnknown()) continue;
    if (!map.IsMap()) return call.Fail("takes maps, found " + std::string(KindName(map)));
    for (const MapEntry& entry : map.AsMap()) {
      const auto [place, added] = places.emplace(entry.key.AsString(), entries.size());
      if (added) entries.push_back(entry);
      entries[place->second] = entry;
    }
  }
  if (!rest.has_value()) {
    uniform = uniform && call.size() != 0 && SameElements(entries);
    return call.Return(call.context.Map(entries, uniform ? Shape::kUniform : Shape::kFree));
  }
  const auto copy = call.context.arena.Copy(std::span<const MapEntry>(entries));
  return call.Return(Value::OpenMap(call.context.arena, copy, *rest));
}

Value One(Call& call) {
  if (!call[0].IsList()) return call.Fail("takes a list, found " + std::string(KindName(call[0])));
  if (call[0].shape() == Shape::kSet && call[0].size() > 1 && HasUnknown(call[0])) {
    return Waiting(FirstUnknown(call[0]), call.range());
  }
  if (call[0].size() > 1) return call.Fail("the list has more than one element");
  return call[0].size() == 0 ? call.Return(Value::Null()) : call.List(0)[0];
}

Value RangeOf(Call& call) {
  constexpr std::size_t kMost = 1024;  // Terraform's own bound
  const bool one = call.size() == 1;
  const Value start = one ? Value::Int(0) : call[0];
  const Value end = one ? call[0] : call[1];
  const bool down = Compare(end, start) < 0;
  const Value step = call.size() == 3 ? call[2] : Value::Int(down ? -1 : 1);
  if (Compare(step, Value::Int(0)) == 0) return call.Fail("the step is zero");
  if (down != (Compare(step, Value::Int(0)) < 0) && Compare(start, end) != 0) {
    return call.Fail("the step leads away from the end");
  }
  std::vector<Value> items;
  for (Value at = start; down ? Compare(at, end) > 0 : Compare(at, end) < 0; at = Add(at, step)) {
    if (items.size() == kMost) return call.Fail("more than 1024 numbers");
    items.push_back(at);
  }
  return call.Return(call.context.List(items, Shape::kUniform));
}

Value Reverse(Call& call) {
  const std::vector<Value> items(call.List(0).rbegin(), call.List(0).rend());
  return call.Return(call.context.List(items, PartShape(call[0])));
}

Value SetIntersection(Call& call) {
  std::vector<ValueSet> others;
  for (const Value& set : call.arguments().subspan(1)) {
    others.emplace_back(set.AsList().begin(), set.AsList().end());
  }
  std::vector<Value> items;
  for (const Value& item : call.List(0)) {
    const bool everywhere =
        std::ranges::all_of(others, [&](const ValueSet& other) { return other.contains(item); });
    if (everywhere) items.push_back(item);
  }
  return UnifiedSet(call, items);
}

Value SetProduct(Call& call) {
  constexpr std::size_t kMost = 100'000;
  if (call.size() < 2) return call.Fail("takes two sets or more");
  std::size_t count = 1;
  bool sets = true;
  for (const Value& set : call.arguments()) {
    sets = sets && set.shape() == Shape::kSet;
    count *= set.size();
    if (count > kMost) return call.Fail("more than 100000 combinations");
  }
  std::vector<Value> products;
  if (!call.context.Spend(count * call.size())) return call.context.Limit("evaluation_steps");
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<Value> product(call.size());
    std::size_t left = i;
    for (std::size_t k = call.size(); k-- > 0;) {
      product[k] = call.List(k)[left % call[k].size()];
      left /= call[k].size();
    }
    products.push_back(call.context.List(product));
  }
  return sets ? UnifiedSet(call, products) : UnifiedList(call, products);
}

Value SetSubtract(Call& call) {
  const ValueSet removed(call.List(1).begin(), call.List(1).end());
  std::vector<Value> items;
  for (const Value& item : call.List(0)) {
    if (!removed.contains(item)) items.push_back(item);
  }
  return UnifiedSet(call, items);
}

Value SetUnion(Call& call) {
  std::vector<Value> items;
  for (const Value& set : call.arguments()) {
    items.insert(items.end(), set.AsList().begin(), set.AsList().end());
  }
  return UnifiedSet(call, items);
}

Value Slice(Call& call) {
  const std::int64_t begin = call[1].AsInt();
  const std::int64_t end = call[2].AsInt();
  if (call[0].shape() == Shape::kSet) return call.Fail("takes a list, found a set");
  if (begin < 0 || end < begin || end > static_cast<std::int64_t>(call[0].size())) {
    return call.Fail("the indexes do not fit the list");
  }
  const auto part =
      call.List(0).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  return call.Return(call.context.List({part.begin(), part.end()}, PartShape(call[0])));
}

Value Sort(Call& call) {
  std::vector<Value> items(call.List(0).begin(), call.List(0).end());
  std::ranges::stable_sort(items, {}, [](const Value& item) { return item.AsString(); });
  return call.Return(call.context.List(items, Shape::kUniform));
}

Value Sum(Call& call) {
  if (call[0].size() == 0) return call.Fail("the list is empty");
  Value sum = Value::Int(0);
  for (const Value& item : call.List(0)) {
    const Value number = Convert(call.context, item, {.kind = TypeKind::kNumber});
    if (number.IsUnknown()) return call.Return(number);
    if (!IsNumber(number)) return call.Fail("takes numbers");
    sum = Add(sum, number);
    if (sum.IsUnknown()) break;
  }
  return call.Return(sum);
}

Value Transpose(Call& call) {
  std::vector<MapEntry> entries;
  std::vector<std::vector<Value>> lists;
  for (const MapEntry& entry : SortedEntries(call[0])) {
    if (!entry.value.IsList()) return call.Fail("takes a map of lists of strings");
    for (const Value& item : entry.value.AsList()) {
      const Value key = Convert(call.context, item, {.kind = TypeKind::kString});
      if (!key.IsString()) return call.Fail("takes a map of lists of strings");
      const auto found = std::ranges::find(entries, key.AsString(),
                                           [](const MapEntry& e) { return e.key.AsString(); });
      const auto index = static_cast<std::size_t>(found - entries.begin());
      if (found == entries.end()) {
        entries.push_back({key, {}});
        lists.emplace_back();
      }
      lists[index].push_back(entry.key);
    }
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].value = call.context.List(lists[i], Shape::kUniform);
  }
  return call.Return(call.context.Map(entries, Shape::kUniform));
}

Value Values(Call& call) {
  std::vector<Value> values;
  for (const MapEntry& entry : SortedEntries(call[0])) values.push_back(entry.value);
  return call.Return(call.context.List(values, PartShape(call[0])));
}

Value ZipMap(Call& call) {
  if (call[0].size() != call[1].size()) return call.Fail("the lists differ in length");
  std::vector<MapEntry> entries;
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < call[0].size(); ++i) {
    const MapEntry entry{call.List(0)[i], call.List(1)[i]};
    const auto [place, added] = places.emplace(entry.key.AsString(), entries.size());
    if (added) entries.push_back(entry);
    entries[place->second] = entry;
  }
  return call.Return(call.context.Map(entries, PartShape(call[1])));
}

}  // namespace restorable::terraform
