#include "policy/cel_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "cel/diagnostics.h"
#include "policy/diagnostics.h"
#include "policy/rule_set.h"
#include "yaml/parse.h"

namespace restorable::policy {
namespace {

const SourceFile* FindSource(RuleSources sources, FileId file) {
  const auto number = static_cast<std::uint32_t>(file);
  const auto first = static_cast<std::uint32_t>(kFirstRuleFile);
  if (number < first || number - first >= sources.size()) return nullptr;
  return sources[number - first].get();
}

}  // namespace

void ToRuleFile(const Expression& expression, RuleSources sources,
                std::span<Diagnostic> diagnostics) {
  const SourceFile* const file = FindSource(sources, expression.range.file);
  if (diagnostics.empty()) return;
  std::optional<OffsetMap> map;
  if (file != nullptr) map = yaml::ScalarOffsets(*file, expression.range);
  const auto move = [&](Range& range) {
    if (range.file != cel::kExpressionFile) return;
    range = map ? map->ToSource(range) : expression.range;
  };
  for (Diagnostic& diagnostic : diagnostics) {
    move(diagnostic.range);
    for (Note& note : diagnostic.notes) move(note.range);
  }
}

std::optional<cel::Program> ExpressionCompiler::Compile(const cel::Environment& environment,
                                                        const Expression& expression) {
  cel::CompileResult result = cel::Compile(environment, expression.text, limits_);
  // What the API server would not take matters to an export, not here.
  std::erase_if(result.diagnostics, [](const Diagnostic& diagnostic) {
    return diagnostic.kind->severity != Severity::kError;
  });
  ToRuleFile(expression, sources_, result.diagnostics);
  std::ranges::move(result.diagnostics, std::back_inserter(diagnostics_));
  return std::move(result.program);
}

std::optional<cel::Program> ExpressionCompiler::Compile(const cel::Environment& environment,
                                                        const Expression& expression,
                                                        std::string_view field,
                                                        std::span<const std::string_view> types) {
  std::optional<cel::Program> program = Compile(environment, expression);
  if (!program) return std::nullopt;
  if (std::ranges::any_of(types, [&](std::string_view type) { return program->Gives(type); })) {
    return program;
  }
  const bool open = program->type().IsDyn() && types.front() == "bool";
  diagnostics_.push_back({&kWrongResult,
                          expression.range,
                          {std::string(field), std::string(types.front()),
                           ToString(program->type()), open ? "; write `… == true`" : ""},
                          {}});
  return std::nullopt;
}

void ExpressionCompiler::AddDefinition(cel::Environment& environment, std::string_view name,
                                       std::span<const std::string> parameters,
                                       const Expression& expression) {
  std::vector<Diagnostic> own;
  environment.AddDefinition(name, parameters, expression.text, own);
  std::erase_if(own, [](const Diagnostic& diagnostic) {
    return diagnostic.kind->severity != Severity::kError;
  });
  ToRuleFile(expression, sources_, own);
  std::ranges::move(own, std::back_inserter(diagnostics_));
}

}  // namespace restorable::policy
