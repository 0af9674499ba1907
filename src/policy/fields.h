#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "value/value.h"

namespace restorable::policy {

// "a string", "a list", "null": how a message calls what stands in the wrong place.
[[nodiscard]] std::string Describe(Value value);

// "; did you mean `x`?", or nothing.
[[nodiscard]] std::string Suggestion(std::string_view name,
                                     std::span<const std::string_view> candidates);

// The entries of a map of which it is known what they can be. Reports those that are none of
// `names`, and, as they are asked for, those of the wrong type.
class Fields {
 public:
  // `owner` is what messages call the map ("a check").
  Fields(Value map, std::string_view owner, std::span<const std::string_view> names,
         std::vector<Diagnostic>& diagnostics);

  [[nodiscard]] bool ok() const { return map_.IsMap(); }

  // nullptr, empty or the default if it is absent or of the wrong type.
  [[nodiscard]] const Value* Get(std::string_view name) const { return map_.Find(name); }
  [[nodiscard]] const Value* String(std::string_view name);
  [[nodiscard]] const Value* List(std::string_view name);
  [[nodiscard]] const Value* Map(std::string_view name);
  [[nodiscard]] std::string_view Text(std::string_view name);
  [[nodiscard]] std::optional<bool> Bool(std::string_view name);
  // The strings of a list; what is none is reported and left out.
  [[nodiscard]] std::vector<Value> Strings(std::string_view name);
  // The place of the string among `choices`.
  [[nodiscard]] std::optional<std::size_t> Choice(std::string_view name,
                                                  std::span<const std::string_view> choices);
  // The same for a field that must be there.
  [[nodiscard]] const Value* Require(std::string_view name);
  [[nodiscard]] std::string_view RequireText(std::string_view name);

 private:
  [[nodiscard]] const Value* Typed(std::string_view name, Kind kind, std::string_view type);

  Value map_;
  std::string_view owner_;  // lives as long as this
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace restorable::policy
