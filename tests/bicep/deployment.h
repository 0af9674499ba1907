#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arm/deploy.h"
#include "bicep/library.h"
#include "evaluation.h"

namespace restorable::bicep {

// What `main.bicep` of a tree of files deploys, with the values of `main.bicepparam` if there is
// one.
struct Outcome {
  explicit Outcome(arm::FileTree tree, const Limits& bounds = {})
      : files(std::move(tree)), limits(bounds), reader(MakeReader()), library(reader, limits) {
    arm::Inputs inputs{.root = library.Get("main.bicep")};
    inputs.arguments = library.Get("main.bicepparam");
    if (inputs.root == nullptr) return;
    deployed = arm::Deploy(
        inputs,
        [this](const arm::Template& from, std::string_view link) {
          return library.Load(from, link);
        },
        arena, origins, limits);
    diagnostics = library.TakeDiagnostics();
    diagnostics.insert(diagnostics.end(), deployed.diagnostics.begin(), deployed.diagnostics.end());
  }
  explicit Outcome(const std::map<std::string, std::string>& texts)
      : Outcome(arm::FileTree(texts)) {}

  // "12 bicep-unknown-name there is no `x` here", of a file with that name.
  [[nodiscard]] std::vector<std::string> Messages() const {
    std::vector<std::string> messages;
    for (const Diagnostic& diagnostic : diagnostics) {
      messages.push_back(files.Place(diagnostic.range) + " " + std::string(diagnostic.kind->id) +
                         " " + Message(diagnostic));
    }
    return messages;
  }
  // An output as JSON.
  [[nodiscard]] std::string Output(std::string_view name) const {
    for (const auto& [key, value] : deployed.outputs) {
      if (key == name) return ToJson(value);
    }
    return "absent";
  }
  [[nodiscard]] std::string Describe() const {
    return arm::Describe(files, origins, deployed, diagnostics);
  }

  arm::FileTree files;
  Limits limits;
  Files reader;
  Library library;
  Arena arena;
  OriginTable origins;
  arm::Deployed deployed;
  std::vector<Diagnostic> diagnostics;

 private:
  Files MakeReader() {
    return {.read = [this](std::string_view path) { return files.Find(path); },
            .list = [this](std::string_view directory) { return files.List(directory); }};
  }
};

// The value that an expression has as the output of a file.
inline std::string Evaluated(const std::string& expression, const std::string& declarations = "") {
  const Outcome outcome(std::map<std::string, std::string>{
      {"main.bicep", declarations + "\noutput value object = " + expression + "\n"}});
  std::string all = outcome.Output("value");
  for (const std::string& message : outcome.Messages()) all += "\n" + message;
  return all;
}

}  // namespace restorable::bicep
