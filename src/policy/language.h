#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "cel/activation.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "policy/cel_text.h"
#include "policy/definitions.h"
#include "policy/lazy.h"
#include "policy/reach.h"
#include "resource/resource.h"
#include "value/value.h"

namespace restorable::policy {

// The functions of the libraries, each compiled when an expression first calls it: a run needs few
// of them. They have been compiled before, without an error.
class LazyFunctions : public cel::DefinitionSource {
 public:
  LazyFunctions(const cel::Environment& environment, std::span<const LibraryFunction> functions);

  [[nodiscard]] const std::shared_ptr<const cel::Definition>* Find(
      std::string_view name) const override;
  [[nodiscard]] std::vector<std::string_view> Names() const override;

 private:
  struct Entry {
    const LibraryFunction* function = nullptr;
    Lazy<std::shared_ptr<const cel::Definition>> definition;
  };

  const cel::Environment& environment_;
  std::map<std::string_view, Entry> entries_;
};

// What all expressions of rules may speak of, and the slots under which a session provides it. A
// check adds its own parameters and variables on top.
struct Language {
  struct ResourceSlots {
    cel::SlotId type, address, language, mode, operation, namespace_, name;
  };
  struct LibraryVariable {
    cel::SlotId slot;
    cel::Program program;
    Reach reach;
  };

  Language() = default;
  Language(const Language&) = delete;  // its functions point into it
  Language& operator=(const Language&) = delete;

  cel::Environment environment;
  std::unique_ptr<LazyFunctions> functions;  // if they are compiled late
  cel::SlotId object{}, old_object{}, request{}, namespace_object{}, authorizer{};
  ResourceSlots resource{};
  std::vector<std::pair<cel::SlotId, Value>> data;
  std::vector<LibraryVariable> variables;  // each uses earlier ones only

  // Whether that variable is a table of data, the same for all resources of a run.
  [[nodiscard]] bool IsData(cel::SlotId slot) const;
  // What `program` sees, through library variables too. Its other variables the caller adds.
  [[nodiscard]] Reach ReachOf(const cel::Program& program) const;
};

enum class Functions : std::uint8_t {
  kCompileNow,   // what is wrong in them is reported and not there
  kCompileLate,  // they are known to be right
};

// Compiles the libraries. `definitions` outlive the language.
[[nodiscard]] std::unique_ptr<const Language> MakeLanguage(const Definitions& definitions,
                                                           std::string_view as_of,
                                                           Functions functions,
                                                           ExpressionCompiler& compiler);

}  // namespace restorable::policy
