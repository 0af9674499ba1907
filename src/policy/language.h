#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "cel/activation.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "policy/cel_text.h"
#include "policy/definitions.h"
#include "policy/reach.h"
#include "resource/resource.h"
#include "value/value.h"

namespace restorable::policy {

// What all expressions of rules may speak of, and the slots under which a session provides it. A
// check adds its own parameters and variables on top.
struct Language {
  struct ResourceSlots {
    cel::SlotId type, address, language, mode, namespace_, name;
  };
  struct LibraryVariable {
    cel::SlotId slot;
    cel::Program program;
    Reach reach;
  };

  cel::Environment environment;
  cel::SlotId object{}, old_object{}, request{}, namespace_object{}, authorizer{};
  ResourceSlots resource{};
  std::vector<std::pair<cel::SlotId, Value>> data;
  std::vector<LibraryVariable> variables;  // each uses earlier ones only

  // What `program` sees, through library variables too. Its other variables the caller adds.
  [[nodiscard]] Reach ReachOf(const cel::Program& program) const;
};

// Compiles the libraries. What is wrong in them is reported and not there.
[[nodiscard]] Language MakeLanguage(const Definitions& definitions, std::string_view as_of,
                                    ExpressionCompiler& compiler);

}  // namespace restorable::policy
