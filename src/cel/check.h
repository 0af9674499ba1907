#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "cel/environment.h"
#include "cel/function.h"
#include "cel/tree.h"
#include "cel/type.h"

namespace restorable::cel {

struct Definition;

// What a node's name stands for.
struct LocalRef {
  std::uint32_t local = 0;
};
struct TypeRef {
  Value value;
};
// The overloads that the types of the arguments leave, all of one style.
struct FunctionRef {
  const Function* function = nullptr;
  bool member = false;  // false: the receiver, if any, is part of the function's name
  Run<const Overload*> candidates;
};
struct DefinitionRef {
  std::shared_ptr<const Definition> definition;
};
// The first of the locals that the node binds.
struct Binds {
  std::uint32_t local = 0;
};
// monostate: nothing to resolve, or nothing found.
using Resolution =
    std::variant<std::monostate, SlotId, LocalRef, TypeRef, FunctionRef, DefinitionRef, Binds>;

struct CheckResult {
  std::vector<Resolution> resolutions;  // by node
  std::vector<const Overload*> candidates;
  std::uint32_t locals = 0;
  Type type;
  std::vector<Diagnostic> diagnostics;

  [[nodiscard]] const Resolution& operator[](NodeId id) const {
    return resolutions[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::span<const Overload* const> operator[](Run<const Overload*> run) const {
    return std::span(candidates).subspan(run.first, run.count);
  }
};

// Finds out what every name stands for and which types there are. What is wrong is reported and
// taken to be dyn, so that the rest is still checked. `parameters` are the first locals.
[[nodiscard]] CheckResult Check(const Environment& environment, const Tree& tree,
                                std::span<const std::string> parameters = {});

}  // namespace restorable::cel
