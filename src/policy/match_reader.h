#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "policy/rule.h"
#include "value/value.h"

namespace restorable::policy {

// Reads matches; knows those that libraries give a name.
class MatchReader {
 public:
  explicit MatchReader(std::vector<Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

  // `entries` is a list of selectors and names.
  void AddNamed(const MapEntry& entry);

  // Resolves all named matches, so that errors in unused ones show.
  void CheckNamed();

  // `match` is {kubernetes: […], azure: […], terraform: […], modules: […]}.
  [[nodiscard]] Match Read(Value match);

 private:
  struct Named {
    Value entries;
    enum class State { kUnread, kReading, kRead } state = State::kUnread;
    std::vector<Selector> selectors{};
  };

  void ReadEntries(Value entries, std::vector<Selector>& selectors);
  void ReadName(Value name, std::vector<Selector>& selectors);
  [[nodiscard]] Selector ReadSelector(Value entry);
  [[nodiscard]] const std::vector<Selector>& Resolve(Named& named);

  std::vector<Diagnostic>& diagnostics_;
  std::map<std::string, Named, std::less<>> named_;
  int depth_ = 0;
};

}  // namespace restorable::policy
