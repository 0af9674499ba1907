#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "cel/activation.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "value/value.h"

namespace restorable::cel {

// An environment with all libraries, values for its variables, and results as text.
class Workbench {
 public:
  explicit Workbench(Environment::Options options = {});

  // Before the first evaluation.
  SlotId Declare(std::string_view name, std::string_view type = "dyn");
  void Define(std::string_view name, const std::vector<std::string>& parameters,
              std::string_view text);
  // Declares `name` as well.
  void Set(std::string_view name, Value value);

  // An unknown that waits for `what`.
  Value Unknown(std::string_view what);
  Value List(const std::vector<Value>& items);
  Value Map(const std::vector<MapEntry>& entries);
  // A map whose other entries wait for `rest`.
  Value OpenMap(const std::vector<MapEntry>& entries, std::string_view rest);

  // The result as JSON; "error: …" with the message of the first diagnostic or of the error.
  std::string Run(std::string_view text);
  // Without literals, which live as long as the program.
  Value Evaluate(std::string_view text);
  // The messages of all diagnostics, a line each, after what they point at: "[x] undeclared …".
  std::string Check(std::string_view text);
  // The deduced type.
  std::string TypeOf(std::string_view text);
  // What evaluating costs.
  std::uint64_t CostOf(std::string_view text);
  // What the error of evaluating points at.
  std::string ErrorText(std::string_view text);

  Environment& environment() { return environment_; }
  Arena& arena() { return arena_; }
  [[nodiscard]] Activation MakeActivation() const;

 private:
  struct Binding {
    SlotId slot;
    Value value;
  };

  CompileResult MustCompile(std::string_view text);

  Environment environment_;
  Arena arena_;
  std::vector<Binding> bindings_;
};

}  // namespace restorable::cel
