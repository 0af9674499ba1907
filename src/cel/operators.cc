#include "cel/operators.h"

#include <compare>
#include <limits>
#include <optional>

#include "cel/compare.h"
#include "cel/number_text.h"
#include "cel/open_list.h"
#include "cel/standard.h"
#include "cel/time_text.h"

namespace restorable::cel {
namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();

constexpr Builtin kSignatures[] = {
    {"_*_(int, int) -> int"},
    {"_*_(uint, uint) -> uint"},
    {"_*_(double, double) -> double"},
    {"_/_(int, int) -> int"},
    {"_/_(uint, uint) -> uint"},
    {"_/_(double, double) -> double"},
    {"_%_(int, int) -> int"},
    {"_%_(uint, uint) -> uint"},
    {"_+_(int, int) -> int"},
    {"_+_(uint, uint) -> uint"},
    {"_+_(double, double) -> double"},
    {"_+_(string, string) -> string"},
    {"_+_(bytes, bytes) -> bytes"},
    {"_+_(list(T), list(T)) -> list(T)"},
    {"_+_(timestamp, duration) -> timestamp"},
    {"_+_(duration, timestamp) -> timestamp"},
    {"_+_(duration, duration) -> duration"},
    {"_-_(int, int) -> int"},
    {"_-_(uint, uint) -> uint"},
    {"_-_(double, double) -> double"},
    {"_-_(timestamp, timestamp) -> duration"},
    {"_-_(timestamp, duration) -> timestamp"},
    {"_-_(duration, duration) -> duration"},
    {"-_(int) -> int"},
    {"-_(double) -> double"},
    {"!_(bool) -> bool"},
    {"_==_(T, T) -> bool"},
    {"_!=_(T, T) -> bool"},
    {"_in_(T, list(T)) -> bool"},
    {"_in_(K, map(K, V)) -> bool"},
#define RESTORABLE_ORDER(op)                                                    \
  {"_" op "_(bool, bool) -> bool"}, {"_" op "_(int, int) -> bool"},             \
      {"_" op "_(int, uint) -> bool"}, {"_" op "_(int, double) -> bool"},       \
      {"_" op "_(uint, int) -> bool"}, {"_" op "_(uint, uint) -> bool"},        \
      {"_" op "_(uint, double) -> bool"}, {"_" op "_(double, int) -> bool"},    \
      {"_" op "_(double, uint) -> bool"}, {"_" op "_(double, double) -> bool"}, \
      {"_" op "_(string, string) -> bool"}, {"_" op "_(bytes, bytes) -> bool"}, \
      {"_" op "_(timestamp, timestamp) -> bool"}, {                             \
    "_" op "_(duration, duration) -> bool"                                      \
  }
    RESTORABLE_ORDER("<"),
    RESTORABLE_ORDER("<="),
    RESTORABLE_ORDER(">"),
    RESTORABLE_ORDER(">="),
#undef RESTORABLE_ORDER
};

Value Overflow(Arena& arena, std::string_view type) {
  return Value::Error(arena, std::string(type) + " overflow");
}

Value FromInstant(Arena& arena, const std::optional<Instant>& result) {
  return result ? Value::Timestamp(result->seconds, result->nanoseconds)
                : Overflow(arena, "timestamp");
}
Instant ToInstant(Value value) { return {value.Seconds(), value.Nanoseconds()}; }

// The sum, difference or product; nothing when it does not fit.
template <typename Integer>
std::optional<Integer> Combine(BinaryOp op, Integer a, Integer b) {
  Integer result = 0;
  const bool overflow = op == BinaryOp::kAdd        ? __builtin_add_overflow(a, b, &result)
                        : op == BinaryOp::kSubtract ? __builtin_sub_overflow(a, b, &result)
                                                    : __builtin_mul_overflow(a, b, &result);
  if (overflow) return std::nullopt;
  return result;
}

bool IsDivision(BinaryOp op) { return op == BinaryOp::kDivide || op == BinaryOp::kModulo; }

Value DivisionByZero(Arena& arena, BinaryOp op) {
  return Value::Error(arena, op == BinaryOp::kDivide ? "division by zero" : "modulus by zero");
}

Value OnInts(Arena& arena, BinaryOp op, std::int64_t a, std::int64_t b) {
  if (!IsDivision(op)) {
    const std::optional<std::int64_t> result = Combine(op, a, b);
    return result ? Value::Int(*result) : Overflow(arena, "int");
  }
  if (b == 0) return DivisionByZero(arena, op);
  if (a == kLowest && b == -1) return Overflow(arena, "int");
  return Value::Int(op == BinaryOp::kDivide ? a / b : a % b);
}

Value OnUints(Arena& arena, BinaryOp op, std::uint64_t a, std::uint64_t b) {
  if (!IsDivision(op)) {
    const std::optional<std::uint64_t> result = Combine(op, a, b);
    return result ? Value::Uint(*result) : Overflow(arena, "uint");
  }
  if (b == 0) return DivisionByZero(arena, op);
  return Value::Uint(op == BinaryOp::kDivide ? a / b : a % b);
}

std::optional<Value> OnDoubles(BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::kAdd:
      return Value::Double(a + b);
    case BinaryOp::kSubtract:
      return Value::Double(a - b);
    case BinaryOp::kMultiply:
      return Value::Double(a * b);
    case BinaryOp::kDivide:
      return Value::Double(a / b);
    default:
      return std::nullopt;
  }
}

std::optional<Value> OnDurations(Arena& arena, BinaryOp op, std::int64_t a, std::int64_t b) {
  if (op != BinaryOp::kAdd && op != BinaryOp::kSubtract) return std::nullopt;
  const std::optional<std::int64_t> result = Combine(op, a, b);
  return result ? Value::Duration(*result) : Overflow(arena, "duration");
}

std::string_view Join(Arena& arena, std::string_view a, std::string_view b) {
  const std::span<char> joined = arena.NewArray<char>(a.size() + b.size());
  std::ranges::copy(a, joined.begin());
  std::ranges::copy(b, joined.begin() + static_cast<std::ptrdiff_t>(a.size()));
  return {joined.data(), joined.size()};
}

Value JoinLists(Arena& arena, Value a, Value b) {
  if (a.size() == 0) return b;
  if (b.size() == 0) return a;
  const std::span<Value> joined = arena.NewArray<Value>(std::size_t{a.size()} + b.size());
  std::ranges::copy(a.AsList(), joined.begin());
  std::ranges::copy(b.AsList(), joined.begin() + a.size());
  return OpenAs(a, OpenAs(b, Value::List(joined)));
}

std::optional<Value> OnTimestamp(Arena& arena, BinaryOp op, Value a, Value b) {
  if (op == BinaryOp::kAdd && b.Is(Kind::kDuration)) {
    return FromInstant(arena, Add(ToInstant(a), b.AsDuration()));
  }
  if (op != BinaryOp::kSubtract) return std::nullopt;
  if (b.Is(Kind::kTimestamp)) {
    const std::optional<std::int64_t> result = Difference(ToInstant(a), ToInstant(b));
    return result ? Value::Duration(*result) : Overflow(arena, "duration");
  }
  if (!b.Is(Kind::kDuration)) return std::nullopt;
  if (b.AsDuration() == kLowest) return Overflow(arena, "duration");
  return FromInstant(arena, Add(ToInstant(a), -b.AsDuration()));
}

std::optional<Value> OnSameKind(Arena& arena, BinaryOp op, Value a, Value b) {
  switch (a.kind()) {
    case Kind::kInt:
      return OnInts(arena, op, a.AsInt(), b.AsInt());
    case Kind::kUint:
      return OnUints(arena, op, a.AsUint(), b.AsUint());
    case Kind::kDouble:
      return OnDoubles(op, a.AsDouble(), b.AsDouble());
    case Kind::kDuration:
      return OnDurations(arena, op, a.AsDuration(), b.AsDuration());
    case Kind::kString:
      if (op != BinaryOp::kAdd) return std::nullopt;
      return Value::String(Join(arena, a.AsString(), b.AsString()));
    case Kind::kBytes:
      if (op != BinaryOp::kAdd) return std::nullopt;
      return Value::Bytes(Join(arena, a.AsBytes(), b.AsBytes()));
    case Kind::kList:
      if (op != BinaryOp::kAdd) return std::nullopt;
      return JoinLists(arena, a, b);
    default:
      return std::nullopt;
  }
}

std::optional<Value> Arithmetic(Arena& arena, BinaryOp op, Value a, Value b) {
  if (a.Is(Kind::kTimestamp)) return OnTimestamp(arena, op, a, b);
  if (op == BinaryOp::kAdd && a.Is(Kind::kDuration) && b.Is(Kind::kTimestamp)) {
    return OnTimestamp(arena, op, b, a);
  }
  if (a.kind() != b.kind()) return std::nullopt;
  return OnSameKind(arena, op, a, b);
}

std::optional<Value> Order(BinaryOp op, Value a, Value b) {
  const std::optional<std::partial_ordering> order = Compare(a, b);
  if (!order) return std::nullopt;
  switch (op) {
    case BinaryOp::kLess:
      return Value::Bool(*order < 0);
    case BinaryOp::kLessOrEqual:
      return Value::Bool(*order <= 0);
    case BinaryOp::kGreater:
      return Value::Bool(*order > 0);
    default:
      return Value::Bool(*order >= 0);
  }
}

// An element that is certainly equal outweighs those that may be.
Value InList(Arena& arena, Value needle, Value list) {
  Value unknown;
  for (const Value& item : list.AsList()) {
    const Value equal = Equals(arena, needle, item);
    if (equal.IsTrue() || equal.IsError()) return equal;
    if (equal.IsUnknown()) {
      unknown = unknown.IsUnknown() ? Value::Unknown(arena, unknown, equal) : equal;
    }
  }
  return unknown.IsUnknown() ? unknown : Value::Bool(false);
}

// A key whose value is not known may turn out to be absent.
Value InMap(Value key, Value map) {
  const MapEntry* const entry = map.FindEntry(key);
  if (entry != nullptr) return entry->value.IsUnknown() ? entry->value : Value::Bool(true);
  return map.OpenRest() != nullptr ? *map.OpenRest() : Value::Bool(false);
}

std::optional<Value> In(Arena& arena, Value a, Value b) {
  if (b.IsList()) return InList(arena, a, b);
  if (b.IsMap()) return InMap(a, b);
  return std::nullopt;
}

std::optional<Value> TryApply(Arena& arena, BinaryOp op, Value a, Value b) {
  switch (op) {
    case BinaryOp::kMultiply:
    case BinaryOp::kDivide:
    case BinaryOp::kModulo:
    case BinaryOp::kAdd:
    case BinaryOp::kSubtract:
      return Arithmetic(arena, op, a, b);
    case BinaryOp::kEqual:
      return Equals(arena, a, b);
    case BinaryOp::kNotEqual: {
      const Value equal = Equals(arena, a, b);
      return equal.Is(Kind::kBool) ? Value::Bool(!equal.AsBool()) : equal;
    }
    case BinaryOp::kLess:
    case BinaryOp::kLessOrEqual:
    case BinaryOp::kGreater:
    case BinaryOp::kGreaterOrEqual:
      return Order(op, a, b);
    case BinaryOp::kIn:
      return In(arena, a, b);
  }
  return std::nullopt;
}

}  // namespace

std::span<const Builtin> OperatorSignatures() { return kSignatures; }

Value Apply(Arena& arena, BinaryOp op, Value a, Value b) {
  if (const std::optional<Value> result = TryApply(arena, op, a, b)) return *result;
  const Value operands[] = {a, b};
  return NoSuchOverload(arena, Info(op).text, operands);
}

Value Apply(Arena& arena, UnaryOp op, Value a) {
  if (op == UnaryOp::kNot) {
    return a.Is(Kind::kBool) ? Value::Bool(!a.AsBool()) : NoSuchOverload(arena, "!", {&a, 1});
  }
  if (a.Is(Kind::kDouble)) return Value::Double(-a.AsDouble());
  if (!a.Is(Kind::kInt)) return NoSuchOverload(arena, "-", {&a, 1});
  return a.AsInt() == kLowest ? Overflow(arena, "int") : Value::Int(-a.AsInt());
}

bool EqualScalars(Value a, Value b) {
  Arena arena;
  return Equals(arena, a, b).IsTrue();
}

Value NoSuchOverload(Arena& arena, std::string_view name, std::span<const Value> arguments) {
  std::string message = "no such overload: `" + std::string(name) + "` on ";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) message += i + 1 == arguments.size() ? " and " : ", ";
    message += TypeName(arguments[i]);
  }
  if (arguments.empty()) message += "nothing";
  return Value::Error(arena, message);
}

std::string ShowValue(Value value) {
  switch (value.kind()) {
    case Kind::kNull:
      return "`null`";
    case Kind::kBool:
      return value.AsBool() ? "`true`" : "`false`";
    case Kind::kInt:
      return "`" + std::to_string(value.AsInt()) + "`";
    case Kind::kUint:
      return "`" + std::to_string(value.AsUint()) + "`";
    case Kind::kDouble:
      return "`" + FormatDouble(value.AsDouble()) + "`";
    case Kind::kString: {
      // Keys may come from hostile documents; a message shows the beginning.
      constexpr std::size_t kMostBytes = 80;
      std::string_view text = value.IsSensitive() ? "(sensitive)" : value.AsString();
      const bool cut = text.size() > kMostBytes;
      std::size_t size = cut ? kMostBytes : text.size();
      while (cut && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
      return "`" + std::string(text.substr(0, size)) + (cut ? "…`" : "`");
    }
    default:
      return "a value of type " + std::string(TypeName(value));
  }
}

}  // namespace restorable::cel
