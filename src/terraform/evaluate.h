#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "hcl/tree.h"
#include "terraform/context.h"
#include "value/value.h"

namespace restorable::terraform {

// A name that a `for`, a `dynamic` block, `each` or a template's variables give a value. Scopes lie
// on the stack, the innermost first.
struct Scope {
  const Scope* outer = nullptr;
  std::string_view name;
  Value value;
};

struct Reference {
  enum class Kind : std::uint8_t {
    kVariable,
    kLocal,
    kModule,
    kResource,
    kData,
    kEphemeral,
    kPath,
    kOther,
  };
  Kind kind = Kind::kOther;
  std::string_view type;  // of a resource; the first word of kOther
  std::string_view name;
};

// `module.name.output`, or with `[key]` behind the name.
struct ModuleReference {
  std::string_view name;
  std::optional<Value> key;
  std::string_view output;
};

// What the names of a module stand for.
class Names {
 public:
  Names() = default;
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;
  virtual ~Names() = default;

  [[nodiscard]] virtual Value Get(const Reference& reference, Range range) = 0;
  // Asked for alone, so that an output does not wait for what the other ones wait for.
  [[nodiscard]] virtual Value GetOutput(const ModuleReference& reference, Range range) = 0;
};

// The value of an expression; what cannot be computed is an error, what is left open an unknown.
// `names` may be nullptr where only constants are allowed: then every reference is an error.
[[nodiscard]] Value Evaluate(Context& context, const hcl::Tree& tree, hcl::NodeId node,
                             Names* names, const Scope* scope = nullptr);

// The entries of a map in the order of their keys, as every iteration takes them.
[[nodiscard]] std::vector<MapEntry> SortedEntries(Value map);

// A value in the midst of text. Null, lists and maps are errors.
[[nodiscard]] Value ToText(Context& context, Value value, Range range);

}  // namespace restorable::terraform
