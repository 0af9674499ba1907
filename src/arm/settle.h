#pragma once

#include <map>
#include <set>
#include <string>

#include "arm/context.h"
#include "arm/principal.h"
#include "value/value.h"

namespace restorable::arm {

// Turns what evaluation works with into what rules see.
class Settler {
 public:
  explicit Settler(Context& context) : context_(context) {}

  // The id of a resource of this deployment, a text.
  void AddId(Value id);
  // A principal of the resource with that id.
  void AddPrincipal(Value id, const Principal& principal);

  // Symbols become unknown, but for ids of resources that are in this deployment or lie under one
  // that is by known names, of where they lie, and for principals of those: these become texts with
  // braces, {ID.identity.principalId} for a principal. Entries of objects that are null are left
  // out. With `report`, what has no value is reported.
  [[nodiscard]] Value Settle(Value value, bool report);

 private:
  [[nodiscard]] Value SettleSymbol(Value value, bool report);
  [[nodiscard]] bool IsKnownId(Value text) const;
  void Report(Value unknown);

  Context& context_;
  std::set<std::string, std::less<>> ids_;                      // in lower case
  std::set<std::string, std::less<>> places_;                   // groups and subscriptions likewise
  std::map<std::string, std::string, std::less<>> principals_;  // texts, by what reads them
};

}  // namespace restorable::arm
