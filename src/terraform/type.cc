#include "terraform/type.h"

#include <algorithm>
#include <utility>

#include "terraform/number.h"
#include "terraform/operators.h"

namespace restorable::terraform {
namespace {

bool IsPrimitive(TypeKind kind) {
  return kind == TypeKind::kBool || kind == TypeKind::kNumber || kind == TypeKind::kString;
}
bool IsSequence(TypeKind kind) {
  return kind == TypeKind::kList || kind == TypeKind::kSet || kind == TypeKind::kTuple;
}
bool IsMapping(TypeKind kind) { return kind == TypeKind::kMap || kind == TypeKind::kObject; }

Type Of(TypeKind kind, Type element) {
  return {.kind = kind, .items = {std::move(element)}, .members = {}};
}

std::optional<Type> ElementOf(const Type& a) { return UnifyAll(a.items); }

std::optional<Type> UnifyElements(TypeKind kind, const Type& a, const Type& b) {
  std::vector<Type> all = a.items;
  all.insert(all.end(), b.items.begin(), b.items.end());
  std::optional<Type> element = UnifyAll(all);
  if (!element.has_value()) return std::nullopt;
  return Of(kind, *std::move(element));
}

bool SameMembers(const Type& a, const Type& b) {
  return std::ranges::equal(a.members, b.members, {}, &Type::Member::name, &Type::Member::name);
}

std::optional<Type> UnifyMembers(const Type& a, const Type& b) {
  Type unified{.kind = a.kind, .items = {}, .members = a.members};
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    std::optional<Type> item = Unify(a.items[i], b.items[i]);
    if (!item.has_value()) return std::nullopt;
    unified.items.push_back(*std::move(item));
  }
  return unified;
}

class Converter {
 public:
  explicit Converter(Context& context) : context_(context) {}

  Value Run(Value value, const Type& type);

 private:
  Value Fail(Value value, const Type& type) {
    return context_.Error(Describe(type) + " is required, found " + std::string(KindName(value)),
                          value.range());
  }
  Value Mixed(Value value, const Type& type) {
    return context_.Error(Describe(type) + " is required, and the elements have no type in common",
                          value.range());
  }
  Value Keep(Value made, Value from) const {
    made = made.At(from.range()).Via(from.via());
    return from.IsSensitive() ? made.Sensitive() : made;
  }
  Value ToPrimitive(Value value, const Type& type);
  Value ToSequence(Value value, const Type& type);
  Value ToMap(Value value, const Type& type);
  Value ToObject(Value value, const Type& type);

  Context& context_;
};

Value Converter::Run(Value value, const Type& type) {
  if (type.kind == TypeKind::kAny || value.IsNull() || value.IsUnknown() || value.IsError()) {
    return value;
  }
  if (!context_.Spend(1)) return context_.Limit("evaluation_steps", value.range());
  if (IsPrimitive(type.kind)) return ToPrimitive(value, type);
  if (IsSequence(type.kind)) return ToSequence(value, type);
  return type.kind == TypeKind::kMap ? ToMap(value, type) : ToObject(value, type);
}

Value Converter::ToPrimitive(Value value, const Type& type) {
  switch (type.kind) {
    case TypeKind::kString:
      if (value.IsString()) return value;
      if (value.Is(Kind::kBool))
        return Keep(Value::String(value.AsBool() ? "true" : "false"), value);
      if (IsNumber(value)) return Keep(context_.String(NumberText(value)), value);
      break;
    case TypeKind::kNumber:
      if (IsNumber(value)) return value;
      if (value.IsString()) {
        if (const auto number = ReadNumber(value.AsString())) return Keep(*number, value);
      }
      break;
    default:
      if (value.Is(Kind::kBool)) return value;
      if (value.IsString()) {
        const std::string_view text = value.AsString();
        if (text == "true" || text == "1") return Keep(Value::Bool(true), value);
        if (text == "false" || text == "0") return Keep(Value::Bool(false), value);
      }
  }
  return Fail(value, type);
}

Value Converter::ToSequence(Value value, const Type& type) {
  if (!value.IsList()) return Fail(value, type);
  const bool tuple = type.kind == TypeKind::kTuple;
  if (tuple && type.items.size() != value.size()) return Fail(value, type);
  std::vector<Value> items;
  items.reserve(value.size());
  // list(any) and the like take one type for all of them.
  Type element = tuple || type.items.empty() ? Type{} : type.items[0];
  if (!tuple && element.kind == TypeKind::kAny) {
    const std::optional<Type> common = ElementOf(TypeOf(value));
    if (!common.has_value()) return Mixed(value, type);
    element = *common;
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    const Value item = Run(value.AsList()[i], tuple ? type.items[i] : element);
    if (item.IsError()) return item;
    items.push_back(item);
  }
  if (type.kind == TypeKind::kSet) return Keep(MakeSet(context_, std::move(items)), value);
  return Keep(context_.List(items, tuple ? Shape::kFree : Shape::kUniform), value);
}

Value Converter::ToMap(Value value, const Type& type) {
  if (!value.IsMap()) return Fail(value, type);
  Type element = type.items.empty() ? Type{} : type.items[0];
  if (element.kind == TypeKind::kAny) {
    const std::optional<Type> common = ElementOf(TypeOf(value));
    if (!common.has_value()) return Mixed(value, type);
    element = *common;
  }
  std::vector<MapEntry> entries;
  entries.reserve(value.size());
  for (const MapEntry& entry : value.AsMap()) {
    const Value item = Run(entry.value, element);
    if (item.IsError()) return item;
    entries.push_back({entry.key, item});
  }
  if (const Value* const rest = value.OpenRest(); rest != nullptr) {
    const auto copy = context_.arena.Copy(std::span<const MapEntry>(entries));
    return Keep(Value::OpenMap(context_.arena, copy, *rest), value);
  }
  return Keep(context_.Map(entries, Shape::kUniform), value);
}

Value Converter::ToObject(Value value, const Type& type) {
  if (!value.IsMap()) return Fail(value, type);
  std::vector<MapEntry> entries;
  for (std::size_t i = 0; i < type.members.size(); ++i) {
    const Type::Member& member = type.members[i];
    const MapEntry* const given = value.FindEntry(member.name);
    const bool missing = given == nullptr || (member.optional && given->value.IsNull());
    Value item = Value::Null().At(value.range());
    if (given != nullptr) item = given->value;
    if (missing && value.OpenRest() != nullptr && given == nullptr) {
      item = *value.OpenRest();
    } else if (missing && member.optional) {
      item = member.fallback.value_or(item);
    } else if (missing) {
      return context_.Error("attribute `" + std::string(member.name) + "` is required",
                            value.range());
    }
    item = Run(item, type.items[i]);
    if (item.IsError()) return item;
    const Value key = given != nullptr ? given->key : Value::String(member.name).At(value.range());
    entries.push_back({key, item});
  }
  return Keep(context_.Map(entries), value);
}

}  // namespace

std::string_view KindName(Value value) {
  switch (value.kind()) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "a bool";
    case Kind::kString:
      return "a string";
    case Kind::kList:
      return value.shape() == Shape::kSet ? "a set" : "a list";
    case Kind::kMap:
      return "a map";
    case Kind::kUnknown:
      return "an unknown";
    case Kind::kError:
      return "an error";
    default:
      return "a number";
  }
}

std::string Describe(const Type& type) {
  const auto element = [&] {
    return type.items.empty() ? std::string("any") : Describe(type.items[0]);
  };
  switch (type.kind) {
    case TypeKind::kAny:
      return "any";
    case TypeKind::kBool:
      return "bool";
    case TypeKind::kNumber:
      return "number";
    case TypeKind::kString:
      return "string";
    case TypeKind::kList:
      return "list(" + element() + ")";
    case TypeKind::kSet:
      return "set(" + element() + ")";
    case TypeKind::kMap:
      return "map(" + element() + ")";
    case TypeKind::kTuple:
      return "tuple of " + std::to_string(type.items.size());
    case TypeKind::kObject:
      break;
  }
  std::string out = "object({";
  for (std::size_t i = 0; i < type.members.size(); ++i) {
    if (i != 0) out += ", ";
    out.append(type.members[i].name).append(" = ").append(Describe(type.items[i]));
  }
  return out + "})";
}

Type TypeOf(Value value) {
  switch (value.kind()) {
    case Kind::kBool:
      return {.kind = TypeKind::kBool};
    case Kind::kInt:
    case Kind::kDouble:
      return {.kind = TypeKind::kNumber};
    case Kind::kString:
      return {.kind = TypeKind::kString};
    case Kind::kList: {
      Type type{.kind = TypeKind::kTuple};
      for (const Value& item : value.AsList()) type.items.push_back(TypeOf(item));
      if (value.shape() == Shape::kFree) return type;
      const TypeKind kind = value.shape() == Shape::kSet ? TypeKind::kSet : TypeKind::kList;
      return Of(kind, UnifyAll(type.items).value_or(Type{}));
    }
    case Kind::kMap: {
      Type type{.kind = TypeKind::kObject};
      for (const MapEntry& entry : value.AsMap()) {
        type.items.push_back(TypeOf(entry.value));
        type.members.push_back({.name = entry.key.AsString()});
      }
      if (value.OpenRest() != nullptr) return {};  // it may have any members beside these
      if (value.shape() == Shape::kFree) return type;
      return Of(TypeKind::kMap, UnifyAll(type.items).value_or(Type{}));
    }
    default:
      return {};
  }
}

std::optional<Type> Unify(const Type& a, const Type& b) {
  if (a.kind == TypeKind::kAny) return b;
  if (b.kind == TypeKind::kAny) return a;
  if (IsPrimitive(a.kind) && IsPrimitive(b.kind)) {
    if (a.kind == b.kind) return a;
    if (a.kind == TypeKind::kString || b.kind == TypeKind::kString) {
      return Type{.kind = TypeKind::kString};
    }
    return std::nullopt;
  }
  if (IsSequence(a.kind) && IsSequence(b.kind)) {
    const bool tuples = a.kind == TypeKind::kTuple && b.kind == TypeKind::kTuple;
    if (tuples && a.items.size() == b.items.size()) return UnifyMembers(a, b);
    const bool set = a.kind == TypeKind::kSet || b.kind == TypeKind::kSet;
    return UnifyElements(set ? TypeKind::kSet : TypeKind::kList, a, b);
  }
  if (IsMapping(a.kind) && IsMapping(b.kind)) {
    const bool objects = a.kind == TypeKind::kObject && b.kind == TypeKind::kObject;
    if (objects && SameMembers(a, b)) return UnifyMembers(a, b);
    return UnifyElements(TypeKind::kMap, a, b);
  }
  return std::nullopt;
}

std::optional<Type> UnifyAll(const std::vector<Type>& types) {
  // Bools and numbers go together only where a string is among them.
  const auto simple = [](const Type& type) {
    return type.kind == TypeKind::kAny || IsPrimitive(type.kind);
  };
  const bool text = std::ranges::find(types, TypeKind::kString, &Type::kind) != types.end();
  if (text && std::ranges::all_of(types, simple)) return Type{.kind = TypeKind::kString};
  Type unified;
  for (const Type& type : types) {
    std::optional<Type> next = Unify(unified, type);
    if (!next.has_value()) return std::nullopt;
    unified = *std::move(next);
  }
  return unified;
}

Value Convert(Context& context, Value value, const Type& type) {
  return Converter(context).Run(value, type);
}

}  // namespace restorable::terraform
