#include "vectors.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/diagnostic.h"
#include "cel/time_text.h"
#include "json/parse.h"

namespace restorable::cel {
namespace {

template <typename Integer>
Integer ToInteger(std::string_view digits) {
  Integer value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

int SextetOf(char c) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return static_cast<int>(kAlphabet.find(c));
}

std::string FromBase64(std::string_view text) {
  std::string octets;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = (bits << 6) | static_cast<std::uint32_t>(SextetOf(c));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    octets += static_cast<char>(bits >> count & 0xFF);
  }
  return octets;
}

Value DecodeList(Value items, Arena& arena) {
  std::vector<Value> values;
  for (const Value& item : items.AsList()) values.push_back(Decode(item, arena));
  return Value::List(arena.Copy(std::span<const Value>(values)));
}

Value DecodeMap(Value pairs, Arena& arena) {
  std::vector<MapEntry> entries;
  for (const Value& pair : pairs.AsList()) {
    entries.push_back({Decode(pair.AsList()[0], arena), Decode(pair.AsList()[1], arena)});
  }
  return Value::Map(arena, arena.Copy(std::span<const MapEntry>(entries)));
}

Value DecodeUnknown(Value names, Arena& arena) {
  Value unknown;
  for (const Value& name : names.AsList()) {
    const Value one = Value::Unknown(
        arena, {.reason = UnknownReason::kNoDefault, .what = name.AsString(), .range = {}});
    unknown = unknown.IsUnknown() ? Value::Unknown(arena, unknown, one) : one;
  }
  return unknown;
}

bool SameMap(Value a, Value b) {
  return a.size() == b.size() && std::ranges::all_of(a.AsMap(), [&](const MapEntry& entry) {
           const MapEntry* other = b.FindEntry(entry.key);
           return other != nullptr && SameValue(entry.key, other->key) &&
                  SameValue(entry.value, other->value);
         });
}

}  // namespace

std::string_view Vector::Text(std::string_view key) const {
  const Value* value = body.Find(key);
  return value == nullptr ? std::string_view() : value->AsString();
}

bool Vector::Flag(std::string_view key) const {
  const Value* value = body.Find(key);
  return value != nullptr && value->IsTrue();
}

bool Vector::Needs(std::string_view tag) const {
  const Value* needs = body.Find("needs");
  return needs != nullptr && std::ranges::any_of(needs->AsList(), [&](const Value& need) {
           return need.AsString() == tag;
         });
}

VectorFile ReadVectors(const std::filesystem::path& path, Arena& arena) {
  VectorFile result;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (!stream || !(text << stream.rdbuf())) {
    result.error = "cannot be read";
    return result;
  }
  result.source =
      std::make_unique<SourceFile>(FileId{1}, path.generic_string(), std::move(text).str());
  const json::ParseResult parsed = json::Parse(*result.source, arena, Limits{});
  const Value* vectors = parsed.root.Find("vectors");
  if (!parsed.ok || vectors == nullptr || !vectors->IsList()) {
    result.error =
        parsed.diagnostics.empty() ? "has no vectors" : Message(parsed.diagnostics.front());
    return result;
  }
  for (const Value& body : vectors->AsList()) {
    Vector vector{{}, body};
    vector.name = std::string(vector.Text("file")) + "/" + std::string(vector.Text("section")) +
                  "/" + std::string(vector.Text("name"));
    result.vectors.push_back(std::move(vector));
  }
  return result;
}

Value Decode(Value encoded, Arena& arena) {
  if (!encoded.IsMap() || encoded.size() != 1) return Value::Error(arena, "malformed vector");
  const auto& [key, value] = encoded.AsMap()[0];
  const std::string_view kind = key.AsString();
  if (kind == "null") return Value::Null();
  if (kind == "bool") return value;
  if (kind == "int") return Value::Int(ToInteger<std::int64_t>(value.AsString()));
  if (kind == "uint") return Value::Uint(ToInteger<std::uint64_t>(value.AsString()));
  if (kind == "double") {
    return Value::Double(std::strtod(std::string(value.AsString()).c_str(), nullptr));
  }
  if (kind == "string") return value.At({});
  if (kind == "bytes") return Value::Bytes(arena.Copy(FromBase64(value.AsString())));
  if (kind == "list") return DecodeList(value, arena);
  if (kind == "map") return DecodeMap(value, arena);
  if (kind == "timestamp") {
    const Instant instant = ParseTimestamp(value.AsString()).value_or(Instant{});
    return Value::Timestamp(instant.seconds, instant.nanoseconds);
  }
  if (kind == "duration") return Value::Duration(ParseDuration(value.AsString()).value_or(0));
  if (kind == "type") return Value::Type(value.AsString());
  if (kind == "optional") {
    return value.IsNull() ? Value::None() : Value::Some(arena, Decode(value, arena));
  }
  if (kind == "unknown") return DecodeUnknown(value, arena);
  return Value::Error(arena, "a value of kind " + std::string(kind));
}

bool SameValue(Value a, Value b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kBool:
      return a.AsBool() == b.AsBool();
    case Kind::kInt:
    case Kind::kUint:
    case Kind::kDuration:
      return a.AsUint() == b.AsUint();
    case Kind::kDouble:
      return a.AsDouble() == b.AsDouble() || (std::isnan(a.AsDouble()) && std::isnan(b.AsDouble()));
    case Kind::kString:
    case Kind::kBytes:
    case Kind::kType:
      return a.AsBytes() == b.AsBytes();
    case Kind::kTimestamp:
      return a.Seconds() == b.Seconds() && a.Nanoseconds() == b.Nanoseconds();
    case Kind::kList:
      return std::ranges::equal(a.AsList(), b.AsList(), SameValue);
    case Kind::kMap:
      return SameMap(a, b);
    case Kind::kOptional:
      if (a.AsOptional() == nullptr || b.AsOptional() == nullptr) {
        return a.AsOptional() == b.AsOptional();
      }
      return SameValue(*a.AsOptional(), *b.AsOptional());
    case Kind::kOpaque:
    case Kind::kError:
    case Kind::kUnknown:
      return false;
  }
  return false;
}

}  // namespace restorable::cel
