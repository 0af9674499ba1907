#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "arm/context.h"
#include "value/value.h"

namespace restorable::arm {

// An error as a member of an object or array: a symbol that keeps its message, so that the other
// members stay known. Anything else is itself.
[[nodiscard]] Value MemberOf(Context& context, Value value);

// Puts an object together whose keys compare without regard to case: a key that comes again keeps
// its place and gets the new value.
class ObjectBuilder {
 public:
  explicit ObjectBuilder(Context& context) : context_(context) {}

  void Set(Value key, Value value);
  // Under a text. An id is a key by its text in braces, as far as it is not known; any other text
  // that is not known may be any key.
  void Add(Value key, Value value);
  // Entries nobody knows come now: those so far may be overwritten.
  void AddUnknown(Value symbol);
  // Adds the entries of an object; with `deep`, objects under the same key are merged. Null after
  // an object or a symbol, else an error.
  [[nodiscard]] Value Merge(Value object, bool deep, Range range);
  [[nodiscard]] Value Finish();

 private:
  struct Hash {
    [[nodiscard]] std::size_t operator()(std::string_view key) const;
  };

  Context& context_;
  std::vector<MapEntry> entries_;
  std::unordered_map<std::string, std::size_t, Hash> numbers_;  // of entries, by key in lower case
  std::optional<Value> rest_;
};

}  // namespace restorable::arm
