#include "arm/object_builder.h"

#include "arm/operators.h"
#include "arm/symbol.h"
#include "base/text.h"
#include "value/hash.h"

namespace restorable::arm {
namespace {

bool MayBeObject(Value value) {
  if (!IsSymbol(value)) return value.IsMap();
  const TypeKind kind = AsSymbol(value).kind;
  return kind == TypeKind::kAny || kind == TypeKind::kObject;
}

// Whether two values under one key become one object. Of a symbol that meets an object it is taken
// to be one.
bool Merges(Value a, Value b) {
  return (a.IsMap() || b.IsMap()) && MayBeObject(a) && MayBeObject(b);
}

}  // namespace

Value MemberOf(Context& context, Value value) {
  if (!value.IsError()) return value;
  const Range range = value.AsError().range;
  const UnknownReason reason = IsLimit(value) ? UnknownReason::kLimit : UnknownReason::kEvalError;
  const Value unknown = context.Unknown(reason, value.AsError().message, range);
  const std::string term = "error#" + std::to_string(context.NextNumber());
  return MakeTerm(context, {.text = term}, unknown);
}

std::size_t ObjectBuilder::Hash::operator()(std::string_view key) const { return HashKey(key); }

void ObjectBuilder::Set(Value key, Value value) {
  const auto [place, added] = numbers_.try_emplace(AsciiLower(key.AsString()), entries_.size());
  if (added) {
    entries_.push_back({key, value});
  } else {
    entries_[place->second].value = value;
  }
}

void ObjectBuilder::Add(Value key, Value value) {
  if (key.IsString()) return Set(key, value);
  const Piece first = PiecesOf(key)[0];
  if (!IsTextSymbol(key) || first.term || !first.text.starts_with('/')) return AddUnknown(key);
  Set(context_.String(Braced(key)).At(key.range()), value);
}

void ObjectBuilder::AddUnknown(Value symbol) {
  const Value because = IsSymbol(symbol) ? symbol : *FirstSymbol(symbol);
  for (MapEntry& entry : entries_) {
    const Value parts[] = {entry.key, entry.value, because};
    entry.value = Derived(context_, "merged", parts, TypeKind::kAny, entry.value.range());
  }
  rest_ = because;
}

Value ObjectBuilder::Merge(Value object, bool deep, Range range) {
  if (object.IsError()) return object;
  if (IsSymbol(object)) {
    AddUnknown(object);
    return Value::Null();
  }
  if (!object.IsMap()) {
    return context_.Error("objects are merged, found " + std::string(KindName(object)), range);
  }
  if (!context_.Spend(object.size())) return context_.Limit("evaluation_steps", range);
  if (object.OpenRest() != nullptr) AddUnknown(*object.OpenRest());
  for (const MapEntry& entry : object.AsMap()) {
    const auto known = numbers_.find(AsciiLower(entry.key.AsString()));
    if (!deep || known == numbers_.end() || !Merges(entries_[known->second].value, entry.value)) {
      Set(entry.key, entry.value);
      continue;
    }
    ObjectBuilder inner(context_);
    const Value outer = inner.Merge(entries_[known->second].value, deep, range);
    const Value failure = outer.IsError() ? outer : inner.Merge(entry.value, deep, range);
    if (failure.IsError()) return failure;
    entries_[known->second].value = inner.Finish().At(entry.value.range());
  }
  return Value::Null();
}

Value ObjectBuilder::Finish() {
  return context_.Map(entries_, rest_.has_value() ? &*rest_ : nullptr);
}

}  // namespace restorable::arm
