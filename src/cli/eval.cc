#include <fmt/format.h>

#include <memory>
#include <optional>
#include <vector>

#include "base/arena.h"
#include "cel/program.h"
#include "cli/app.h"
#include "cli/diagnose.h"
#include "cli/output.h"
#include "json/parse.h"
#include "report/entry.h"
#include "scan/read.h"
#include "value/json.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable::cli {
namespace {

constexpr FileId kInputFile{1};  // behind cel::kExpressionFile
constexpr DiagnosticKind kEvaluation{"eval-error", Severity::kError, "{0}"};

struct EvalArguments {
  std::string expression;
  std::string file = "-";
  bool compact = false;
};

// An expression and what it is evaluated on.
class Evaluation {
 public:
  explicit Evaluation(const EvalArguments& arguments)
      : arguments_(arguments),
        expression_(cel::kExpressionFile, "expression", arguments.expression) {
    for (const cel::Library& library : cel::AllLibraries()) environment_.AddLibrary(library);
    object_ = environment_.AddVariable("object", cel::Type{});
  }

  ExitStatus Run() {
    cel::CompileResult compiled = cel::Compile(environment_, expression_.text(), limits_);
    Report(compiled.diagnostics);
    if (!compiled.program || !ReadInput()) return ExitStatus::kFailure;
    for (const Value object : objects_) Evaluate(*compiled.program, object);
    return failed_ ? ExitStatus::kFailure : ExitStatus::kPass;
  }

 private:
  void Report(const std::vector<Diagnostic>& diagnostics) {
    const report::FindFile find_file = [this](FileId id) -> const SourceFile* {
      if (id == cel::kExpressionFile) return &expression_;
      return id == kInputFile && input_ ? &*input_ : nullptr;
    };
    if (Diagnose(diagnostics, find_file)) failed_ = true;
  }

  bool ReadInput() {
    const std::string name = arguments_.file == "-" ? "stdin" : arguments_.file;
    auto text = scan::ReadInput({.path = name, .system_path = arguments_.file}, limits_);
    if (!text) {
      Report({text.error()});
      return false;
    }
    input_.emplace(kInputFile, name, std::move(*text));
    if (name.ends_with(".json")) {
      ReadJson();
    } else {
      ReadYaml();
    }
    return true;
  }

  void ReadJson() {
    const json::ParseResult result = json::Parse(*input_, arena_, limits_);
    Report(result.diagnostics);
    if (result.ok) objects_.push_back(result.root);
  }

  void ReadYaml() {
    const yaml::Stream stream = yaml::Parse(*input_, arena_, origins_, limits_);
    Report(stream.diagnostics);
    for (const yaml::Document& document : stream.documents) {
      if (document.state != yaml::DocumentState::kBroken) objects_.push_back(document.root);
    }
  }

  void Evaluate(const cel::Program& program, Value object) {
    cel::Activation activation(environment_);
    activation.Set(object_, object);
    cel::Budget budget{.limit = limits_.cel_cost};
    const Value result = program.Evaluate(activation, arena_, budget);
    if (result.IsError()) {
      Report({{.kind = &kEvaluation,
               .range = result.AsError().range,
               .args = {std::string(result.AsError().message)},
               .notes = {{object.range(), "with this object"}}}});
      return;
    }
    const JsonStyle style = arguments_.compact ? JsonStyle::kCompact : JsonStyle::kIndented;
    if (!Print(ToJson(result, style) + '\n')) failed_ = true;
  }

  const EvalArguments& arguments_;
  const Limits limits_;
  SourceFile expression_;
  std::optional<SourceFile> input_;
  Arena arena_;
  OriginTable origins_;
  cel::Environment environment_;
  cel::SlotId object_{};
  std::vector<Value> objects_;
  bool failed_ = false;
};

}  // namespace

Action DeclareEval(CLI::App& app) {
  const auto arguments = std::make_shared<EvalArguments>();
  app.add_option("EXPR", arguments->expression, "the expression; it reads `object`")->required();
  app.add_option("FILE", arguments->file,
                 "YAML or JSON; `-`, which is standard input, when absent");
  app.add_flag("-c,--compact", arguments->compact, "each result on one line");
  return [arguments] { return Evaluation(*arguments).Run(); };
}

}  // namespace restorable::cli
