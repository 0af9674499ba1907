#include "cel/standard.h"

#include <re2/re2.h>

#include <string>

#include "base/text.h"
#include "cel/number_text.h"
#include "cel/open_list.h"
#include "cel/operators.h"
#include "cel/pattern.h"
#include "cel/time_text.h"

namespace restorable::cel {
namespace {

Value Same(CallContext& call) { return call[0]; }

Value TypeOf(CallContext& call) { return Value::Type(TypeName(call[0])); }

Value SizeOfString(CallContext& call) {
  return Value::Int(static_cast<std::int64_t>(CodePointCount(call.String(0))));
}

Value SizeOf(CallContext& call) {
  const Value why = WhyOpen(call.arena(), call[0]);
  return why.IsUnknown() ? why : Value::Int(call[0].size());
}

// --- Conversions ---------------------------------------------------------------------------------

Value NotA(CallContext& call, std::string_view type) {
  return call.Error(ShowValue(call[0]) + " is not a " + std::string(type));
}

Value OutOfRange(CallContext& call, std::string_view type) {
  return call.Error(ShowValue(call[0]) + " does not fit `" + std::string(type) + "`");
}

Value BoolFromString(CallContext& call) {
  constexpr std::string_view kTrue[] = {"1", "t", "T", "true", "TRUE", "True"};
  constexpr std::string_view kFalse[] = {"0", "f", "F", "false", "FALSE", "False"};
  const std::string_view text = call.String(0);
  for (const std::string_view word : kTrue) {
    if (word == text) return Value::Bool(true);
  }
  for (const std::string_view word : kFalse) {
    if (word == text) return Value::Bool(false);
  }
  return NotA(call, "bool");
}

Value IntFromUint(CallContext& call) {
  const std::uint64_t value = call[0].AsUint();
  if (value >> 63 != 0) return OutOfRange(call, "int");
  return Value::Int(static_cast<std::int64_t>(value));
}

Value IntFromDouble(CallContext& call) {
  const std::optional<std::int64_t> value = ToInt(call[0].AsDouble());
  return value ? Value::Int(*value) : OutOfRange(call, "int");
}

Value IntFromString(CallContext& call) {
  const std::optional<std::int64_t> value = ParseInt(call.String(0));
  return value ? Value::Int(*value) : NotA(call, "int");
}

Value IntFromTimestamp(CallContext& call) { return Value::Int(call[0].Seconds()); }

Value UintFromInt(CallContext& call) {
  if (call.Int(0) < 0) return OutOfRange(call, "uint");
  return Value::Uint(static_cast<std::uint64_t>(call.Int(0)));
}

Value UintFromDouble(CallContext& call) {
  const std::optional<std::uint64_t> value = ToUint(call[0].AsDouble());
  return value ? Value::Uint(*value) : OutOfRange(call, "uint");
}

Value UintFromString(CallContext& call) {
  const std::optional<std::uint64_t> value = ParseUint(call.String(0));
  return value ? Value::Uint(*value) : NotA(call, "uint");
}

Value DoubleFromInt(CallContext& call) { return Value::Double(static_cast<double>(call.Int(0))); }

Value DoubleFromUint(CallContext& call) {
  return Value::Double(static_cast<double>(call[0].AsUint()));
}

Value DoubleFromString(CallContext& call) {
  const std::optional<double> value = ParseDouble(call.String(0));
  return value ? Value::Double(*value) : NotA(call, "double");
}

Value StringFromBool(CallContext& call) {
  return Value::String(call[0].AsBool() ? "true" : "false");
}

Value StringFromInt(CallContext& call) { return call.Return(std::to_string(call.Int(0))); }

Value StringFromUint(CallContext& call) { return call.Return(std::to_string(call[0].AsUint())); }

Value StringFromDouble(CallContext& call) { return call.Return(FormatDouble(call[0].AsDouble())); }

Value StringFromBytes(CallContext& call) {
  const std::string_view octets = call[0].AsBytes();
  if (FindInvalidUtf8(octets)) return call.Error("the bytes are not valid UTF-8");
  return Value::String(octets);
}

Value StringFromTimestamp(CallContext& call) {
  return call.Return(FormatTimestamp({call[0].Seconds(), call[0].Nanoseconds()}));
}

Value StringFromDuration(CallContext& call) {
  return call.Return(FormatDuration(call[0].AsDuration()));
}

Value BytesFromString(CallContext& call) { return Value::Bytes(call.String(0)); }

// --- Strings -------------------------------------------------------------------------------------

Value Contains(CallContext& call) {
  return Value::Bool(call.String(0).find(call.String(1)) != std::string_view::npos);
}

Value StartsWith(CallContext& call) {
  return Value::Bool(call.String(0).starts_with(call.String(1)));
}

Value EndsWith(CallContext& call) { return Value::Bool(call.String(0).ends_with(call.String(1))); }

Value Matches(CallContext& call) {
  const Pattern& pattern = call.Regex(1);
  if (!pattern.ok()) return call.Error("not a regular expression: " + pattern.error());
  const std::string_view text = call.String(0);
  return Value::Bool(
      re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern.regex()));
}

constexpr Builtin kFunctions[] = {
    {"dyn(T) -> dyn", Same, Cost::kOne, Strictness::kShallow},
    {"type(T) -> type(T)", TypeOf, Cost::kOne, Strictness::kShallow},
    {"size(string) -> int", SizeOfString, Cost::kOne, Strictness::kShallow},
    {"size(bytes) -> int", SizeOf, Cost::kOne, Strictness::kShallow},
    {"size(list(T)) -> int", SizeOf, Cost::kOne, Strictness::kShallow},
    {"size(map(K, V)) -> int", SizeOf, Cost::kOne, Strictness::kShallow},
    {"string.size() -> int", SizeOfString, Cost::kOne, Strictness::kShallow},
    {"bytes.size() -> int", SizeOf, Cost::kOne, Strictness::kShallow},
    {"list(T).size() -> int", SizeOf, Cost::kOne, Strictness::kShallow},
    {"map(K, V).size() -> int", SizeOf, Cost::kOne, Strictness::kShallow},
    {"bool(bool) -> bool", Same},
    {"bool(string) -> bool", BoolFromString},
    {"int(int) -> int", Same},
    {"int(uint) -> int", IntFromUint},
    {"int(double) -> int", IntFromDouble},
    {"int(string) -> int", IntFromString},
    {"int(timestamp) -> int", IntFromTimestamp},
    {"uint(uint) -> uint", Same},
    {"uint(int) -> uint", UintFromInt},
    {"uint(double) -> uint", UintFromDouble},
    {"uint(string) -> uint", UintFromString},
    {"double(double) -> double", Same},
    {"double(int) -> double", DoubleFromInt},
    {"double(uint) -> double", DoubleFromUint},
    {"double(string) -> double", DoubleFromString},
    {"string(string) -> string", Same},
    {"string(bool) -> string", StringFromBool},
    {"string(int) -> string", StringFromInt},
    {"string(uint) -> string", StringFromUint},
    {"string(double) -> string", StringFromDouble},
    {"string(bytes) -> string", StringFromBytes, Cost::kTraverse},
    {"string(timestamp) -> string", StringFromTimestamp},
    {"string(duration) -> string", StringFromDuration},
    {"bytes(bytes) -> bytes", Same},
    {"bytes(string) -> bytes", BytesFromString, Cost::kTraverse},
    {"string.contains(string) -> bool", Contains, Cost::kContains},
    {"string.startsWith(string) -> bool", StartsWith, Cost::kTraverse},
    {"string.endsWith(string) -> bool", EndsWith, Cost::kTraverse},
    {"string.matches(string) -> bool", Matches, Cost::kRegex},
    {"matches(string, string) -> bool", Matches, Cost::kRegex},
    // Evaluated by the evaluator, which looks at the argument only when it has to.
    {"optional_type(T).or(optional_type(T)) -> optional_type(T)"},
    {"optional_type(T).orValue(T) -> T"},
};

}  // namespace

std::span<const Builtin> StandardFunctions() { return kFunctions; }

}  // namespace restorable::cel
