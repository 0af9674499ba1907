#pragma once

#include <set>
#include <string>

#include "arm/context.h"
#include "value/value.h"

namespace restorable::arm {

// Turns what evaluation works with into what rules see.
class Settler {
 public:
  explicit Settler(Context& context) : context_(context) {}

  // The id of a resource of this deployment, a text.
  void AddId(Value id);

  // Symbols become unknown, but for ids of resources that are in this deployment or lie under one
  // that is: those become texts with braces. Entries of objects that are null are left out. With
  // `report`, what has no value is reported.
  [[nodiscard]] Value Settle(Value value, bool report);

 private:
  [[nodiscard]] Value SettleSymbol(Value value, bool report);
  [[nodiscard]] bool IsKnownId(Value text) const;
  void Report(Value unknown);

  Context& context_;
  std::set<std::string, std::less<>> ids_;  // in lower case
};

}  // namespace restorable::arm
