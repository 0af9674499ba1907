#include "cli/inline_parameters.h"

#include <string>
#include <utility>

#include "arm/read.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/source.h"
#include "json/parse.h"
#include "value/json.h"

namespace restorable::cli {

std::optional<std::vector<bicep::Assignment>> ReadInlineParameters(std::string_view text) {
  Arena arena;
  const SourceFile file(FileId{0}, "", std::string(text));
  const json::ParseResult parsed = json::Parse(file, arena, Limits{}, arm::kJson);
  if (!parsed.ok || !parsed.root.IsMap()) return std::nullopt;
  const Value* const section = parsed.root.Find("parameters");
  const Value parameters = section == nullptr ? parsed.root : *section;
  if (!parameters.IsMap()) return std::nullopt;
  std::vector<bicep::Assignment> assignments;
  for (const MapEntry& entry : parameters.AsMap()) {
    if (entry.value.Find("reference") != nullptr) continue;
    const Value* const value = entry.value.Find("value");
    if (value == nullptr) return std::nullopt;
    // What is null has its default.
    if (value->IsNull()) continue;
    assignments.push_back(
        {.path = {},
         .name = std::string(entry.key.AsString()),
         .text = value->IsString() ? std::string(value->AsString()) : ToJson(*value)});
  }
  return assignments;
}

}  // namespace restorable::cli
