#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "policy/rule.h"

// CEL as it stands in files of rules.
namespace restorable::policy {

// The rule files of a run, by number.
using RuleSources = std::span<const std::unique_ptr<SourceFile>>;

// Turns ranges that count in the text of an expression into ranges of the file that it stands in.
void ToRuleFile(const Expression& expression, RuleSources sources,
                std::span<Diagnostic> diagnostics);

// A compiler that reports in the rule files.
class ExpressionCompiler {
 public:
  ExpressionCompiler(RuleSources sources, const Limits& limits,
                     std::vector<Diagnostic>& diagnostics)
      : sources_(sources), limits_(limits), diagnostics_(diagnostics) {}

  [[nodiscard]] std::optional<cel::Program> Compile(const cel::Environment& environment,
                                                    const Expression& expression);
  // An expression that gives exactly one of `types`; `field` is where it stands ("assert").
  [[nodiscard]] std::optional<cel::Program> Compile(const cel::Environment& environment,
                                                    const Expression& expression,
                                                    std::string_view field,
                                                    std::span<const std::string_view> types);
  void AddDefinition(cel::Environment& environment, std::string_view name,
                     std::span<const std::string> parameters, const Expression& expression);

  [[nodiscard]] std::vector<Diagnostic>& diagnostics() { return diagnostics_; }

 private:
  RuleSources sources_;
  const Limits& limits_;
  std::vector<Diagnostic>& diagnostics_;
};

}  // namespace restorable::policy
