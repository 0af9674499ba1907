// arm_differential [--verbose] LEFT RIGHT [LEFT RIGHT]...: two forms of one template, in Bicep or
// JSON, by paths below the working directory, and whether they deploy the same: the same resources,
// under the same conditions, each property known with the same value, unknown, or absent in both.
// Prints a line for each pair and what differs. Exit status 1 if a pair differs.

#include <algorithm>
#include <deque>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "arm/deploy.h"
#include "base/source.h"
#include "base/text.h"
#include "bicep/library.h"
#include "value/json.h"

namespace {

using namespace restorable;

// Symbols that have no term of their own are numbered in the order of evaluation: `round#7`.
std::string WithoutNumbers(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    if (text[at] != '#') continue;
    while (at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9') ++at;
  }
  return out;
}

// What a file deploys, with all that its values point into.
class Side {
 public:
  explicit Side(const std::string& path)
      : files_{.read = [this](std::string_view wanted) { return Read(wanted); }, .list = nullptr},
        library_(files_, limits_) {
    const arm::Template* const root = library_.Get(path);
    if (root == nullptr) return;
    found_ = true;
    deployed_ = arm::Deploy(
        {.root = root},
        [this](const arm::Template& from, std::string_view link) {
          return library_.Load(from, link);
        },
        arena_, origins_, limits_);
  }

  [[nodiscard]] bool found() const { return found_; }

  // Resources by type and id, without the records of deployments that deploy nothing.
  [[nodiscard]] std::multimap<std::string, const arm::Instance*> Instances() const {
    std::multimap<std::string, const arm::Instance*> instances;
    for (const arm::Instance& instance : deployed_.instances) {
      if (EqualsIgnoringAsciiCase(instance.type, "Microsoft.Resources/deployments")) continue;
      // Of those that are not Azure's own, no rule has anything to say.
      if (!instance.extension.empty()) continue;
      const bool call = instance.kind == arm::Instance::Kind::kModuleCall;
      const Value* const id = instance.body.Find("id");
      const std::string name = id != nullptr && id->IsString() ? std::string(id->AsString()) : "?";
      const std::string type = call ? "a module" : std::string(instance.type);
      instances.emplace(WithoutNumbers(AsciiLower(type + " " + name)), &instance);
    }
    return instances;
  }

 private:
  const SourceFile* Read(std::string_view path) {
    const auto [place, added] = texts_.try_emplace(std::string(path));
    if (!added) return place->second.get();
    std::ifstream in{std::string(path), std::ios::binary};
    if (!in) return nullptr;
    std::ostringstream text;
    text << in.rdbuf();
    const auto id = static_cast<FileId>(texts_.size());
    place->second = std::make_unique<SourceFile>(id, std::string(path), text.str());
    return place->second.get();
  }

  Limits limits_;
  std::map<std::string, std::unique_ptr<SourceFile>, std::less<>> texts_;
  bicep::Files files_;
  bicep::Library library_;
  Arena arena_;
  OriginTable origins_;
  arm::Deployed deployed_;
  bool found_ = false;
};

class Comparison {
 public:
  void Compare(const Side& left, const Side& right) {
    auto others = right.Instances();
    for (const auto& [key, instance] : left.Instances()) {
      const auto other = others.find(key);
      if (other == others.end()) {
        Differ(key, "only on the left");
        continue;
      }
      if (instance->certainty != other->second->certainty) Differ(key, "certain on one side only");
      Compare(key, instance->body, other->second->body);
      others.erase(other);
      ++resources_;
    }
    for (const auto& [key, instance] : others) Differ(key, "only on the right");
  }

  [[nodiscard]] std::size_t resources() const { return resources_; }
  [[nodiscard]] const std::vector<std::string>& differences() const { return differences_; }

 private:
  void Differ(const std::string& path, const std::string& how) {
    differences_.push_back(path + ": " + how);
  }

  void Compare(const std::string& path, Value a, Value b) {
    if (a.IsUnknown() && b.IsUnknown()) return;
    if (a.IsMap() && b.IsMap()) return CompareMaps(path, a, b);
    if (a.IsList() && b.IsList() && a.size() == b.size()) {
      for (std::size_t i = 0; i < a.size(); ++i) {
        Compare(path + "[" + std::to_string(i) + "]", a.AsList()[i], b.AsList()[i]);
      }
      return;
    }
    if (TextOf(path, a) == TextOf(path, b)) return;
    Differ(path, ToJson(a).substr(0, 300) + " and " + ToJson(b).substr(0, 300));
  }

  // Letters of types and ids are large or small as one likes: Bicep's compiler writes those of the
  // types that it knows as its tables have them.
  static std::string TextOf(const std::string& path, Value value) {
    const std::string text = WithoutNumbers(ToJson(value));
    const bool ignores_case =
        text.starts_with("\"/") || text.starts_with("\"{/") || path.ends_with(".type");
    return ignores_case ? AsciiLower(text) : text;
  }

  void CompareMaps(const std::string& path, Value a, Value b) {
    for (const MapEntry& entry : a.AsMap()) {
      const std::string key(entry.key.AsString());
      if (key == "dependsOn" || key == "metadata") continue;
      const Value* const other = FindIgnoringCase(b, key);
      if (other != nullptr) {
        Compare(path + "." + key, entry.value, *other);
      } else if (b.OpenRest() == nullptr) {
        Differ(path + "." + key, "only on the left: " + ToJson(entry.value).substr(0, 200));
      }
    }
    for (const MapEntry& entry : b.AsMap()) {
      const std::string key(entry.key.AsString());
      if (key == "dependsOn" || key == "metadata") continue;
      if (FindIgnoringCase(a, key) == nullptr && a.OpenRest() == nullptr) {
        Differ(path + "." + key, "only on the right: " + ToJson(entry.value).substr(0, 200));
      }
    }
  }

  static const Value* FindIgnoringCase(Value map, std::string_view key) {
    for (const MapEntry& entry : map.AsMap()) {
      if (EqualsIgnoringAsciiCase(entry.key.AsString(), key)) return &entry.value;
    }
    return nullptr;
  }

  std::size_t resources_ = 0;
  std::vector<std::string> differences_;
};

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> paths(argv + 1, argv + argc);
  const bool verbose = !paths.empty() && paths[0] == "--verbose";
  if (verbose) paths.erase(paths.begin());
  std::size_t agreed = 0;
  for (std::size_t i = 0; i + 1 < paths.size(); i += 2) {
    const Side left(paths[i]);
    const Side right(paths[i + 1]);
    Comparison comparison;
    comparison.Compare(left, right);
    const bool same = left.found() && right.found() && comparison.differences().empty();
    agreed += same ? 1 : 0;
    if (same && !verbose) continue;
    std::cout << (same ? "same    " : "DIFFERS ") << paths[i] << " (" << comparison.resources()
              << " resources in both, " << comparison.differences().size() << " differences)\n";
    for (const std::string& difference : comparison.differences()) {
      std::cout << "    " << difference << "\n";
    }
  }
  std::cout << agreed << " of " << paths.size() / 2 << " pairs agree\n";
  return agreed == paths.size() / 2 ? 0 : 1;
}
