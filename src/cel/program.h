#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/range.h"
#include "cel/activation.h"
#include "cel/environment.h"
#include "cel/type.h"
#include "value/value.h"

namespace restorable::cel {

// An expression, resolved: names are slots, overloads are chosen where the types allow it, literal
// patterns are compiled. Constant and shared by all threads.
class Program {
 public:
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;
  ~Program();

  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] const Type& type() const;
  // The variables that the expression reads.
  [[nodiscard]] std::span<const SlotId> reads() const;

  // Allocates in `arena` only. An error carries the range of the failing expression in text().
  [[nodiscard]] Value Evaluate(Activation& activation, Arena& arena, Budget& budget) const;

  // The place an expression such as `object.spec.sku` names: the value that the longest prefix of
  // its selections and indexes leads to, and the key under which it was found.
  struct Place {
    Value value;
    Range key;              // none for a list item
    bool complete = false;  // false: only a prefix is there
  };
  [[nodiscard]] std::optional<Place> Locate(Activation& activation, Arena& arena,
                                            Budget& budget) const;

  struct Impl;
  [[nodiscard]] const Impl& impl() const { return *impl_; }
  explicit Program(std::unique_ptr<Impl> impl);

 private:
  std::unique_ptr<Impl> impl_;
};

struct CompileResult {
  std::optional<Program> program;       // absent after an error
  std::vector<Diagnostic> diagnostics;  // ranges count in the expression's own text
};

[[nodiscard]] CompileResult Compile(const Environment& environment, std::string_view text,
                                    const Limits& limits);

}  // namespace restorable::cel
