#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "arm/template.h"
#include "base/range.h"
#include "value/value.h"

// What the names within an expression stand for.
namespace restorable::arm {

// A name that a lambda, a loop or a user-defined function gives a value, or the number of a round
// of a loop. The innermost comes first. They lie in the arena of the deployment.
struct Local {
  enum class Kind : std::uint8_t { kValue, kLoop, kResourceLoop };
  const Local* outer = nullptr;
  Kind kind = Kind::kValue;
  std::string_view name;  // of a loop: its label
  Value value;            // of a loop: the round, from 0
};

// The value of a local name; nullptr if there is none.
[[nodiscard]] const Value* FindLocal(const Local* locals, std::string_view name);

// Where a template is deployed: text or symbols, of which those count that its scope has.
struct Place {
  Scope scope = Scope::kResourceGroup;
  Value subscription;
  Value group;
  Value management_group;
  Value location;  // of the resource group; null where nobody gave it
};

// A member of a resource or module that Bicep names by symbol.
struct Member {
  std::string_view symbol;
  std::optional<Value> index;  // of the instance, where there is a loop
  std::string_view name;       // `id`, `name`, `properties`, …
  std::string_view output;     // of a module, where `name` is `outputs`
  bool lenient = false;        // null where the resource is not created
  bool joined = false;         // the name with those of the resources above it
};

// What `reference()` and its like ask for: an id, a symbol, or the name of a resource.
struct Referred {
  Value target;
  bool full = false;
  std::string_view output;  // only this output of a module, as {value: …}
};

class Names {
 public:
  Names() = default;
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;
  virtual ~Names() = default;

  [[nodiscard]] virtual Value GetParameter(std::string_view name, Range range) = 0;
  [[nodiscard]] virtual Value GetVariable(std::string_view name, Range range) = 0;
  [[nodiscard]] virtual Value CallFunction(std::string_view name, std::span<const Value> arguments,
                                           Range range) = 0;
  [[nodiscard]] virtual Value GetResource(std::string_view symbol, Range range) = 0;
  [[nodiscard]] virtual Value GetMember(const Member& member, Range range) = 0;
  // Whether there will be what a member is read from: a bool or a symbol.
  [[nodiscard]] virtual Value IsCreated(const Member& member) = 0;
  [[nodiscard]] virtual Value GetReference(const Referred& referred, Range range) = 0;
  // All instances of a loop.
  [[nodiscard]] virtual Value GetReferences(Value symbol, bool full, Range range) = 0;
  // {id, name, type, apiVersion} of the resource with a symbol.
  [[nodiscard]] virtual Value GetInfo(Value symbol, Range range) = 0;
  [[nodiscard]] virtual const Place& GetPlace() const = 0;
  // The name of the deployment of this template.
  [[nodiscard]] virtual Value GetDeploymentName(Range range) = 0;
};

}  // namespace restorable::arm
