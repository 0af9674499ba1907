#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "arm/deploy.h"
#include "arm/library.h"
#include "base/source.h"
#include "diagnostic_ids.h"
#include "value/json.h"

namespace restorable::arm {

inline std::string ReadText(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A tree of files: on disk below a directory, or in memory.
class FileTree {
 public:
  explicit FileTree(const std::filesystem::path& root) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file()) continue;
      Add(std::filesystem::relative(entry.path(), root).generic_string(), ReadText(entry.path()));
    }
  }
  explicit FileTree(const std::map<std::string, std::string>& texts) {
    for (const auto& [path, text] : texts) Add(path, text);
  }

  [[nodiscard]] const SourceFile* Find(std::string_view path) const {
    const auto file = files_.find(path);
    return file == files_.end() ? nullptr : file->second.get();
  }
  // The names of the files directly in a directory, sorted; nothing if there are none.
  [[nodiscard]] std::optional<std::vector<std::string>> List(std::string_view directory) const {
    std::vector<std::string> names;
    const std::string prefix = directory.empty() ? "" : std::string(directory) + "/";
    for (const auto& [path, file] : files_) {
      const bool within = path.starts_with(prefix);
      if (within && path.find('/', prefix.size()) == std::string::npos) {
        names.push_back(path.substr(prefix.size()));
      }
    }
    return names.empty() ? std::nullopt : std::optional(names);
  }
  // "main.json:1:5"
  [[nodiscard]] std::string Place(Range range) const {
    for (const auto& [path, file] : files_) {
      if (file->id() != range.file) continue;
      const Position at = file->PositionAt(range.begin);
      return path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    }
    return "nowhere";
  }
  [[nodiscard]] std::string_view Text(Range range) const {
    for (const auto& [path, file] : files_) {
      if (file->id() == range.file) return file->Text(range);
    }
    return "";
  }

 private:
  void Add(const std::string& path, std::string text) {
    const auto id = static_cast<FileId>(files_.size());
    files_.emplace(path, std::make_unique<SourceFile>(id, path, std::move(text)));
  }

  std::map<std::string, std::unique_ptr<SourceFile>, std::less<>> files_;
};

// What was deployed, as lines for golden files.
inline std::string Describe(const FileTree& files, const OriginTable& origins,
                            const Deployed& deployed, const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Instance& instance : deployed.instances) {
    out.append(instance.address);
    const bool call = instance.kind == Instance::Kind::kModuleCall;
    out.append(call ? " = " : " is ").append(instance.type);
    if (instance.certainty == Certainty::kConditional) {
      out += " (if " + ToJson(instance.condition) + ")";
    }
    if (instance.certainty == Certainty::kAnyNumber) {
      out += " (any number by " + ToJson(instance.condition) + ")";
    }
    out += " @" + files.Place(instance.name_range) + "\n";
    for (const Note& step : instance.calls) {
      out += "  in " + step.text + " @" + files.Place(step.range) + "\n";
    }
    for (const MapEntry& entry : instance.body.AsMap()) {
      out += "  " + std::string(entry.key.AsString()) + " = " + ToJson(entry.value) + " @" +
             files.Place(entry.value.range()) + "\n";
      for (const Note& step : origins.Chain(entry.value.via())) {
        out += "    through " + step.text + " @" + files.Place(step.range) + "\n";
      }
    }
  }
  for (const auto& [name, value] : deployed.outputs) {
    out += "output " + std::string(name) + " = " + ToJson(value) + "\n";
  }
  for (const Diagnostic& diagnostic : diagnostics) {
    out += "! " + files.Place(diagnostic.range) + " " + std::string(diagnostic.kind->id) + " " +
           Message(diagnostic) + "\n";
  }
  return out;
}

// What `main.json` deploys, with the values of `parameters.json` if there is one.
struct Outcome {
  explicit Outcome(FileTree tree, Inputs inputs = {}, const Limits& bounds = {})
      : files(std::move(tree)),
        limits(bounds),
        library([this](std::string_view path) { return files.Find(path); }, limits) {
    inputs.root = library.Get("main.json");
    inputs.arguments = library.Get("parameters.json");
    if (inputs.root == nullptr) return;
    deployed = Deploy(
        inputs,
        [this](const Template& from, std::string_view link) { return library.Load(from, link); },
        arena, origins, limits);
  }

  [[nodiscard]] const Instance* Find(std::string_view address) const {
    for (const Instance& instance : deployed.instances) {
      if (instance.address == address) return &instance;
    }
    return nullptr;
  }
  // A top-level entry of an instance's body, or of its properties, as JSON.
  [[nodiscard]] std::string Get(std::string_view address, std::string_view name) const {
    const Instance* const instance = Find(address);
    if (instance == nullptr) return "no instance";
    const Value* value = instance->body.Find(name);
    const Value* const properties = instance->body.Find("properties");
    if (value == nullptr && properties != nullptr) value = properties->Find(name);
    return value == nullptr ? "absent" : ToJson(*value);
  }
  [[nodiscard]] std::vector<std::string_view> Addresses() const {
    std::vector<std::string_view> addresses;
    for (const Instance& instance : deployed.instances) addresses.push_back(instance.address);
    return addresses;
  }
  // Of reading and of evaluation.
  [[nodiscard]] std::vector<Diagnostic> Diagnostics() const {
    std::vector<Diagnostic> all = library.diagnostics();
    all.insert(all.end(), deployed.diagnostics.begin(), deployed.diagnostics.end());
    return all;
  }
  [[nodiscard]] std::string Describe() const {
    return arm::Describe(files, origins, deployed, Diagnostics());
  }

  FileTree files;
  Limits limits;
  Library library;
  Arena arena;
  OriginTable origins;
  Deployed deployed;
};

// A template with these sections: `"resources": […]`, ….
inline std::string TemplateText(std::string_view sections) {
  return R"({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",)"
         "\n" +
         std::string(sections) + "}";
}

inline Outcome Evaluated(std::string_view sections, const Inputs& inputs = {},
                         const Limits& limits = {}) {
  return Outcome(
      FileTree(std::map<std::string, std::string>{{"main.json", TemplateText(sections)}}), inputs,
      limits);
}

}  // namespace restorable::arm
