#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/range.h"
#include "cel/activation.h"
#include "cel/diagnostics.h"
#include "cel/environment.h"
#include "cel/type.h"
#include "value/value.h"

namespace restorable::cel {

class Tree;

// An expression, resolved: names are slots, overloads are chosen where the types allow it, literal
// patterns are compiled. Constant and shared by all threads.
class Program {
 public:
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;
  ~Program();

  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] const Type& type() const;
  // What "must be bool" asks about.
  [[nodiscard]] bool Gives(std::string_view type) const { return this->type().name == type; }
  // The variables that the expression reads, those of the definitions it calls included.
  [[nodiscard]] std::span<const SlotId> reads() const;

  // A call of a function of a library, by its name as declared ("resources.list").
  struct Call {
    std::string_view function;
    std::optional<std::string_view> literal;  // the first argument, if it is a string literal
    Range range;                              // of the call that stands in text()
  };
  // Definitions included: their arguments do not count as literals.
  [[nodiscard]] std::span<const Call> calls() const;

  // What not every API server understands: a function, a macro, a piece of syntax.
  struct Feature {
    std::string_view name;
    int kubernetes_minor = 0;  // the first API server 1.N that has it; -1: none
    Range range;               // of what stands in text()
  };
  [[nodiscard]] std::span<const Feature> features() const;

  // Allocates in `arena` only. An error carries the range of the failing expression in text(), with
  // kExpressionFile for its file. A value that was read from a variable keeps its range and origin;
  // one that was computed has none.
  [[nodiscard]] Value Evaluate(Activation& activation, Arena& arena, Budget& budget) const;

  // As Evaluate, for an expression that gives a string: where one of the parts that are put
  // together is unknown, the text has `<unknown: what it waits for>` in its place.
  [[nodiscard]] Value EvaluateText(Activation& activation, Arena& arena, Budget& budget) const;

  // The place an expression such as `object.spec.sku` names: the value that the longest prefix of
  // its selections and indexes leads to, and the key under which it was found. Of `c ? a : b` the
  // chosen branch is meant, of a call of a definition its expression. Nothing if what the
  // selections start from is an error or an empty optional.
  struct Place {
    Value value;
    Range key;              // none for a list item, and when nothing was selected
    bool complete = false;  // false: only a prefix is there
  };
  [[nodiscard]] std::optional<Place> Locate(Activation& activation, Arena& arena,
                                            Budget& budget) const;

  // What was written, for exports; print.h makes text of it.
  [[nodiscard]] const Tree& syntax() const;

  struct Impl;
  [[nodiscard]] const Impl& impl() const { return *impl_; }
  explicit Program(std::unique_ptr<Impl> impl);

 private:
  std::unique_ptr<Impl> impl_;
};

struct CompileResult {
  std::optional<Program> program;       // absent after an error
  std::vector<Diagnostic> diagnostics;  // in the expression's own text, kExpressionFile
};

[[nodiscard]] CompileResult Compile(const Environment& environment, std::string_view text,
                                    const Limits& limits);

}  // namespace restorable::cel
