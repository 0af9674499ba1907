#pragma once

#include <string>
#include <vector>

#include "cel/plan.h"
#include "cel/tree.h"
#include "cel/type.h"

namespace restorable::cel {

// A function that is an expression over its parameters, which are the first locals of the plan.
struct Definition {
  std::string name;
  std::vector<std::string> parameters;
  std::string text;
  Tree tree;
  Plan plan;
  Type type;

  // "storageClass(claim)"
  [[nodiscard]] std::string Signature() const {
    std::string signature = name + "(";
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (i > 0) signature += ", ";
      signature += parameters[i];
    }
    return signature + ")";
  }
};

}  // namespace restorable::cel
