#pragma once

#include <set>
#include <string>
#include <string_view>

#include "cel/program.h"

namespace restorable::policy {

// What an expression sees beside the resource it is about.
struct Reach {
  bool deployment = false;                   // asks for other resources
  bool anything = false;                     // asks for kinds that are not literals
  std::set<std::string, std::less<>> kinds;  // asks for these: "StorageClass", an ARM type

  void Add(const Reach& other);
  // What the functions that `program` calls see; of its variables the caller knows.
  void AddCalls(const cel::Program& program);
};

}  // namespace restorable::policy
