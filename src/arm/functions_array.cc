#include <algorithm>
#include <limits>
#include <optional>

#include "arm/functions.h"
#include "arm/object_builder.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

bool IsOpenMap(Value value) { return value.IsMap() && value.OpenRest() != nullptr; }

// The index of the first item that is equal; nothing if there is none, `open` if a symbol decides.
std::optional<std::size_t> FindItem(std::span<const Value> items, Value value, bool& open) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::optional<bool> same = Equal(items[i], value);
    if (same == true) return i;
    open = open || !same.has_value();
  }
  return std::nullopt;
}

// The lists and objects that a function takes one kind of.
bool AreAll(Invocation& call, bool (*fits)(Value)) {
  return std::ranges::all_of(call.arguments(), fits);
}
bool IsListValue(Value value) { return value.IsList(); }
bool IsMapValue(Value value) { return value.IsMap(); }
bool IsListOrSymbol(Value value) { return value.IsList() || IsSymbol(value); }
bool IsMapOrSymbol(Value value) { return value.IsMap() || IsSymbol(value); }

// Bytes at which the code points of a text begin, and its end.
std::vector<std::size_t> Boundaries(std::string_view text) {
  std::vector<std::size_t> offsets;
  for (std::size_t at = 0; at < text.size();) {
    offsets.push_back(at);
    static_cast<void>(DecodeUtf8(text, at));
  }
  offsets.push_back(text.size());
  return offsets;
}

std::size_t Bounded(std::int64_t number, std::size_t size) {
  return number < 0 ? 0 : std::min(static_cast<std::size_t>(number), size);
}

// Items or code points [begin, end) of the first argument.
Value Part(Invocation& call, std::int64_t begin, std::int64_t end) {
  const Value whole = call[0];
  if (whole.IsList()) {
    const std::size_t first = Bounded(begin, whole.size());
    const std::size_t last = std::max(first, Bounded(end, whole.size()));
    return call.Return(Value::List(whole.AsList().subspan(first, last - first)));
  }
  if (!whole.IsString()) return call.Fail("takes a text or an array");
  const std::vector<std::size_t> offsets = Boundaries(whole.AsString());
  const std::size_t first = Bounded(begin, offsets.size() - 1);
  const std::size_t last = std::max(first, Bounded(end, offsets.size() - 1));
  return call.Return(
      Value::String(whole.AsString().substr(offsets[first], offsets[last] - offsets[first])));
}

std::string LowerText(Value text) { return AsciiLower(text.AsString()); }

Value IndexIn(Invocation& call, bool last) {
  if (call[0].IsList()) {
    const auto items = call.List(0);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::size_t at = last ? items.size() - 1 - i : i;
      if (Equal(items[at], call[1]) == true) return call.Return(static_cast<std::int64_t>(at));
    }
    return call.Return(std::int64_t{-1});
  }
  if (!call[0].IsString() || !call[1].IsString()) return call.Fail("takes texts or an array");
  const std::string text = LowerText(call[0]);
  const std::string part = LowerText(call[1]);
  const std::size_t at = last ? text.rfind(part) : text.find(part);
  if (at == std::string::npos) return call.Return(std::int64_t{-1});
  return call.Return(
      static_cast<std::int64_t>(CodePointCount(std::string_view(text).substr(0, at))));
}

Value Extreme(Invocation& call, bool greatest) {
  std::vector<Value> numbers(call.arguments().begin(), call.arguments().end());
  if (call.size() == 1 && call[0].IsList())
    numbers.assign(call.List(0).begin(), call.List(0).end());
  if (numbers.empty()) return call.Fail("takes at least one number");
  std::optional<std::int64_t> found;
  for (const Value& number : numbers) {
    if (!number.Is(Kind::kInt)) return call.Fail("takes integers");
    const std::int64_t value = number.AsInt();
    if (!found.has_value() || (greatest ? value > *found : value < *found)) found = value;
  }
  return call.Return(*found);
}

// The union of lists: each value once, in the order of first occurrence.
Value UnionOfLists(Invocation& call) {
  std::vector<Value> items;
  for (const Value& list : call.arguments()) {
    for (const Value& item : list.AsList()) {
      if (!call.context.Spend(items.size())) {
        return call.context.Limit("evaluation_steps", call.range());
      }
      bool open = false;
      if (!FindItem(items, item, open).has_value()) items.push_back(item);
    }
  }
  return call.Return(items);
}

Value ContainsInText(Invocation& call) {
  if (!IsText(call[1])) {
    return IsSymbol(call[1]) ? call.Open() : call.Fail("a text contains texts");
  }
  if (!call[1].IsString()) return call.Open();
  for (const Piece& piece : PiecesOf(call[0])) {
    if (!piece.term && piece.text.find(call.String(1)) != std::string_view::npos) {
      return call.Return(true);
    }
  }
  return call[0].IsString() ? call.Return(false) : call.Open();
}

}  // namespace

// A list is itself; all else is the one item of a list.
Value ArrayOf(Invocation& call) {
  if (call[0].IsList()) return call[0];
  if (IsSymbol(call[0]) && !IsTextSymbol(call[0])) return call.Open();
  return call.Return(std::vector<Value>{call[0]});
}

Value Concat(Invocation& call) {
  if (call.size() == 0) return call.Return(std::string_view());
  const bool lists = std::ranges::any_of(call.arguments(), IsListValue);
  if (lists) {
    if (!AreAll(call, IsListOrSymbol)) return call.Fail("takes texts or arrays, not both");
    if (!AreAll(call, IsListValue)) return call.Open();
    std::vector<Value> items;
    for (const Value& list : call.arguments()) {
      items.insert(items.end(), list.AsList().begin(), list.AsList().end());
    }
    return call.Return(items);
  }
  TextBuilder text(call.context);
  for (const Value& argument : call.arguments()) {
    if (argument.IsMap()) return call.Fail("takes texts or arrays, found an object");
    // One whose type is not known may be a list.
    const bool open = IsSymbol(argument) && !IsTextSymbol(argument);
    if (open && AsSymbol(argument).kind == TypeKind::kArray) return call.Open();
    if (open && call.size() == 1) return argument;
    text.Append(ToText(call.context, argument, call.range()));
  }
  return text.Finish(call.range());
}

Value Contains(Invocation& call) {
  const Value whole = call[0];
  const Value part = call[1];
  if (IsText(whole)) return ContainsInText(call);
  if (IsSymbol(whole)) return call.Open();
  if (whole.IsList()) {
    bool open = false;
    if (FindItem(whole.AsList(), part, open).has_value()) return call.Return(true);
    return open ? call.Open() : call.Return(false);
  }
  if (!whole.IsMap()) return call.Fail("takes a text, an array or an object");
  if (IsSymbol(part)) return call.Open();
  if (!part.IsString()) return call.Fail("an object contains keys, which are texts");
  if (FindKey(whole, part.AsString()) != nullptr) return call.Return(true);
  return IsOpenMap(whole) ? call.Open() : call.Return(false);
}

Value Empty(Invocation& call) {
  const Value value = call[0];
  if (IsTextSymbol(value)) {
    const bool filled = std::ranges::any_of(PiecesOf(value), [](const Piece& piece) {
      return piece.segment || (!piece.term && !piece.text.empty());
    });
    return filled ? call.Return(false) : call.Open();
  }
  if (IsSymbol(value)) return call.Open();
  if (value.IsNull()) return call.Return(true);
  if (IsOpenMap(value) && value.size() == 0) return call.Open();
  if (value.IsList() || value.IsMap() || value.IsString()) return call.Return(value.size() == 0);
  return call.Fail("takes a text, an array or an object, found " + std::string(KindName(value)));
}

Value First(Invocation& call) {
  if (call[0].IsList()) return call[0].size() == 0 ? call.Return(Value()) : call.List(0).front();
  return Part(call, 0, 1);
}

Value Last(Invocation& call) {
  if (call[0].IsList()) return call[0].size() == 0 ? call.Return(Value()) : call.List(0).back();
  const auto size = call[0].IsString() ? static_cast<std::int64_t>(CodePointCount(call.String(0)))
                                       : std::int64_t{0};
  return Part(call, size - 1, size);
}

// One level.
Value Flatten(Invocation& call) {
  std::vector<Value> items;
  for (const Value& list : call.List(0)) {
    if (IsSymbol(list)) return call.Open();
    if (!list.IsList()) return call.Fail("takes an array of arrays");
    items.insert(items.end(), list.AsList().begin(), list.AsList().end());
    if (!call.context.Spend(list.size())) {
      return call.context.Limit("evaluation_steps", call.range());
    }
  }
  return call.Return(items);
}

Value IndexFromEnd(Invocation& call) {
  return GetItem(call.context, call[0], call[1], /*from_end=*/true, call.range());
}

Value TryIndexFromEnd(Invocation& call) {
  const Value item = GetItem(call.context, call[0], call[1], /*from_end=*/true, call.range());
  return IsAbsent(item) ? call.Return(Value()) : item;
}

Value IndexOf(Invocation& call) { return IndexIn(call, /*last=*/false); }
Value LastIndexOf(Invocation& call) { return IndexIn(call, /*last=*/true); }

Value Intersection(Invocation& call) {
  if (call.size() == 0) return call.Fail("takes at least one argument");
  const auto others = call.arguments().subspan(1);
  if (AreAll(call, IsListValue)) {
    std::vector<Value> items;
    for (const Value& item : call.List(0)) {
      if (!call.context.Spend(1 + items.size())) {
        return call.context.Limit("evaluation_steps", call.range());
      }
      bool open = false;
      const bool everywhere = std::ranges::all_of(others, [&](const Value& list) {
        return call.context.Spend(list.size()) && FindItem(list.AsList(), item, open).has_value();
      });
      if (everywhere && !FindItem(items, item, open).has_value()) items.push_back(item);
    }
    return call.Return(items);
  }
  if (!AreAll(call, IsMapValue)) return call.Fail("takes arrays or objects, not both");
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : call[0].AsMap()) {
    const bool everywhere = std::ranges::all_of(others, [&](const Value& map) {
      const MapEntry* const other = FindKey(map, entry.key.AsString());
      return other != nullptr && Equal(entry.value, other->value) == true;
    });
    if (everywhere) entries.push_back(entry);
  }
  return call.Return(call.context.Map(entries));
}

Value Length(Invocation& call) {
  if (call[0].IsString()) {
    return call.Return(static_cast<std::int64_t>(CodePointCount(call.String(0))));
  }
  if (call[0].IsList() || call[0].IsMap()) {
    return call.Return(static_cast<std::int64_t>(call[0].size()));
  }
  return call.Fail("takes a text, an array or an object, found " + std::string(KindName(call[0])));
}

Value Max(Invocation& call) { return Extreme(call, /*greatest=*/true); }
Value Min(Invocation& call) { return Extreme(call, /*greatest=*/false); }

Value RangeOf(Invocation& call) {
  constexpr std::int64_t kMost = 10'000;
  const std::int64_t start = call.Int(0);
  const std::int64_t count = call.Int(1);
  if (count < 0 || count > kMost) return call.Fail("makes 0 to 10000 numbers");
  std::vector<Value> numbers;
  for (std::int64_t i = 0; i < count; ++i) {
    std::int64_t number = 0;
    if (__builtin_add_overflow(start, i, &number)) return call.Fail("does not fit 64 bits");
    numbers.push_back(Value::Int(number).At(call.range()));
  }
  if (!call.context.Spend(numbers.size())) {
    return call.context.Limit("evaluation_steps", call.range());
  }
  return call.Return(numbers);
}

Value Skip(Invocation& call) {
  return Part(call, call.Int(1), std::numeric_limits<std::int64_t>::max());
}
Value Take(Invocation& call) { return Part(call, 0, call.Int(1)); }

Value Union(Invocation& call) {
  if (call.size() == 0) return call.Fail("takes at least one argument");
  const bool lists = std::ranges::any_of(call.arguments(), IsListValue);
  const bool maps = std::ranges::any_of(call.arguments(), IsMapValue);
  if (lists) {
    if (AreAll(call, IsListValue)) return UnionOfLists(call);
    return AreAll(call, IsListOrSymbol) ? call.Open()
                                        : call.Fail("takes arrays or objects, not both");
  }
  if (!maps && AreAll(call, IsSymbol)) return call.Open();
  if (!AreAll(call, IsMapOrSymbol)) return call.Fail("takes arrays or objects");
  ObjectBuilder made(call.context);
  for (const Value& object : call.arguments()) {
    const Value failure = made.Merge(object, /*deep=*/true, call.range());
    if (failure.IsError()) return failure;
  }
  return call.Return(made.Finish());
}

}  // namespace restorable::arm
