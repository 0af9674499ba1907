#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "azure/shape.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "policy/cel_text.h"
#include "policy/definitions.h"
#include "policy/language.h"
#include "policy/reach.h"
#include "policy/rule.h"

// Checks and lowerings, ready to be evaluated.
namespace restorable::policy {

// A program of a check, and what there is to know of it before it is run.
struct Part {
  cel::Program program;
  Reach reach;
  bool per_item = false;  // depends on `item` or `index`
};

struct PartVariable {
  cel::SlotId slot;
  Part part;
};

// What checks and lowerings have in common: what they apply to and their variables.
struct Scope {
  std::unique_ptr<cel::Environment> environment;  // the programs point into it
  std::vector<std::pair<cel::SlotId, Value>> params;
  std::vector<PartVariable> variables;
  std::vector<Part> guards;
  std::optional<Part> for_each;
  cel::SlotId item{}, index{};  // if for_each

  [[nodiscard]] std::size_t SlotCount() const { return environment->SlotCount(); }
};

struct CompiledNote {
  Part at;
  Part text;
};

struct CompiledCheck {
  Scope scope;
  std::optional<Part> assertion;  // absent if the check is broken
  std::optional<Part> at;
  std::optional<Part> message;
  std::vector<CompiledNote> notes;
  Reach reach;                    // of all of it
  bool verdict_is_local = false;  // the deployment matters to guards and to what is reported only
};

struct CompiledLowering {
  const Lowering* lowering = nullptr;
  Scope scope;
  std::optional<Part> unwrap;
  std::optional<Part> type_from;
  std::optional<Part> name;
  std::optional<Part> id;
  std::optional<Part> parent;
  std::vector<Part> leaves;
  std::optional<azure::Shape> body;
  Reach reach;
};

[[nodiscard]] CompiledCheck CompileCheck(const Rule& rule, const Check& check,
                                         const Language& language, ExpressionCompiler& compiler);
// With the condition as its only guard.
[[nodiscard]] Scope CompileLookup(const Lookup& lookup, const Language& language,
                                  ExpressionCompiler& compiler);
[[nodiscard]] CompiledLowering CompileLowering(const Lowering& lowering, const Language& language,
                                               ExpressionCompiler& compiler);

// Which of the rule's parameters no check reads.
void ReportUnusedParams(const Rule& rule, std::span<const CompiledCheck* const> checks,
                        std::vector<Diagnostic>& diagnostics);

}  // namespace restorable::policy
