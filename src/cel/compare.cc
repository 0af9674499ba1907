#include "cel/compare.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "cel/open_list.h"

namespace restorable::cel {
namespace {

// Values that one walk visits at most. A value may hold another one twice, which holds a third one
// twice, and so on: its size says nothing about the time a walk takes.
constexpr std::uint32_t kMostSteps = 2'000'000;
constexpr std::string_view kTooManySteps = "the values are too large to be compared";

bool IsNumber(Value value) {
  return value.Is(Kind::kInt) || value.Is(Kind::kUint) || value.Is(Kind::kDouble);
}

std::partial_ordering Reverse(std::partial_ordering order) { return 0 <=> order; }

std::partial_ordering CompareIntUint(std::int64_t a, std::uint64_t b) {
  if (a < 0) return std::partial_ordering::less;
  return static_cast<std::uint64_t>(a) <=> b;
}

// Beyond 2^53 the integer is rounded; a double out of the integer's range decides before that.
std::partial_ordering CompareIntDouble(std::int64_t a, double b) {
  if (b > 0x1p63) return std::partial_ordering::less;
  if (b < -0x1p63) return std::partial_ordering::greater;
  return static_cast<double>(a) <=> b;
}

std::partial_ordering CompareUintDouble(std::uint64_t a, double b) {
  if (b > 0x1p64) return std::partial_ordering::less;
  if (b < 0) return std::partial_ordering::greater;
  return static_cast<double>(a) <=> b;
}

std::partial_ordering CompareNumbers(Value a, Value b) {
  if (a.Is(Kind::kInt)) {
    if (b.Is(Kind::kInt)) return a.AsInt() <=> b.AsInt();
    if (b.Is(Kind::kUint)) return CompareIntUint(a.AsInt(), b.AsUint());
    return CompareIntDouble(a.AsInt(), b.AsDouble());
  }
  if (a.Is(Kind::kUint)) {
    if (b.Is(Kind::kUint)) return a.AsUint() <=> b.AsUint();
    if (b.Is(Kind::kInt)) return Reverse(CompareIntUint(b.AsInt(), a.AsUint()));
    return CompareUintDouble(a.AsUint(), b.AsDouble());
  }
  if (b.Is(Kind::kInt)) return Reverse(CompareIntDouble(b.AsInt(), a.AsDouble()));
  if (b.Is(Kind::kUint)) return Reverse(CompareUintDouble(b.AsUint(), a.AsDouble()));
  return a.AsDouble() <=> b.AsDouble();
}

enum class Answer : std::uint8_t { kDifferent, kUnknown, kEqual };

// One comparison: a walk over both values that stops at the first certain difference and collects
// the unknowns it meets before.
class Comparison {
 public:
  explicit Comparison(Arena& arena) : arena_(arena) {}

  Value Run(Value a, Value b) {
    const Answer answer = Equal(a, b);
    if (steps_ > kMostSteps) return Value::Error(arena_, kTooManySteps, {}, /*absolute=*/true);
    return answer == Answer::kUnknown ? unknown_ : Value::Bool(answer == Answer::kEqual);
  }

 private:
  static Answer Certain(bool equal) { return equal ? Answer::kEqual : Answer::kDifferent; }

  Answer Open(Value unknown) {
    unknown_ = unknown_.IsUnknown() ? Value::Unknown(arena_, unknown_, unknown) : unknown;
    return Answer::kUnknown;
  }

  Answer Equal(Value a, Value b) {
    // The answer no longer matters then; any certain one ends the walk.
    if (++steps_ > kMostSteps) return Answer::kDifferent;
    if (a.IsUnknown() && b.IsUnknown()) Open(b);
    if (a.IsUnknown()) return Open(a);
    if (b.IsUnknown()) return Open(b);
    if (IsNumber(a) && IsNumber(b)) return Certain(CompareNumbers(a, b) == 0);
    if (a.kind() != b.kind()) return Answer::kDifferent;
    switch (a.kind()) {
      case Kind::kList:
        return EqualLists(a, b);
      case Kind::kMap:
        return EqualMaps(a, b);
      case Kind::kOptional:
        if (a.AsOptional() == nullptr || b.AsOptional() == nullptr) {
          return Certain(a.AsOptional() == b.AsOptional());
        }
        return Equal(*a.AsOptional(), *b.AsOptional());
      case Kind::kOpaque: {
        const OpaqueBody& left = a.AsOpaque();
        const OpaqueBody& right = b.AsOpaque();
        return Certain(left.type == right.type && left.type->equal(left.data, right.data));
      }
      case Kind::kType:
        return Certain(a.AsType() == b.AsType());
      case Kind::kNull:
        return Answer::kEqual;
      default:
        return Certain(Compare(a, b) == std::partial_ordering::equivalent);
    }
  }

  Answer EqualLists(Value a, Value b) {
    for (const Value& list : {a, b}) {
      const Value why = WhyOpen(arena_, list);
      if (why.IsUnknown()) return Open(why);
    }
    if (a.size() != b.size()) return Answer::kDifferent;
    Answer answer = Answer::kEqual;
    for (std::uint32_t i = 0; i < a.size(); ++i) {
      answer = std::min(answer, Equal(a.AsList()[i], b.AsList()[i]));
      if (answer == Answer::kDifferent) return answer;
    }
    return answer;
  }

  Answer EqualMaps(Value a, Value b) {
    if (a.OpenRest() == nullptr && b.OpenRest() == nullptr && a.size() != b.size()) {
      return Answer::kDifferent;
    }
    // The entries of each that the other lacks, then those that both have.
    Answer answer = std::min(Missing(a, b), Missing(b, a));
    if (answer == Answer::kDifferent) return answer;
    for (const MapEntry& entry : a.AsMap()) {
      const MapEntry* const other = b.FindEntry(entry.key);
      if (other == nullptr) continue;
      answer = std::min(answer, Equal(entry.value, other->value));
      if (answer == Answer::kDifferent) return answer;
    }
    return answer;
  }

  // Whether all entries of `a` are in `b`, as far as their keys tell.
  Answer Missing(Value a, Value b) {
    if (const Value* rest = b.OpenRest()) return Open(*rest);
    for (const MapEntry& entry : a.AsMap()) {
      if (b.FindEntry(entry.key) == nullptr) return Answer::kDifferent;
    }
    return Answer::kEqual;
  }

  Arena& arena_;
  Value unknown_;
  std::uint32_t steps_ = 0;
};

class UnknownSearch {
 public:
  explicit UnknownSearch(Arena& arena) : arena_(arena) {}

  Value Run(Value value) {
    Visit(value);
    if (steps_ > kMostSteps) return Value::Error(arena_, kTooManySteps, {}, /*absolute=*/true);
    return found_;
  }

 private:
  void Visit(Value value) {
    if (++steps_ > kMostSteps) return;
    switch (value.kind()) {
      case Kind::kUnknown:
        return Found(value);
      case Kind::kList:
        for (const Value& item : value.AsList()) Visit(item);
        return;
      case Kind::kMap:
        for (const MapEntry& entry : value.AsMap()) Visit(entry.value);
        if (value.OpenRest() != nullptr) Found(*value.OpenRest());
        return;
      case Kind::kOptional:
        if (value.AsOptional() != nullptr) Visit(*value.AsOptional());
        return;
      default:
        return;
    }
  }

  void Found(Value unknown) {
    found_ = found_.IsUnknown() ? Value::Unknown(arena_, found_, unknown) : unknown;
  }

  Arena& arena_;
  Value found_;
  std::uint32_t steps_ = 0;
};

}  // namespace

Value Equals(Arena& arena, Value a, Value b) { return Comparison(arena).Run(a, b); }

std::optional<std::partial_ordering> Compare(Value a, Value b) {
  if (IsNumber(a) && IsNumber(b)) return CompareNumbers(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::kBool:
      return a.AsBool() <=> b.AsBool();
    case Kind::kString:
      // The order of UTF-8 bytes is the order of code points.
      return a.AsString() <=> b.AsString();
    case Kind::kBytes:
      return a.AsBytes() <=> b.AsBytes();
    case Kind::kTimestamp:
      if (a.Seconds() != b.Seconds()) return a.Seconds() <=> b.Seconds();
      return a.Nanoseconds() <=> b.Nanoseconds();
    case Kind::kDuration:
      return a.AsDuration() <=> b.AsDuration();
    default:
      return std::nullopt;
  }
}

Value FindUnknown(Arena& arena, Value value) { return UnknownSearch(arena).Run(value); }

}  // namespace restorable::cel
