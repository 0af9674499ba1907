#include "bicep/configuration.h"

#include <initializer_list>
#include <string_view>

#include "base/arena.h"
#include "json/parse.h"
#include "value/value.h"

namespace restorable::bicep {
namespace {

// The value at a path of keys; null where there is none.
Value At(Value value, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const Value* const found = value.Find(key);
    if (found == nullptr) return Value::Null();
    value = *found;
  }
  return value;
}

std::string TextAt(Value value, std::string_view key) {
  const Value found = At(value, {key});
  return found.IsString() ? std::string(found.AsString()) : std::string();
}

}  // namespace

Configuration ReadConfiguration(const SourceFile& file, const Limits& limits,
                                std::vector<Diagnostic>& diagnostics) {
  Configuration configuration;
  Arena arena;
  json::ParseResult parsed =
      json::Parse(file, arena, limits, {.comments = true, .trailing_commas = true});
  if (!parsed.ok) {
    diagnostics.insert(diagnostics.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
    return configuration;
  }
  configuration.cache_root = TextAt(parsed.root, "cacheRootDirectory");
  const Value registries = At(parsed.root, {"moduleAliases", "br"});
  if (registries.IsMap()) {
    for (const MapEntry& alias : registries.AsMap()) {
      configuration.registries[std::string(alias.key.AsString())] = {
          TextAt(alias.value, "registry"), TextAt(alias.value, "modulePath")};
    }
  }
  const Value specs = At(parsed.root, {"moduleAliases", "ts"});
  if (specs.IsMap()) {
    for (const MapEntry& alias : specs.AsMap()) {
      configuration.template_specs[std::string(alias.key.AsString())] = {
          TextAt(alias.value, "subscription"), TextAt(alias.value, "resourceGroup")};
    }
  }
  return configuration;
}

}  // namespace restorable::bicep
