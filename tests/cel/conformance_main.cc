// cel_conformance PATH... [--skip TAG]...
// Runs conformance vectors: files, or directories of them. One line a failure, then a summary;
// status 0 when nothing failed, 1 when something did, 2 for what could not be read, 77 when there
// is nothing at a path.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cel/activation.h"
#include "cel/environment.h"
#include "cel/program.h"
#include "value/json.h"
#include "vectors.h"

namespace restorable::cel {
namespace {

constexpr int kNothingThere = 77;

struct Totals {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::map<std::string, std::size_t> skipped;  // by tag
};

// An environment for one vector, with what its rows of functions point to.
class Setup {
 public:
  Setup(const Vector& vector, Arena& arena)
      : environment_({.container = std::string(vector.Text("container")),
                      .check = !vector.Flag("disable_check")}) {
    for (const Library& library : AllLibraries()) environment_.AddLibrary(library);
    if (const Value* declarations = vector.body.Find("type_env")) {
      for (const Value& declaration : declarations->AsList()) Declare(declaration);
    }
    environment_.AddLibrary({"declared", rows_});
    const Value* bindings = vector.body.Find("bindings");
    if (bindings == nullptr) return;
    for (const MapEntry& binding : bindings->AsMap()) {
      const std::string_view name = binding.key.AsString();
      const auto slot = environment_.FindVariable(name);
      bindings_.emplace_back(slot ? *slot : environment_.AddVariable(name, {}),
                             Decode(binding.value, arena));
    }
  }

  [[nodiscard]] const Environment& environment() const { return environment_; }
  [[nodiscard]] Activation Bind() const {
    Activation activation(environment_);
    for (const auto& [slot, value] : bindings_) activation.Set(slot, value);
    return activation;
  }

 private:
  void Declare(const Value& declaration) {
    const std::string_view name = declaration.Find("name")->AsString();
    if (const Value* type = declaration.Find("type")) {
      environment_.AddVariable(name, ParseType(type->AsString()).value_or(Type{}));
    } else if (const Value* overloads = declaration.Find("function")) {
      for (const Value& overload : overloads->AsList()) DeclareFunction(name, overload);
    }
  }

  void DeclareFunction(std::string_view name, const Value& overload) {
    std::string receiver;
    std::string parameters;
    for (const Value& parameter : overload.Find("params")->AsList()) {
      const Value* member = overload.Find("member");
      if (member != nullptr && member->IsTrue() && receiver.empty()) {
        receiver = std::string(parameter.AsString()) + ".";
        continue;
      }
      if (!parameters.empty()) parameters += ", ";
      parameters += parameter.AsString();
    }
    signatures_.push_back(fmt::format("{}{}({}) -> {}", receiver, name, parameters,
                                      overload.Find("result")->AsString()));
    rows_.push_back({signatures_.back()});
  }

  Environment environment_;
  std::deque<std::string> signatures_;
  std::vector<Builtin> rows_;
  std::vector<std::pair<SlotId, Value>> bindings_;
};

// What is wrong with the result, or nothing.
std::string CompareResult(const Value& expect, const Value& got, Arena& arena) {
  if (expect.Find("error") != nullptr) return got.IsError() ? "" : "an error";
  if (expect.Find("unknown") != nullptr) return got.IsUnknown() ? "" : "an unknown";
  const Value* value = expect.Find("value");
  if (value == nullptr) return "";
  const Value want = Decode(*value, arena);
  return SameValue(want, got) ? "" : ToJson(want);
}

std::string FirstError(const CompileResult& compiled) {
  for (const Diagnostic& diagnostic : compiled.diagnostics) {
    if (diagnostic.kind->severity == Severity::kError) return Message(diagnostic);
  }
  return "nothing";
}

// What was wanted and what came instead, or nothing.
std::string RunVector(const Vector& vector) {
  Arena arena;
  const Setup setup(vector, arena);
  const Value& expect = *vector.body.Find("expect");
  const CompileResult compiled = Compile(setup.environment(), vector.Text("expr"), Limits{});
  if (!compiled.program) {
    if (expect.Find("error") != nullptr) return "";
    return fmt::format("want {}, got error: {}", ToJson(expect), FirstError(compiled));
  }
  if (const Value* type = expect.Find("deduced_type")) {
    const std::string got = ToString(compiled.program->type());
    if (got != type->AsString()) {
      return fmt::format("want type {}, got {}", type->AsString(), got);
    }
  }
  if (vector.Flag("check_only")) return expect.Find("error") != nullptr ? "want an error" : "";
  Activation activation = setup.Bind();
  Budget budget{.limit = Limits{}.cel_cost};
  const Value got = compiled.program->Evaluate(activation, arena, budget);
  const std::string want = CompareResult(expect, got, arena);
  return want.empty() ? "" : fmt::format("want {}, got {}", want, ToJson(got));
}

void RunFile(const VectorFile& file, const std::vector<std::string>& skip, Totals& totals) {
  for (const Vector& vector : file.vectors) {
    const auto tag =
        std::ranges::find_if(skip, [&](const std::string& name) { return vector.Needs(name); });
    if (tag != skip.end()) {
      ++totals.skipped[*tag];
      continue;
    }
    const std::string failure = RunVector(vector);
    if (failure.empty()) {
      ++totals.passed;
      continue;
    }
    ++totals.failed;
    fmt::print("FAIL {}: {}: {}\n", vector.name, vector.Text("expr"), failure);
  }
}

std::vector<std::filesystem::path> FindFiles(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return {path};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

int Main(const std::vector<std::string>& arguments) {
  std::vector<std::string> skip = {"proto"};
  std::vector<std::filesystem::path> files;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--skip" && i + 1 < arguments.size()) {
      skip.push_back(arguments[++i]);
      continue;
    }
    if (!std::filesystem::exists(arguments[i])) {
      fmt::print("there is nothing at {}: no vectors were run\n", arguments[i]);
      return kNothingThere;
    }
    std::ranges::move(FindFiles(arguments[i]), std::back_inserter(files));
  }
  if (files.empty()) {
    fmt::print(stderr, "usage: cel_conformance PATH... [--skip TAG]...\n");
    return 2;
  }
  Totals totals;
  for (const std::filesystem::path& path : files) {
    Arena arena;
    const VectorFile file = ReadVectors(path, arena);
    if (!file.error.empty()) {
      fmt::print(stderr, "{}: {}\n", path.generic_string(), file.error);
      return 2;
    }
    RunFile(file, skip, totals);
  }
  std::size_t skipped = 0;
  for (const auto& [tag, count] : totals.skipped) {
    fmt::print("skipped, for they need {}: {}\n", tag, count);
    skipped += count;
  }
  fmt::print("{} passed, {} failed, {} skipped\n", totals.passed, totals.failed, skipped);
  return totals.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace restorable::cel

int main(int count, char** arguments) {
  return restorable::cel::Main({arguments + 1, arguments + count});
}
