#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "base/text.h"
#include "bicep/translator.h"

namespace restorable::bicep {
namespace {

using Kind = arm::TypeKind;

struct TypeWord {
  std::string_view word;
  Kind kind;
  bool secure = false;
};

constexpr TypeWord kTypeWords[] = {
    {"any", Kind::kAny},       {"array", Kind::kArray},
    {"bool", Kind::kBool},     {"int", Kind::kInt},
    {"object", Kind::kObject}, {"secureObject", Kind::kObject, true},
    {"string", Kind::kString}, {"secureString", Kind::kString, true},
};

Kind KindOf(Value value) {
  if (value.IsString()) return Kind::kString;
  if (value.Is(restorable::Kind::kInt)) return Kind::kInt;
  if (value.Is(restorable::Kind::kBool)) return Kind::kBool;
  return Kind::kAny;
}

}  // namespace

arm::TypeId Translator::TranslateType(TypeId id, List<Decorator> decorators) {
  if (id == TypeId::kNone) return arm::TypeId::kNone;
  return out_->Add(MakeType(id, decorators));
}

arm::Type Translator::MakeType(TypeId id, List<Decorator> decorators) {
  arm::Type type = MakeType(id);
  Decorate(decorators, type);
  return type;
}

arm::Type Translator::MakeType(TypeId id) {
  const TypeNode& node = tree_[id];
  const auto of_kind = [&](Kind kind) {
    arm::Type type;
    type.range = node.range;
    type.kind = kind;
    return type;
  };
  return std::visit(
      Overloaded{
          [&](const MissingType&) { return of_kind(Kind::kAny); },
          [&](const TypeName& name) { return MakeNamed(tree_[name.name], node.range); },
          [&](const LiteralType& literal) { return MakeLiteralType(literal.value, node.range); },
          // The types of the services are not known here.
          [&](const GenericType&) { return of_kind(Kind::kAny); },
          [&](const ResourceType&) { return of_kind(Kind::kAny); },
          [&](const PropertyType& property) {
            const Name& name = tree_[property.name];
            if (const auto* const space = std::get_if<TypeName>(&tree_[property.type].type)) {
              const Name& outer = tree_[space->name];
              const std::string whole = std::string(outer.text) + "." + std::string(name.text);
              const Symbol* const symbol = FindSymbol(outer.text);
              if (symbol != nullptr && symbol->kind == SymbolKind::kNamespace) {
                return MakeNamed({out_->arena().Copy(whole), node.range}, node.range);
              }
              if (symbol == nullptr && outer.text == "sys") return MakeNamed(name, node.range);
            }
            return MemberOf(MakeType(property.type), name.text, node.range);
          },
          [&](const ElementType& element) {
            const arm::Type of = MakeType(element.type);
            const bool known =
                of.items != arm::TypeId::kNone && element.kind != ElementType::Kind::kIndex;
            return known ? (*out_)[of.items] : of_kind(Kind::kAny);
          },
          [&](const ArrayType& array) {
            arm::Type type = of_kind(Kind::kArray);
            type.items = out_->Add(MakeType(array.items));
            return type;
          },
          [&](const NullableType& nullable) {
            arm::Type type = MakeType(nullable.type);
            type.nullable = true;
            return type;
          },
          [&](const NonNullType& inner) {
            arm::Type type = MakeType(inner.type);
            type.nullable = false;
            return type;
          },
          [&](const UnionType& members) { return MakeUnion(members.members, node.range); },
          [&](const ObjectType& object) { return MakeObject(object.members, node.range); },
          [&](const TupleType&) { return of_kind(Kind::kArray); },
      },
      node.type);
}

// A word of the language, or a type that is declared or imported.
arm::Type Translator::MakeNamed(const Name& name, Range range) {
  arm::Type type;
  type.range = range;
  const bool declared = std::ranges::any_of(
      made_.types, [&](const arm::TypeDefinition& row) { return row.name.text == name.text; });
  if (declared) {
    type.kind = Kind::kReference;
    type.reference = NameOf(name);
    return type;
  }
  const auto* const row = std::ranges::find(kTypeWords, name.text, &TypeWord::word);
  if (row == std::end(kTypeWords)) return type;
  type.kind = row->kind;
  type.secure = row->secure;
  return type;
}

arm::Type Translator::MakeLiteralType(NodeId value, Range range) {
  arm::Type type;
  type.range = range;
  const arm::NodeId made = Translate(value);
  const auto* const literal = std::get_if<arm::Literal>(&(*out_)[made].expression);
  if (literal != nullptr && literal->value.IsNull()) {
    type.nullable = true;
    return type;
  }
  // -1 is an operator and its operand.
  const bool number = std::holds_alternative<arm::Unary>((*out_)[made].expression);
  type.kind = literal != nullptr ? KindOf(literal->value) : number ? Kind::kInt : Kind::kAny;
  type.allowed = out_->Add(range, arm::Array{out_->Add(std::span(&made, 1))});
  return type;
}

// Of literals the list of what is allowed; of others the kind that all of them have.
arm::Type Translator::MakeUnion(List<TypeId> members, Range range) {
  arm::Type type;
  type.range = range;
  std::vector<arm::NodeId> allowed;
  bool literal = true;
  bool first = true;
  for (const TypeId id : tree_[members]) {
    const arm::Type member = MakeType(id);
    type.nullable = type.nullable || member.nullable;
    type.secure = type.secure || member.secure;
    const bool null = member.nullable && member.kind == Kind::kAny;
    if (null) continue;
    const bool same = first || (type.kind == member.kind && member.kind != Kind::kReference);
    type.kind = same ? member.kind : Kind::kAny;
    if (first) type.reference = member.reference;
    first = false;
    literal = literal && member.allowed != arm::NodeId::kNone;
    if (!literal) continue;
    const auto& list = std::get<arm::Array>((*out_)[member.allowed].expression);
    const std::span<const arm::NodeId> items = (*out_)[list.items];
    allowed.insert(allowed.end(), items.begin(), items.end());
  }
  const bool alone = tree_[members].size() == 1;
  if (type.kind == Kind::kReference && !alone) type.kind = Kind::kAny;
  if (literal && !allowed.empty()) {
    type.allowed = out_->Add(range, arm::Array{out_->Add(allowed)});
  }
  return type;
}

arm::Type Translator::MakeObject(List<TypeMember> members, Range range) {
  arm::Type type;
  type.range = range;
  type.kind = Kind::kObject;
  for (const TypeMember& member : tree_[members]) {
    if (member.type == TypeId::kNone) continue;
    const arm::TypeId made = TranslateType(member.type, member.decorators);
    if (member.kind == TypeMember::Kind::kRest) {
      type.items = made;
    } else {
      type.members.push_back({NameOf(member.name), made});
    }
  }
  return type;
}

// The type of a property of a type, which may be declared here or in another file. Of one from
// another file no more is known than its kind.
arm::Type Translator::MemberOf(const arm::Type& type, std::string_view name, Range range) {
  constexpr int kMostReferences = 32;
  const arm::Template* where = &made_;
  const arm::Type* at = &type;
  for (int i = 0; i < kMostReferences && at->kind == Kind::kReference; ++i) {
    const auto find = [&](std::string_view wanted) {
      return std::ranges::find_if(
          where->types, [&](const arm::TypeDefinition& row) { return row.name.text == wanted; });
    };
    auto definition = find(at->reference.text);
    if (definition != where->types.end() && definition->import.from != nullptr) {
      const std::string_view there = definition->import.name;
      where = definition->import.from;
      definition = find(there);
    }
    if (definition == where->types.end()) break;
    if (where == &made_) {
      TranslateDeclared(static_cast<std::size_t>(definition - where->types.begin()));
    }
    if (definition->type == arm::TypeId::kNone) break;
    at = &(*where->tree)[definition->type];
  }
  arm::Type found;
  const auto member = std::ranges::find_if(
      at->members, [&](const arm::TypeMember& row) { return row.name.text == name; });
  if (member != at->members.end() && member->type != arm::TypeId::kNone) {
    const arm::Type& declared = (*where->tree)[member->type];
    if (where == &made_) {
      found = declared;
    } else {
      found.kind = declared.kind == Kind::kReference ? Kind::kAny : declared.kind;
      found.nullable = declared.nullable;
      found.secure = declared.secure;
    }
  }
  found.range = range;
  return found;
}

void Translator::Decorate(List<Decorator> decorators, arm::Type& type) {
  for (const Decorator& decorator : tree_[decorators]) {
    const std::string_view name = decorator.name.text;
    if (name == "secure") type.secure = true;
    constexpr std::pair<std::string_view, arm::NodeId arm::Type::*> kWithValue[] = {
        {"allowed", &arm::Type::allowed},   {"minValue", &arm::Type::least},
        {"maxValue", &arm::Type::most},     {"minLength", &arm::Type::shortest},
        {"maxLength", &arm::Type::longest},
    };
    for (const auto& [word, member] : kWithValue) {
      if (name == word && decorator.arguments.count == 1) {
        type.*member = Translate(tree_[decorator.arguments][0]);
      }
    }
  }
}

}  // namespace restorable::bicep
