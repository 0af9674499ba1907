#include "terraform/functions.h"
#include "terraform/operators.h"
#include "terraform/type.h"

namespace restorable::terraform {
namespace {

Value ConvertTo(Call& call, const Type& type) {
  const Value converted = Convert(call.context, call[0], type);
  return converted.IsError() ? call.Fail(converted.AsError().message) : converted;
}

Type CollectionOf(TypeKind kind) { return {.kind = kind, .items = {{}}, .members = {}}; }

}  // namespace

Value Can(Call& call) {
  if (call[0].IsUnknown()) return Waiting(call[0], call.range());
  return call.Return(!call[0].IsError());
}

// Null is a success, and an unknown too: it is not known to fail.
Value Try(Call& call) {
  for (const Value& value : call.arguments()) {
    if (!value.IsError()) return value;
  }
  return call.size() == 0 ? call.Fail("takes at least one argument") : call[call.size() - 1];
}

Value IsSensitive(Call& call) { return call.Return(call[0].IsSensitive()); }
Value Keep(Call& call) { return call[0]; }

// The author's word that it is none; a secret within it stays one.
Value NonSensitive(Call& call) {
  const Value value = call[0];
  if (!value.IsSensitive() || value.IsUnknown()) return value;
  const auto keep = [&](Value made) {
    return made.Shaped(value.shape()).At(value.range()).Via(value.via());
  };
  switch (value.kind()) {
    case Kind::kBool:
      return keep(Value::Bool(value.AsBool()));
    case Kind::kInt:
      return keep(Value::Int(value.AsInt()));
    case Kind::kDouble:
      return keep(Value::Double(value.AsDouble()));
    case Kind::kString:
      return keep(Value::String(value.AsString()));
    case Kind::kList:
      return keep(Value::List(value.AsList()));
    case Kind::kMap: {
      Arena& arena = call.context.arena;
      const Value* const rest = value.OpenRest();
      return keep(rest == nullptr ? Value::Map(arena, value.AsMap())
                                  : Value::OpenMap(arena, value.AsMap(), *rest));
    }
    default:
      return keep(Value::Null());
  }
}

Value Sensitive(Call& call) { return call[0].Sensitive(); }

Value ToBool(Call& call) { return ConvertTo(call, {.kind = TypeKind::kBool}); }
Value ToList(Call& call) { return ConvertTo(call, CollectionOf(TypeKind::kList)); }
Value ToMap(Call& call) { return ConvertTo(call, CollectionOf(TypeKind::kMap)); }
Value ToNumber(Call& call) { return ConvertTo(call, {.kind = TypeKind::kNumber}); }
Value ToSet(Call& call) { return ConvertTo(call, CollectionOf(TypeKind::kSet)); }
Value ToString(Call& call) { return ConvertTo(call, {.kind = TypeKind::kString}); }

}  // namespace restorable::terraform
