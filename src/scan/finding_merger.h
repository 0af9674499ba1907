#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "policy/finding.h"

namespace restorable::scan {

// Takes the findings of one template, which is deployed to several environments, for one another:
// what is found in all of them is one finding without environments.
class FindingMerger {
 public:
  // Those that are added from now on are of this environment, one of so many.
  void SetEnvironment(std::string name, std::size_t of) {
    environment_ = std::move(name);
    environments_ = of;
  }
  void Add(std::vector<policy::Finding> findings);
  [[nodiscard]] std::vector<policy::Finding> Take() { return std::move(findings_); }

 private:
  using Key = std::tuple<std::string, Range, std::string, std::string, policy::Verdict>;

  std::string environment_;
  std::size_t environments_ = 1;
  std::vector<policy::Finding> findings_;
  std::map<Key, std::size_t> places_;
};

}  // namespace restorable::scan
