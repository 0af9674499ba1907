#include "terraform/operators.h"

#include <algorithm>
#include <compare>
#include <optional>
#include <string>
#include <utility>

#include "terraform/number.h"
#include "terraform/type.h"

namespace restorable::terraform {
namespace {

using hcl::BinaryOp;
using hcl::UnaryOp;

const Type kBoolType{.kind = TypeKind::kBool};
const Type kNumberType{.kind = TypeKind::kNumber};

constexpr std::string_view kSymbols[] = {"||", "&&", "==", "!=", "<", "<=", ">",
                                         ">=", "+",  "-",  "*",  "/", "%"};

// An operand as the type that the operator takes.
Value Operand(Context& context, Value value, const Type& type, std::string_view symbol,
              Range range) {
  if (value.IsNull()) {
    return context.Error("an operand of `" + std::string(symbol) + "` is null", range);
  }
  return Convert(context, value, type);
}

// The parts of `&&` and `||`: the answer is known as soon as one side has the deciding value, and
// then the other side's error does not matter (`x != null && x.y`).
Value ApplyLogic(Context& context, BinaryOp op, Value a, Value b, Range range) {
  const bool deciding = op == BinaryOp::kOr;
  const std::string_view symbol = kSymbols[static_cast<std::size_t>(op)];
  a = Operand(context, a, kBoolType, symbol, range);
  b = Operand(context, b, kBoolType, symbol, range);
  for (const Value side : {a, b}) {
    if (side.Is(Kind::kBool) && side.AsBool() == deciding) return Value::Bool(deciding);
  }
  if (a.IsError()) return a;
  if (b.IsError()) return b;
  if (a.IsUnknown() || b.IsUnknown()) {
    return Value::Unknown(context.arena, a.IsUnknown() ? a : b, b.IsUnknown() ? b : a);
  }
  return Value::Bool(!deciding);
}

Value ApplyNumbers(Context& context, BinaryOp op, Value a, Value b, Range range) {
  switch (op) {
    case BinaryOp::kLess:
      return Value::Bool(Compare(a, b) < 0);
    case BinaryOp::kLessEqual:
      return Value::Bool(Compare(a, b) <= 0);
    case BinaryOp::kGreater:
      return Value::Bool(Compare(a, b) > 0);
    case BinaryOp::kGreaterEqual:
      return Value::Bool(Compare(a, b) >= 0);
    case BinaryOp::kAdd:
      return Add(a, b);
    case BinaryOp::kSubtract:
      return Subtract(a, b);
    case BinaryOp::kMultiply:
      return Multiply(a, b);
    default:
      break;
  }
  if (AsReal(b) == 0) return context.Error("division by zero", range);
  return op == BinaryOp::kDivide ? Divide(a, b) : Modulo(a, b);
}

// A resource that is declared has an id.
bool IsNeverNull(Value unknown) {
  const UnknownCause& cause = unknown.AsUnknown().causes[0];
  return unknown.IsNamed() && cause.reason == UnknownReason::kComputed &&
         cause.what.ends_with(".id");
}

bool IsSameThing(Value a, Value b) {
  return a.IsNamed() && b.IsNamed() && a.AsUnknown().causes[0].what == b.AsUnknown().causes[0].what;
}

Value EqualLists(Context& context, Value a, Value b) {
  if (a.size() != b.size() || a.shape() != b.shape()) return Value::Bool(false);
  std::optional<Value> unknown;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Value equal = Equals(context, a.AsList()[i], b.AsList()[i]);
    if (equal.IsFalse()) return equal;
    if (equal.IsUnknown() && !unknown.has_value()) unknown = equal;
  }
  return unknown.value_or(Value::Bool(true));
}

Value EqualMaps(Context& context, Value a, Value b) {
  if (a.OpenRest() != nullptr) return *a.OpenRest();
  if (b.OpenRest() != nullptr) return *b.OpenRest();
  if (a.size() != b.size() || a.shape() != b.shape()) return Value::Bool(false);
  std::optional<Value> unknown;
  for (const MapEntry& entry : a.AsMap()) {
    const Value* const other = b.Find(entry.key.AsString());
    if (other == nullptr) return Value::Bool(false);
    const Value equal = Equals(context, entry.value, *other);
    if (equal.IsFalse()) return equal;
    if (equal.IsUnknown() && !unknown.has_value()) unknown = equal;
  }
  return unknown.value_or(Value::Bool(true));
}

Value IndexList(Context& context, Value list, Value key, Range range) {
  const Value number = Convert(context, key, kNumberType);
  if (number.IsError()) return number;
  if (number.IsUnknown()) return Waiting(number, range);
  if (!number.Is(Kind::kInt)) return context.Error("the index of a list is a whole number", range);
  const std::int64_t index = number.AsInt();
  if (index < 0 || index >= static_cast<std::int64_t>(list.size())) {
    return context.Error(
        "index " + std::to_string(index) + " of a list of " + std::to_string(list.size()), range);
  }
  return list.AsList()[static_cast<std::size_t>(index)];
}

// An attribute of something that is not known. One block of a type stands for all of them.
Value Member(Context& context, Value unknown, std::string_view name, Range range) {
  const UnknownCause& cause = unknown.AsUnknown().causes[0];
  return context.Unknown(cause.reason, std::string(cause.what) + "." + std::string(name), range)
      .Named(true);
}

Value IndexMap(Context& context, Value map, Value key, Range range) {
  const Value name = Convert(context, key, {.kind = TypeKind::kString});
  if (name.IsError()) return name;
  if (const Value* const found = map.Find(name.AsString()); found != nullptr) return *found;
  if (const Value* const rest = map.OpenRest(); rest != nullptr) {
    return Member(context, *rest, name.AsString(), range);
  }
  return context.Error("there is no attribute or key `" + std::string(name.AsString()) + "`",
                       range);
}

Value IndexUnknown(Context& context, Value unknown, Value key, Range range) {
  if (!unknown.IsNamed()) return unknown;
  if (key.IsUnknown()) return Waiting(unknown, range);
  return key.IsString() ? Member(context, unknown, key.AsString(), range) : unknown.At(range);
}

// What only one of the maps has may be there or not.
Value BlendMaps(Context& context, Value a, Value b, Value unknown) {
  std::vector<MapEntry> common;
  for (const MapEntry& entry : a.AsMap()) {
    const Value* const other = b.Find(entry.key.AsString());
    if (other == nullptr) continue;
    common.push_back({entry.key, Blend(context, entry.value, *other, unknown)});
  }
  const bool same = common.size() == a.size() && common.size() == b.size();
  if (common.empty() && !same) return unknown;
  if (same && a.OpenRest() == nullptr && b.OpenRest() == nullptr) {
    return context.Map(common, a.shape()).At(a.range()).Via(a.via());
  }
  const auto copy = context.arena.Copy(std::span<const MapEntry>(common));
  return Value::OpenMap(context.arena, copy, unknown).At(a.range()).Via(a.via());
}

// The order of a set: by kind, then by value; lists and maps by their members.
std::strong_ordering OrderOf(Value a, Value b) {
  const auto rank = [](Value v) { return IsNumber(v) ? Kind::kInt : v.kind(); };
  if (rank(a) != rank(b)) return rank(a) <=> rank(b);
  if (IsNumber(a)) return Compare(a, b) <=> 0;
  switch (a.kind()) {
    case Kind::kBool:
      return a.AsBool() <=> b.AsBool();
    case Kind::kString:
      return a.AsString().compare(b.AsString()) <=> 0;
    case Kind::kList:
      return std::lexicographical_compare_three_way(a.AsList().begin(), a.AsList().end(),
                                                    b.AsList().begin(), b.AsList().end(), OrderOf);
    case Kind::kMap:
      return std::lexicographical_compare_three_way(
          a.AsMap().begin(), a.AsMap().end(), b.AsMap().begin(), b.AsMap().end(),
          [](const MapEntry& x, const MapEntry& y) {
            const std::strong_ordering keys = OrderOf(x.key, y.key);
            return keys != 0 ? keys : OrderOf(x.value, y.value);
          });
    default:
      return std::strong_ordering::equal;
  }
}

}  // namespace

Value Apply(Context& context, UnaryOp op, Value operand, Range range) {
  const bool negate = op == UnaryOp::kNegate;
  operand = Operand(context, operand, negate ? kNumberType : kBoolType, negate ? "-" : "!", range);
  if (operand.IsError()) return operand;
  if (operand.IsUnknown()) return Waiting(operand, range);
  const Value result = negate ? Negate(operand) : Value::Bool(!operand.AsBool());
  return operand.IsSensitive() ? result.Sensitive() : result;
}

Value Apply(Context& context, BinaryOp op, Value a, Value b, Range range) {
  Value result;
  if (op == BinaryOp::kAnd || op == BinaryOp::kOr) {
    result = ApplyLogic(context, op, a, b, range);
  } else if (a.IsError()) {
    return a;
  } else if (b.IsError()) {
    return b;
  } else if (op == BinaryOp::kEqual) {
    result = Equals(context, a, b);
  } else if (op == BinaryOp::kNotEqual) {
    result = Equals(context, a, b);
    if (result.Is(Kind::kBool)) result = Value::Bool(!result.AsBool());
  } else {
    const std::string_view symbol = kSymbols[static_cast<std::size_t>(op)];
    a = Operand(context, a, kNumberType, symbol, range);
    b = Operand(context, b, kNumberType, symbol, range);
    if (a.IsError()) return a;
    if (b.IsError()) return b;
    const bool unknown = a.IsUnknown() || b.IsUnknown();
    result = unknown ? Value::Unknown(context.arena, a.IsUnknown() ? a : b, b.IsUnknown() ? b : a)
                     : ApplyNumbers(context, op, a, b, range);
  }
  result = result.At(range);
  return a.IsSensitive() || b.IsSensitive() ? result.Sensitive() : result;
}

Value Equals(Context& context, Value a, Value b) {
  if (!context.Spend(1)) return Value::Bool(false);
  if (a.IsUnknown() && b.IsUnknown() && IsSameThing(a, b)) return Value::Bool(true);
  if (a.IsUnknown() || b.IsUnknown()) {
    const Value unknown = a.IsUnknown() ? a : b;
    const Value other = a.IsUnknown() ? b : a;
    if (other.IsNull() && IsNeverNull(unknown)) return Value::Bool(false);
    return Value::Unknown(context.arena, unknown, other.IsUnknown() ? other : unknown);
  }
  if (IsNumber(a) && IsNumber(b)) return Value::Bool(Compare(a, b) == 0);
  if (a.kind() != b.kind()) return Value::Bool(false);
  switch (a.kind()) {
    case Kind::kNull:
      return Value::Bool(true);
    case Kind::kBool:
      return Value::Bool(a.AsBool() == b.AsBool());
    case Kind::kString:
      return Value::Bool(a.AsString() == b.AsString());
    case Kind::kList:
      return EqualLists(context, a, b);
    case Kind::kMap:
      return EqualMaps(context, a, b);
    default:
      return Value::Bool(false);
  }
}

Value UnifyBranch(Context& context, Value chosen, Value other) {
  if (chosen.IsUnknown() || chosen.IsError() || chosen.IsNull()) return chosen;
  if (other.IsUnknown() || other.IsError() || other.IsNull()) return chosen;
  const bool collections = chosen.IsList() || chosen.IsMap();
  if (chosen.kind() == other.kind() && !collections) return chosen;
  const std::optional<Type> type = Unify(TypeOf(chosen), TypeOf(other));
  if (!type.has_value()) return chosen;
  const Value unified = Convert(context, chosen, *type);
  return unified.IsError() ? chosen : unified;
}

Value Blend(Context& context, Value a, Value b, Value unknown) {
  const bool lists = a.IsList() && b.IsList() && a.size() == b.size() && a.shape() == b.shape();
  if (lists && a.shape() != Shape::kSet) {
    std::vector<Value> items;
    for (std::size_t i = 0; i < a.size(); ++i) {
      items.push_back(Blend(context, a.AsList()[i], b.AsList()[i], unknown));
    }
    return context.List(items, a.shape()).At(a.range()).Via(a.via());
  }
  if (a.IsMap() && b.IsMap()) return BlendMaps(context, a, b, unknown);
  if (a.IsUnknown() || b.IsUnknown()) return unknown;
  return Equals(context, a, b).IsTrue() ? a : unknown;
}

Value IndexValue(Context& context, Value collection, Value key, Range range) {
  if (collection.IsError()) return collection;
  if (key.IsError()) return key;
  if (collection.IsUnknown()) return IndexUnknown(context, collection, key, range);
  if (collection.IsNull()) return context.Error("null has no attributes and no elements", range);
  if (key.IsUnknown()) return Waiting(key, range);
  if (key.IsNull()) return context.Error("the index is null", range);
  Value found;
  if (collection.IsList()) {
    found = IndexList(context, collection, key, range);
  } else if (collection.IsMap()) {
    found = IndexMap(context, collection, key, range);
  } else {
    return context.Error(std::string(KindName(collection)) + " has no attributes and no elements",
                         range);
  }
  // What is found in a value has come the same way, if it says nothing nearer.
  if (found.via() == OriginId::kNone) found = found.Via(collection.via());
  return collection.IsSensitive() ? found.Sensitive() : found;
}

int Order(Value a, Value b) {
  const std::strong_ordering order = OrderOf(a, b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

Value MakeSet(Context& context, std::vector<Value> items) {
  if (std::ranges::any_of(items, HasUnknown)) return context.List(items, Shape::kSet);
  std::ranges::sort(items, [](Value a, Value b) { return Order(a, b) < 0; });
  const auto same = [](Value a, Value b) { return Order(a, b) == 0; };
  items.erase(std::unique(items.begin(), items.end(), same), items.end());
  return context.List(items, Shape::kSet);
}

bool HasUnknown(Value value) { return !FirstUnknown(value).IsNull(); }

bool HasSensitive(Value value) {
  if (value.IsSensitive()) return true;
  if (value.IsList()) return std::ranges::any_of(value.AsList(), HasSensitive);
  if (!value.IsMap()) return false;
  return std::ranges::any_of(value.AsMap(),
                             [](const MapEntry& entry) { return HasSensitive(entry.value); });
}

Value FirstUnknown(Value value) {
  if (value.IsUnknown()) return value;
  if (value.IsList()) {
    for (const Value& item : value.AsList()) {
      if (const Value found = FirstUnknown(item); !found.IsNull()) return found;
    }
  }
  if (value.IsMap()) {
    for (const MapEntry& entry : value.AsMap()) {
      if (const Value found = FirstUnknown(entry.value); !found.IsNull()) return found;
    }
    if (value.OpenRest() != nullptr) return *value.OpenRest();
  }
  return Value::Null();
}

}  // namespace restorable::terraform
