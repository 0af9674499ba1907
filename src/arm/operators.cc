#include "arm/operators.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "arm/closure.h"
#include "arm/json_text.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

// The messages of errors that `.?` turns into null.
constexpr std::string_view kNoProperty = "there is no property `";
constexpr std::string_view kNoItem = "there is no item ";

std::string_view OperatorName(BinaryOp op) {
  switch (op) {
    case BinaryOp::kOr:
      return "or";
    case BinaryOp::kAnd:
      return "and";
    case BinaryOp::kCoalesce:
      return "coalesce";
    case BinaryOp::kEqual:
    case BinaryOp::kNotEqual:
      return "equals";
    case BinaryOp::kEqualIgnoringCase:
    case BinaryOp::kNotEqualIgnoringCase:
      return "equalsIgnoringCase";
    case BinaryOp::kLess:
      return "less";
    case BinaryOp::kLessEqual:
      return "lessOrEquals";
    case BinaryOp::kGreater:
      return "greater";
    case BinaryOp::kGreaterEqual:
      return "greaterOrEquals";
    case BinaryOp::kAdd:
      return "add";
    case BinaryOp::kSubtract:
      return "sub";
    case BinaryOp::kMultiply:
      return "mul";
    case BinaryOp::kDivide:
      return "div";
    case BinaryOp::kModulo:
      return "mod";
  }
  return "";
}

bool IsNumber(Value value) { return value.Is(Kind::kInt) || value.Is(Kind::kDouble); }
double AsReal(Value value) {
  return value.Is(Kind::kInt) ? static_cast<double>(value.AsInt()) : value.AsDouble();
}

bool SameText(std::string_view a, std::string_view b, bool ignore_case) {
  return ignore_case ? EqualsIgnoringAsciiCase(a, b) : a == b;
}

// What is left of two texts behind the pieces that they begin with both.
std::pair<std::span<const Piece>, std::span<const Piece>> WithoutCommonFront(
    std::span<const Piece> a, std::span<const Piece> b) {
  while (!a.empty() && !b.empty() && a[0].term == b[0].term && a[0].text == b[0].text) {
    a = a.subspan(1);
    b = b.subspan(1);
  }
  return {a, b};
}

// Whether two texts begin with other letters.
bool FrontsDiffer(const std::vector<Piece>& a, const std::vector<Piece>& b, bool ignore_case) {
  const auto [left, right] = WithoutCommonFront(a, b);
  if (left.empty() || right.empty() || left[0].term || right[0].term) return false;
  const std::size_t length = std::min(left[0].text.size(), right[0].text.size());
  return !SameText(left[0].text.substr(0, length), right[0].text.substr(0, length), ignore_case);
}

bool EndsDiffer(const std::vector<Piece>& a, const std::vector<Piece>& b, bool ignore_case) {
  if (a.empty() || b.empty() || a.back().term || b.back().term) return false;
  const std::string_view left = a.back().text;
  const std::string_view right = b.back().text;
  const std::size_t length = std::min(left.size(), right.size());
  return !SameText(left.substr(left.size() - length), right.substr(right.size() - length),
                   ignore_case);
}

// One of which is a symbol: the same terms are the same value, and text with other known ends is
// another one.
std::optional<bool> EqualSymbols(Value a, Value b, bool ignore_case) {
  const auto known = [](Value value) { return !IsSymbol(value); };
  if (!known(a) && !known(b) && SameText(Canonical(a), Canonical(b), ignore_case)) return true;
  const auto never_null = [](Value value) { return IsSymbol(value) && !AsSymbol(value).nullable; };
  if ((a.IsNull() && never_null(b)) || (b.IsNull() && never_null(a))) return false;
  if (!IsText(a) || !IsText(b)) return std::nullopt;
  const std::vector<Piece> left = PiecesOf(a);
  const std::vector<Piece> right = PiecesOf(b);
  if (FrontsDiffer(left, right, ignore_case) || EndsDiffer(left, right, ignore_case)) return false;
  return std::nullopt;
}

std::optional<bool> EqualLists(Value a, Value b, bool ignore_case) {
  if (a.size() != b.size()) return false;
  std::optional<bool> all = true;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::optional<bool> same = Equal(a.AsList()[i], b.AsList()[i], ignore_case);
    if (same == false) return false;
    if (!same.has_value()) all = std::nullopt;
  }
  return all;
}

std::optional<bool> EqualMaps(Value a, Value b, bool ignore_case) {
  const bool open = a.OpenRest() != nullptr || b.OpenRest() != nullptr;
  if (!open && a.size() != b.size()) return false;
  std::optional<bool> all = open ? std::nullopt : std::optional(true);
  for (const MapEntry& entry : a.AsMap()) {
    const MapEntry* const other = FindKey(b, entry.key.AsString());
    if (other == nullptr) {
      if (b.OpenRest() == nullptr) return false;
      continue;
    }
    const std::optional<bool> same = Equal(entry.value, other->value, ignore_case);
    if (same == false) return false;
    if (!same.has_value()) all = std::nullopt;
  }
  return all;
}

Value Compare(Context& context, BinaryOp op, Value a, Value b, Range range) {
  int order = 0;
  if (IsNumber(a) && IsNumber(b)) {
    const bool ints = a.Is(Kind::kInt) && b.Is(Kind::kInt);
    const bool less = ints ? a.AsInt() < b.AsInt() : AsReal(a) < AsReal(b);
    const bool more = ints ? a.AsInt() > b.AsInt() : AsReal(a) > AsReal(b);
    order = less ? -1 : more ? 1 : 0;
  } else if (a.IsString() && b.IsString()) {
    const std::string left = AsciiLower(a.AsString());
    const std::string right = AsciiLower(b.AsString());
    order = left.compare(right);
  } else {
    return context.Error("`" + std::string(OperatorName(op)) +
                             "` compares two numbers or texts, found " + std::string(KindName(a)) +
                             " and " + std::string(KindName(b)),
                         range);
  }
  switch (op) {
    case BinaryOp::kLess:
      return Value::Bool(order < 0);
    case BinaryOp::kLessEqual:
      return Value::Bool(order <= 0);
    case BinaryOp::kGreater:
      return Value::Bool(order > 0);
    default:
      return Value::Bool(order >= 0);
  }
}

Value Compute(Context& context, BinaryOp op, Value a, Value b, Range range) {
  if (!a.Is(Kind::kInt) || !b.Is(Kind::kInt)) {
    return context.Error("`" + std::string(OperatorName(op)) + "` takes two integers, found " +
                             std::string(KindName(a)) + " and " + std::string(KindName(b)),
                         range);
  }
  const std::int64_t x = a.AsInt();
  const std::int64_t y = b.AsInt();
  std::int64_t result = 0;
  bool overflow = false;
  switch (op) {
    case BinaryOp::kAdd:
      overflow = __builtin_add_overflow(x, y, &result);
      break;
    case BinaryOp::kSubtract:
      overflow = __builtin_sub_overflow(x, y, &result);
      break;
    case BinaryOp::kMultiply:
      overflow = __builtin_mul_overflow(x, y, &result);
      break;
    default:
      if (y == 0) return context.Error("division by zero", range);
      overflow = y == -1 && x == std::numeric_limits<std::int64_t>::min();
      if (!overflow) result = op == BinaryOp::kDivide ? x / y : x % y;
  }
  return overflow ? context.Error("the result does not fit 64 bits", range) : Value::Int(result);
}

bool IsEquality(BinaryOp op) {
  return op == BinaryOp::kEqual || op == BinaryOp::kNotEqual ||
         op == BinaryOp::kEqualIgnoringCase || op == BinaryOp::kNotEqualIgnoringCase;
}

Value ApplyEquality(Context& context, BinaryOp op, Value a, Value b, Range range) {
  const bool ignore_case =
      op == BinaryOp::kEqualIgnoringCase || op == BinaryOp::kNotEqualIgnoringCase;
  const bool negated = op == BinaryOp::kNotEqual || op == BinaryOp::kNotEqualIgnoringCase;
  const std::optional<bool> same = Equal(a, b, ignore_case);
  if (same.has_value()) return Value::Bool(*same != negated).At(range);
  const Value operands[] = {a, b};
  const Value equal = Derived(context, OperatorName(op), operands, TypeKind::kBool, range);
  return negated ? Apply(context, UnaryOp::kNot, equal, range) : equal;
}

bool IsComparison(BinaryOp op) {
  return op == BinaryOp::kLess || op == BinaryOp::kLessEqual || op == BinaryOp::kGreater ||
         op == BinaryOp::kGreaterEqual;
}

Value AbsentProperty(Context& context, std::string_view name, Range range) {
  return context.Error(std::string(kNoProperty) + std::string(name) + "`", range);
}

// What is behind a symbol that is no text: one more term. `reference(id,full).properties` is
// `reference(id)`.
Value MemberOfSymbol(Context& context, Value object, std::string_view suffix) {
  constexpr std::string_view kFull = ",full)";
  const Symbol& symbol = AsSymbol(object);
  std::string text = Canonical(object);
  const bool full = text.starts_with("reference(") && text.ends_with(kFull);
  if (full && suffix == ".properties") {
    text.replace(text.size() - kFull.size(), kFull.size(), ")");
  } else {
    text += suffix;
  }
  const Value member = MakeTerm(context, {.text = text}, symbol.unknown);
  return object.IsSensitive() ? member.Sensitive() : member;
}

}  // namespace

Value Derived(Context& context, std::string_view operation, std::span<const Value> operands,
              TypeKind kind, Range range) {
  std::string text(operation);
  text += '(';
  std::optional<Value> unknown;
  bool sensitive = false;
  for (const Value& operand : operands) {
    if (text.back() != '(') text += ',';
    text += Canonical(operand);
    sensitive = sensitive || operand.IsSensitive();
    const std::optional<Value> symbol = FirstSymbol(operand);
    if (!symbol.has_value()) continue;
    const Value cause = AsSymbol(*symbol).unknown;
    unknown = unknown.has_value() ? Value::Unknown(context.arena, *unknown, cause) : cause;
  }
  text += ')';
  if (!unknown.has_value()) {
    unknown = context.Unknown(UnknownReason::kUnsupported, operation, range);
  }
  const bool nullable = kind == TypeKind::kAny;
  const Value term =
      MakeTerm(context, {.text = text, .kind = kind, .nullable = nullable}, *unknown).At(range);
  return sensitive ? term.Sensitive() : term;
}

Value Apply(Context& context, UnaryOp op, Value operand, Range range) {
  if (operand.IsError()) return operand;
  const std::span<const Value> operands(&operand, 1);
  if (op == UnaryOp::kNot) {
    if (IsSymbol(operand)) return Derived(context, "not", operands, TypeKind::kBool, range);
    if (operand.Is(Kind::kBool)) return Value::Bool(!operand.AsBool()).At(range);
    return context.Error("`!` takes a bool, found " + std::string(KindName(operand)), range);
  }
  if (IsSymbol(operand)) return Derived(context, "negate", operands, TypeKind::kInt, range);
  if (!operand.Is(Kind::kInt)) {
    return context.Error("`-` takes an integer, found " + std::string(KindName(operand)), range);
  }
  return Apply(context, BinaryOp::kSubtract, Value::Int(0), operand, range);
}

Value Apply(Context& context, BinaryOp op, Value a, Value b, Range range) {
  if (a.IsError()) return a;
  if (b.IsError()) return b;
  if (IsEquality(op)) return ApplyEquality(context, op, a, b, range);
  const bool comparison = IsComparison(op);
  if (IsSymbol(a) || IsSymbol(b)) {
    const Value operands[] = {a, b};
    return Derived(context, OperatorName(op), operands,
                   comparison ? TypeKind::kBool : TypeKind::kInt, range);
  }
  const Value result =
      comparison ? Compare(context, op, a, b, range) : Compute(context, op, a, b, range);
  return result.At(range);
}

// Values are no deeper than the limit on nesting.
std::optional<bool> Equal(Value a, Value b, bool ignore_case) {
  if (IsSymbol(a) || IsSymbol(b)) return EqualSymbols(a, b, ignore_case);
  if (IsNumber(a) && IsNumber(b)) {
    return a.Is(Kind::kInt) && b.Is(Kind::kInt) ? a.AsInt() == b.AsInt() : AsReal(a) == AsReal(b);
  }
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kBool:
      return a.AsBool() == b.AsBool();
    case Kind::kString:
      return SameText(a.AsString(), b.AsString(), ignore_case);
    case Kind::kList:
      return EqualLists(a, b, ignore_case);
    case Kind::kMap:
      return EqualMaps(a, b, ignore_case);
    default:
      return std::nullopt;
  }
}

const MapEntry* FindKey(Value map, std::string_view key) {
  if (!map.IsMap()) return nullptr;
  if (const MapEntry* const exact = map.FindEntry(key)) return exact;
  for (const MapEntry& entry : map.AsMap()) {
    if (EqualsIgnoringAsciiCase(entry.key.AsString(), key)) return &entry;
  }
  return nullptr;
}

Value GetProperty(Context& context, Value object, std::string_view name, Range range) {
  if (object.IsError()) return object;
  if (!context.Spend(1 + object.size() / 8)) return context.Limit("evaluation_steps", range);
  if (object.IsMap()) {
    if (const MapEntry* const entry = FindKey(object, name)) {
      return object.IsSensitive() ? entry->value.Sensitive() : entry->value;
    }
    const Value* const rest = object.OpenRest();
    if (rest == nullptr) return AbsentProperty(context, name, range);
    object = *rest;
  }
  if (IsSymbol(object) && !IsTextSymbol(object)) {
    return MemberOfSymbol(context, object, "." + AsciiLower(name));
  }
  if (object.IsNull()) return AbsentProperty(context, name, range);
  return context.Error(
      std::string(KindName(object)) + " has no property `" + std::string(name) + "`", range);
}

Value GetItem(Context& context, Value collection, Value index, bool from_end, Range range) {
  if (collection.IsError()) return collection;
  if (index.IsError()) return index;
  if (index.IsString()) return GetProperty(context, collection, index.AsString(), range);
  const Value operands[] = {collection, index};
  if (IsSymbol(index)) return Derived(context, "item", operands, TypeKind::kAny, range);
  if (IsSymbol(collection) && !IsTextSymbol(collection)) {
    return MemberOfSymbol(context, collection, (from_end ? "[^" : "[") + Canonical(index) + "]");
  }
  if (!index.Is(Kind::kInt)) {
    return context.Error("an index is an integer or a text, found " + std::string(KindName(index)),
                         range);
  }
  if (!collection.IsList()) {
    if (collection.IsNull()) return context.Error(std::string(kNoItem) + Canonical(index), range);
    return context.Error(std::string(KindName(collection)) + " has no items", range);
  }
  const auto size = static_cast<std::int64_t>(collection.size());
  const std::int64_t at = from_end ? size - index.AsInt() : index.AsInt();
  if (at < 0 || at >= size) {
    return context.Error(std::string(kNoItem) + std::to_string(index.AsInt()) + " in a list of " +
                             std::to_string(size),
                         range);
  }
  const Value item = collection.AsList()[static_cast<std::size_t>(at)];
  return collection.IsSensitive() ? item.Sensitive() : item;
}

bool IsAbsent(Value error) {
  if (!error.IsError() || error.AsError().absolute) return false;
  const std::string_view message = error.AsError().message;
  return message.starts_with(kNoProperty) || message.starts_with(kNoItem);
}

Value ToText(Context& context, Value value, Range range) {
  if (value.IsError()) return value;
  if (IsText(value)) return value.At(range);
  const std::span<const Value> operand(&value, 1);
  if (FirstSymbol(value).has_value()) {
    return Derived(context, "string", operand, TypeKind::kString, range);
  }
  std::string text;
  if (value.Is(Kind::kBool)) {
    text = value.AsBool() ? "True" : "False";
  } else if (!value.IsNull()) {
    AppendJson(text, value);
  }
  const Value made = context.String(text).At(range);
  return value.IsSensitive() ? made.Sensitive() : made;
}

Value ToFormatted(Context& context, Value value, Range range) {
  const Value text = ToText(context, value, range);
  if ((!value.IsList() && !value.IsMap()) || !text.IsString()) return text;
  std::string out;
  const std::string_view json = text.AsString();
  for (std::size_t at = 0; at < json.size(); ++at) {
    const bool escape = json[at] == '\\';
    const char c = escape ? json[++at] : json[at];
    if (escape && c == '"') {
      out += '"';
    } else if (escape || c == '\'') {
      out.append(1, '\\').append(1, c);
    } else {
      out += c == '"' ? '\'' : c;
    }
  }
  const Value made = context.String(out).At(range);
  return text.IsSensitive() ? made.Sensitive() : made;
}

std::string_view KindName(Value value) {
  if (IsClosure(value)) return "a lambda";
  if (IsSymbol(value)) return IsTextSymbol(value) ? "a text" : "a value that is not known";
  switch (value.kind()) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "a bool";
    case Kind::kInt:
    case Kind::kUint:
    case Kind::kDouble:
      return "a number";
    case Kind::kString:
      return "a text";
    case Kind::kList:
      return "an array";
    case Kind::kMap:
      return "an object";
    default:
      return "a value of another kind";
  }
}

std::optional<Value> FirstSymbol(Value value) {
  if (IsSymbol(value)) return value;
  if (value.IsList()) {
    for (const Value& item : value.AsList()) {
      if (const auto found = FirstSymbol(item)) return found;
    }
  }
  if (value.IsMap()) {
    if (value.OpenRest() != nullptr) return *value.OpenRest();
    for (const MapEntry& entry : value.AsMap()) {
      if (const auto found = FirstSymbol(entry.value)) return found;
    }
  }
  return std::nullopt;
}

bool HasSensitive(Value value) {
  if (value.IsSensitive()) return true;
  if (value.IsList()) return std::ranges::any_of(value.AsList(), HasSensitive);
  if (!value.IsMap()) return false;
  return std::ranges::any_of(value.AsMap(),
                             [](const MapEntry& entry) { return HasSensitive(entry.value); });
}

}  // namespace restorable::arm
