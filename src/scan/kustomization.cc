#include "scan/kustomization.h"

#include <string_view>

#include "base/arena.h"
#include "base/source.h"
#include "scan/paths.h"
#include "scan/read.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable::scan {
namespace {

// The strings of a list, or of the field `path` of its items.
void AddPaths(Value root, std::string_view key, const std::string& directory,
              std::vector<std::string>& paths) {
  const Value* const list = root.Find(key);
  if (list == nullptr || !list->IsList()) return;
  for (const Value& item : list->AsList()) {
    const Value* const path = item.IsMap() ? item.Find("path") : &item;
    // A patch may stand in the list itself.
    const bool is_path = path != nullptr && path->IsString() &&
                         path->AsString().find('\n') == std::string_view::npos;
    if (is_path) paths.push_back(NormalPath(JoinPath(directory, path->AsString())));
  }
}

}  // namespace

Kustomization ReadKustomization(const std::string& directory, const Limits& limits) {
  Kustomization result;
  for (const char* const name : {"kustomization.yaml", "kustomization.yml", "Kustomization"}) {
    InputFile input;
    input.path = input.system_path = JoinPath(directory, name);
    Result<std::string> text = ReadInput(input, limits);
    if (!text) continue;
    const SourceFile file(FileId{0}, input.path, std::move(*text));
    Arena arena;
    OriginTable origins;
    const yaml::Stream stream = yaml::Parse(file, arena, origins, limits);
    if (stream.documents.empty()) continue;
    const Value root = stream.documents.front().root;
    for (const char* const key : {"resources", "bases", "components"}) {
      AddPaths(root, key, directory, result.bases);
    }
    for (const char* const key : {"patches", "patchesStrategicMerge", "patchesJson6902"}) {
      AddPaths(root, key, directory, result.patches);
    }
  }
  return result;
}

}  // namespace restorable::scan
