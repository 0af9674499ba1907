#include "arm/json_text.h"

#include <fmt/format.h>

#include "base/source.h"
#include "json/parse.h"
#include "value/json.h"

namespace restorable::arm {
namespace {

// A copy that lies in the arena and has the place `range`.
Value Placed(Context& context, Value value, Range range) {
  if (value.IsList()) {
    std::vector<Value> items;
    for (const Value& item : value.AsList()) items.push_back(Placed(context, item, range));
    return context.List(items).At(range);
  }
  if (!value.IsMap()) {
    return value.IsString() ? context.String(value.AsString()).At(range) : value.At(range);
  }
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : value.AsMap()) {
    const Value key = context.String(entry.key.AsString()).At(range);
    entries.push_back({key, Placed(context, entry.value, range)});
  }
  return context.Map(entries).At(range);
}

}  // namespace

void AppendJson(std::string& out, Value value) {
  switch (value.kind()) {
    case Kind::kBool:
      out += value.AsBool() ? "true" : "false";
      return;
    case Kind::kInt:
      out += std::to_string(value.AsInt());
      return;
    case Kind::kUint:
      out += std::to_string(value.AsUint());
      return;
    case Kind::kDouble:
      out += fmt::format("{}", value.AsDouble());
      return;
    case Kind::kString:
      return AppendJsonString(out, value.AsString());
    case Kind::kList:
      out += '[';
      for (const Value& item : value.AsList()) {
        if (out.back() != '[') out += ',';
        AppendJson(out, item);
      }
      out += ']';
      return;
    case Kind::kMap:
      out += '{';
      for (const MapEntry& entry : value.AsMap()) {
        if (&entry != value.AsMap().data()) out += ',';
        AppendJsonString(out, entry.key.AsString());
        out += ':';
        AppendJson(out, entry.value);
      }
      out += '}';
      return;
    default:
      out += "null";
  }
}

Value FromJson(Context& context, std::string_view text, Range range) {
  if (!context.Spend(text.size())) return context.Limit("evaluation_steps", range);
  const SourceFile file(FileId::kNone, "", std::string(text));
  Arena scratch;
  const json::ParseResult parsed = json::Parse(file, scratch, context.limits, {.comments = true});
  if (parsed.ok) return Placed(context, parsed.root, range);
  return context.Error("this is no JSON: " + Message(parsed.diagnostics.back()), range);
}

}  // namespace restorable::arm
