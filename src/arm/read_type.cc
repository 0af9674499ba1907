#include <utility>

#include "arm/reader.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

struct TypeWord {
  std::string_view word;
  TypeKind kind;
  bool secure = false;
};

constexpr TypeWord kTypeWords[] = {
    {"string", TypeKind::kString}, {"securestring", TypeKind::kString, true},
    {"int", TypeKind::kInt},       {"bool", TypeKind::kBool},
    {"object", TypeKind::kObject}, {"secureobject", TypeKind::kObject, true},
    {"array", TypeKind::kArray},
};

constexpr std::string_view kDefinitions = "#/definitions/";

}  // namespace

// The parameter, output or definition itself, or a type within one.
TypeId Reader::ReadType(Value schema) {
  if (!schema.IsMap()) return TypeId::kNone;
  Type type{.range = schema.range()};
  if (const MapEntry* const word = FindIgnoringCase(schema, "type");
      word != nullptr && word->value.IsString()) {
    for (const TypeWord& row : kTypeWords) {
      if (!EqualsIgnoringAsciiCase(row.word, word->value.AsString())) continue;
      type.kind = row.kind;
      type.secure = row.secure;
    }
  }
  if (const MapEntry* const reference = FindIgnoringCase(schema, "$ref");
      reference != nullptr && reference->value.IsString() &&
      reference->value.AsString().starts_with(kDefinitions)) {
    type.kind = TypeKind::kReference;
    type.reference = NameOf(reference->value);
    type.reference.text.remove_prefix(kDefinitions.size());
  }
  if (const MapEntry* const nullable = FindIgnoringCase(schema, "nullable")) {
    type.nullable = nullable->value.IsTrue();
  }
  ReadConstraints(schema, type);
  if (const MapEntry* const members = FindIgnoringCase(schema, "properties");
      members != nullptr && members->value.IsMap()) {
    for (const MapEntry& member : members->value.AsMap()) {
      type.members.push_back({NameOf(member.key), ReadType(member.value)});
    }
  }
  for (const std::string_view key : {"items", "additionalProperties"}) {
    const MapEntry* const items = FindIgnoringCase(schema, key);
    if (items != nullptr) type.items = ReadType(items->value);
  }
  return tree_->Add(std::move(type));
}

void Reader::ReadConstraints(Value schema, Type& type) {
  type.allowed = ReadValue(schema, "allowedValues");
  type.least = ReadValue(schema, "minValue");
  type.most = ReadValue(schema, "maxValue");
  type.shortest = ReadValue(schema, "minLength");
  type.longest = ReadValue(schema, "maxLength");
}

}  // namespace restorable::arm
