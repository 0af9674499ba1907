#include "policy/document_functions.h"

#include <algorithm>
#include <string>
#include <vector>

#include "azure/merge.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "base/source.h"
#include "json/parse.h"
#include "value/origin.h"
#include "yaml/parse.h"

namespace restorable::policy {
namespace {

// A value of a text that is about to go, at the place of that text. Its depth is bounded by the
// parser.
Value Adopt(Value value, Value text, Arena& arena) {
  const auto place = [&](Value made) { return made.At(text.range()).Via(text.via()); };
  switch (value.kind()) {
    case Kind::kString:
      return place(Value::String(arena.Copy(value.AsString())));
    case Kind::kList: {
      const std::span<Value> items = arena.NewArray<Value>(value.size());
      std::ranges::transform(value.AsList(), items.begin(),
                             [&](Value item) { return Adopt(item, text, arena); });
      return place(Value::List(items));
    }
    case Kind::kMap: {
      std::vector<MapEntry> entries;
      for (const MapEntry& entry : value.AsMap()) {
        entries.push_back({Adopt(entry.key, text, arena), Adopt(entry.value, text, arena)});
      }
      return place(Value::Map(arena, arena.Copy(std::span<const MapEntry>(entries))));
    }
    default:
      return place(value);
  }
}

Value Unreadable(cel::CallContext& call, const std::vector<Diagnostic>& diagnostics) {
  const std::string what = diagnostics.empty() ? "a text" : Message(diagnostics.front());
  return Value::Unknown(
      call.arena(), {.reason = UnknownReason::kEvalError, .what = what, .range = call[0].range()});
}

Value YamlObjects(cel::CallContext& call) {
  const Value text = call[0];
  if (text.IsMap()) return Value::List(call.arena().Copy(std::span<const Value>(&text, 1)));
  if (!text.IsString()) return call.Error("takes a text or an object");
  const SourceFile file(FileId::kNone, "", std::string(text.AsString()));
  Arena arena;
  OriginTable origins;
  const yaml::Stream stream =
      yaml::Parse(file, arena, origins, Limits{}, {.drop_null_entries = true});
  std::vector<Value> objects;
  for (const yaml::Document& document : stream.documents) {
    if (document.state == yaml::DocumentState::kTemplate ||
        document.state == yaml::DocumentState::kBroken) {
      return Unreadable(call, stream.diagnostics);
    }
    if (document.root.IsMap()) objects.push_back(Adopt(document.root, text, call.arena()));
  }
  return Value::List(call.arena().Copy(std::span<const Value>(objects)));
}

Value JsonObject(cel::CallContext& call) {
  if (call[0].IsMap()) return call[0];
  if (!call[0].IsString()) return call.Error("takes a text or an object");
  const SourceFile file(FileId::kNone, "", std::string(call.String(0)));
  Arena arena;
  const json::ParseResult parsed = json::Parse(file, arena, Limits{}, {.drop_null_entries = true});
  return parsed.ok ? Adopt(parsed.root, call[0], call.arena())
                   : Unreadable(call, parsed.diagnostics);
}

Value Merged(cel::CallContext& call) { return azure::Merge(call[0], call[1], call.arena()); }

constexpr cel::Builtin kFunctions[] = {
    // A place is part of the answer, so nothing is computed before it is needed.
    {.signature = "yamlObjects(dyn) -> list(dyn)",
     .body = YamlObjects,
     .strictness = cel::Strictness::kShallow,
     .uses_host = true},
    {.signature = "jsonObject(dyn) -> dyn",
     .body = JsonObject,
     .strictness = cel::Strictness::kShallow,
     .uses_host = true},
    {.signature = "merged(dyn, dyn) -> dyn",
     .body = Merged,
     .strictness = cel::Strictness::kNonStrict},
};

}  // namespace

const cel::Library& DocumentLibrary() {
  static constexpr cel::Library kLibrary = {
      .name = "documents", .builtins = kFunctions, .kubernetes_minor = -1};
  return kLibrary;
}

}  // namespace restorable::policy
