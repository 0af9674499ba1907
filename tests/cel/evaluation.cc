#include "evaluation.h"

#include "base/arena.h"
#include "base/limits.h"
#include "cel/activation.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "value/json.h"

namespace restorable::cel {
namespace {

const Environment& AllFunctions() {
  static const Environment* const kEnvironment = [] {
    auto* const environment = new Environment();
    for (const Library& library : AllLibraries()) environment->AddLibrary(library);
    environment->AddVariable("u", {});
    environment->AddVariable("v", {});
    return environment;
  }();
  return *kEnvironment;
}

std::string Shown(std::string_view expression, const std::string& result) {
  return std::string(expression) + " gives " + result;
}

}  // namespace

std::string Evaluated(std::string_view expression) {
  const CompileResult compiled = Compile(AllFunctions(), expression, Limits{});
  if (!compiled.program) return "error: " + Message(compiled.diagnostics.front());
  Arena arena;
  Activation activation(AllFunctions());
  for (const char* name : {"u", "v"}) {
    activation.Set(*AllFunctions().FindVariable(name),
                   Value::Unknown(arena, {.reason = UnknownReason::kNoDefault, .what = name}));
  }
  Budget budget{.limit = Limits{}.cel_cost};
  const Value result = compiled.program->Evaluate(activation, arena, budget);
  if (result.IsError()) return "error: " + std::string(result.AsError().message);
  return ToJson(result);
}

std::vector<std::string> NotTrue(const std::vector<std::string_view>& expressions) {
  std::vector<std::string> others;
  for (const std::string_view expression : expressions) {
    const std::string result = Evaluated(expression);
    if (result != "true") others.push_back(Shown(expression, result));
  }
  return others;
}

std::vector<std::string> NotErrors(const std::vector<std::string_view>& expressions) {
  std::vector<std::string> others;
  for (const std::string_view expression : expressions) {
    const std::string result = Evaluated(expression);
    if (!result.starts_with("error: ")) others.push_back(Shown(expression, result));
  }
  return others;
}

}  // namespace restorable::cel
