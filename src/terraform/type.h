#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hcl/tree.h"
#include "terraform/context.h"
#include "value/value.h"

namespace restorable::terraform {

enum class TypeKind : std::uint8_t {
  kAny,
  kBool,
  kNumber,
  kString,
  kList,
  kSet,
  kMap,
  kTuple,
  kObject,
};

// A type or a type constraint.
struct Type {
  struct Member {
    std::string_view name;  // of an attribute of an object; in the arena or a source file
    bool optional = false;
    std::optional<Value> fallback = std::nullopt;  // optional(type, fallback)
  };

  TypeKind kind = TypeKind::kAny;
  std::vector<Type> items = {};      // the element of a list, set or map; the members' types
  std::vector<Member> members = {};  // kObject, beside `items`
};

// "string", "list(number)", "object({a = bool})".
[[nodiscard]] std::string Describe(const Type& type);

// The type of a value; kAny for null and for what is unknown.
[[nodiscard]] Type TypeOf(Value value);

// The type that values of both can be converted to, as the two sides of a conditional are.
[[nodiscard]] std::optional<Type> Unify(const Type& a, const Type& b);
[[nodiscard]] std::optional<Type> UnifyAll(const std::vector<Type>& types);

// The value as one of that type, or an error: "a list of string is required, found a number".
// Attributes that an object type does not name are dropped; optional ones are filled in. What is
// unknown stays unknown.
[[nodiscard]] Value Convert(Context& context, Value value, const Type& type);

// "a string", "a number", "an object", "null".
[[nodiscard]] std::string_view KindName(Value value);

}  // namespace restorable::terraform
