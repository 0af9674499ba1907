#include "value/value.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <tuple>

#include "value/hash.h"

namespace restorable {

// Up to kLinear entries are searched one by one; above, `index` is an open-addressing table of
// entry numbers plus one, with linear probing.
struct MapBody {
  const MapEntry* entries = nullptr;
  const std::uint32_t* index = nullptr;
  std::uint32_t index_mask = 0;
  const Value* rest = nullptr;
};

namespace {

constexpr std::size_t kLinear = 8;

// The integer that a numeric key stands for, so that 1, 1u and 1.0 meet in one place.
struct NumericKey {
  bool valid = false;
  bool negative = false;
  std::uint64_t magnitude = 0;

  friend bool operator==(const NumericKey&, const NumericKey&) = default;
};

NumericKey AsNumericKey(Value key) {
  switch (key.kind()) {
    case Kind::kInt: {
      const std::int64_t value = key.AsInt();
      const auto bits = static_cast<std::uint64_t>(value);
      return {true, value < 0, value < 0 ? 0 - bits : bits};
    }
    case Kind::kUint:
      return {true, false, key.AsUint()};
    case Kind::kDouble: {
      const double value = key.AsDouble();
      constexpr double kTwoTo64 = 18446744073709551616.0;
      if (std::trunc(value) != value || std::fabs(value) >= kTwoTo64) return {};
      return {true, value < 0, static_cast<std::uint64_t>(std::fabs(value))};
    }
    default:
      return {};
  }
}

std::uint64_t HashOf(Value key) {
  if (key.IsString()) return HashKey(key.AsString());
  if (key.Is(Kind::kBool)) return HashKey(key.AsBool() ? "\x01" : "\x02");
  const std::uint64_t magnitude = AsNumericKey(key).magnitude;
  return HashKey({reinterpret_cast<const char*>(&magnitude), sizeof(magnitude)});
}

bool SameKey(Value a, Value b) {
  if (a.IsString() || b.IsString()) {
    return a.IsString() && b.IsString() && a.AsString() == b.AsString();
  }
  if (a.Is(Kind::kBool) || b.Is(Kind::kBool)) {
    return a.Is(Kind::kBool) && b.Is(Kind::kBool) && a.AsBool() == b.AsBool();
  }
  const NumericKey left = AsNumericKey(a);
  return left.valid && left == AsNumericKey(b);
}

const MapBody* MakeBody(Arena& arena, std::span<const MapEntry> entries, const Value* rest) {
  auto* body = arena.New<MapBody>();
  body->entries = entries.data();
  body->rest = rest;
  if (entries.size() <= kLinear) return body;
  const std::size_t slots = std::bit_ceil(entries.size() * 2);
  const std::span<std::uint32_t> index = arena.NewArray<std::uint32_t>(slots);
  body->index = index.data();
  body->index_mask = static_cast<std::uint32_t>(slots - 1);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::size_t slot = HashOf(entries[i].key) & body->index_mask;
    while (index[slot] != 0) slot = (slot + 1) & body->index_mask;
    index[slot] = static_cast<std::uint32_t>(i + 1);
  }
  return body;
}

template <typename Matches>
const MapEntry* Search(const MapBody& body, std::uint32_t size, std::uint64_t (*hash)(Value),
                       Value key, Matches matches) {
  if (body.index == nullptr) {
    for (std::uint32_t i = 0; i < size; ++i) {
      if (matches(body.entries[i].key)) return &body.entries[i];
    }
    return nullptr;
  }
  for (std::size_t slot = hash(key) & body.index_mask; body.index[slot] != 0;
       slot = (slot + 1) & body.index_mask) {
    const MapEntry& entry = body.entries[body.index[slot] - 1];
    if (matches(entry.key)) return &entry;
  }
  return nullptr;
}

bool Before(const UnknownCause& a, const UnknownCause& b) {
  return std::tie(a.range, a.reason, a.what) < std::tie(b.range, b.reason, b.what);
}

bool Same(const UnknownCause& a, const UnknownCause& b) {
  return std::tie(a.range, a.reason, a.what) == std::tie(b.range, b.reason, b.what);
}

}  // namespace

std::string_view Name(UnknownReason reason) {
  switch (reason) {
    case UnknownReason::kNoDefault:
      return "no-default";
    case UnknownReason::kComputed:
      return "computed";
    case UnknownReason::kDataSource:
      return "data-source";
    case UnknownReason::kExistingResource:
      return "existing-resource";
    case UnknownReason::kModuleNotOnDisk:
      return "module-not-on-disk";
    case UnknownReason::kImpureFunction:
      return "impure-function";
    case UnknownReason::kEnvironment:
      return "environment";
    case UnknownReason::kDeploymentScope:
      return "deployment-scope";
    case UnknownReason::kFileMissing:
      return "file-missing";
    case UnknownReason::kProviderFunction:
      return "provider-function";
    case UnknownReason::kSecret:
      return "secret";
    case UnknownReason::kEvalError:
      return "eval-error";
    case UnknownReason::kUnsupported:
      return "unsupported";
    case UnknownReason::kLimit:
      return "limit";
    case UnknownReason::kTemplate:
      return "template";
    case UnknownReason::kNotInDeployment:
      return "not-in-deployment";
    case UnknownReason::kNotInReview:
      return "not-in-review";
    case UnknownReason::kAmbiguous:
      return "ambiguous";
  }
  return "unsupported";
}

std::string_view TypeName(Value value) {
  switch (value.kind()) {
    case Kind::kNull:
      return "null_type";
    case Kind::kBool:
      return "bool";
    case Kind::kInt:
      return "int";
    case Kind::kUint:
      return "uint";
    case Kind::kDouble:
      return "double";
    case Kind::kString:
      return "string";
    case Kind::kBytes:
      return "bytes";
    case Kind::kList:
      return "list";
    case Kind::kMap:
      return "map";
    case Kind::kTimestamp:
      return "google.protobuf.Timestamp";
    case Kind::kDuration:
      return "google.protobuf.Duration";
    case Kind::kType:
      return "type";
    case Kind::kOptional:
      return "optional_type";
    case Kind::kOpaque:
      return value.AsOpaque().type->name;
    case Kind::kError:
      return "error";
    case Kind::kUnknown:
      return "unknown";
  }
  return "error";
}

Value Value::Map(Arena& arena, std::span<const MapEntry> entries) {
  Value v(Kind::kMap);
  v.payload_.map = MakeBody(arena, entries, nullptr);
  v.size_ = static_cast<std::uint32_t>(entries.size());
  return v;
}

Value Value::OpenMap(Arena& arena, std::span<const MapEntry> entries, Value rest) {
  Value v(Kind::kMap);
  v.payload_.map = MakeBody(arena, entries, arena.New<Value>(rest));
  v.size_ = static_cast<std::uint32_t>(entries.size());
  return v;
}

Value Value::Some(Arena& arena, Value value) {
  Value v(Kind::kOptional);
  v.payload_.items = arena.New<Value>(value);
  v.range_ = value.range_;
  v.via_ = value.via_;
  return v;
}

Value Value::Opaque(Arena& arena, const OpaqueType& type, const void* data) {
  Value v(Kind::kOpaque);
  v.payload_.opaque = arena.New<OpaqueBody>(&type, data);
  return v;
}

Value Value::Error(Arena& arena, std::string_view message, Range range, bool absolute) {
  Value v(Kind::kError);
  v.payload_.error = arena.New<ErrorBody>(arena.Copy(message), range, absolute);
  return v;
}

Value Value::Unknown(Arena& arena, const UnknownCause& cause) {
  Value v(Kind::kUnknown);
  UnknownCause* const copy = arena.New<UnknownCause>(cause);
  copy->what = arena.Copy(cause.what);
  v.payload_.unknown = arena.New<UnknownSet>(std::span<const UnknownCause>(copy, 1), 1U);
  v.range_ = cause.range;
  return v;
}

Value Value::Unknown(Arena& arena, Value a, Value b) {
  const UnknownSet& left = a.AsUnknown();
  const UnknownSet& right = b.AsUnknown();
  if (&left == &right) return a.Named(false);
  std::array<UnknownCause, 2 * UnknownSet::kMostCauses> merged;
  const auto end = std::merge(left.causes.begin(), left.causes.end(), right.causes.begin(),
                              right.causes.end(), merged.begin(), Before);
  const auto last = std::unique(merged.begin(), end, Same);
  const auto count = static_cast<std::size_t>(last - merged.begin());
  // Causes beyond the cap are counted, but not compared any more.
  const std::size_t beyond =
      (left.total - left.causes.size()) + (right.total - right.causes.size());
  if (count == left.causes.size() && beyond + count == left.total) return a.Named(false);
  const std::size_t kept = std::min(count, UnknownSet::kMostCauses);
  Value v(Kind::kUnknown);
  v.payload_.unknown =
      arena.New<UnknownSet>(arena.Copy(std::span<const UnknownCause>(merged.data(), kept)),
                            static_cast<std::uint32_t>(count + beyond));
  v.range_ = a.range_;
  return v;
}

std::span<const MapEntry> Value::AsMap() const { return {payload_.map->entries, size_}; }

const MapEntry* Value::FindEntry(std::string_view key) const {
  if (kind_ != Kind::kMap) return nullptr;
  return Search(*payload_.map, size_, HashOf, String(key), [&](const Value& candidate) {
    return candidate.IsString() && candidate.AsString() == key;
  });
}

const MapEntry* Value::FindEntry(Value key) const {
  if (key.IsString()) return FindEntry(key.AsString());
  if (kind_ != Kind::kMap) return nullptr;
  return Search(*payload_.map, size_, HashOf, key,
                [&](const Value& candidate) { return SameKey(candidate, key); });
}

const Value* Value::Find(std::string_view key) const {
  const MapEntry* const entry = FindEntry(key);
  return entry == nullptr ? nullptr : &entry->value;
}

const Value* Value::OpenRest() const { return kind_ == Kind::kMap ? payload_.map->rest : nullptr; }

}  // namespace restorable
