#include "hcl/parse_json.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "hcl/diagnostics.h"
#include "hcl/number.h"
#include "hcl/parser.h"
#include "json/parse.h"

namespace restorable::hcl {
namespace {

constexpr std::string_view kComment = "//";

const BlockShape* FindShape(std::span<const BlockShape> shapes, std::string_view type) {
  const auto shape = std::ranges::find(shapes, type, &BlockShape::type);
  return shape == shapes.end() ? nullptr : &*shape;
}

// Maps what a JSON string stands for back to its escapes: `begin` is behind the opening quote.
OffsetMap MapString(const SourceFile& file, std::uint32_t begin, std::uint32_t end) {
  OffsetMap map(file.id());
  const std::string_view text = file.text();
  std::uint32_t decoded = 0;
  std::uint32_t at = begin;
  map.Add(0, at);
  const auto hex = [&](std::uint32_t from) {
    return std::stoul(std::string(text.substr(from, 4)), nullptr, 16);
  };
  while (at < end) {
    if (text[at] != '\\') {
      ++at;
      ++decoded;
      continue;
    }
    map.Add(decoded, at);
    if (text[at + 1] != 'u') {
      at += 2;
      ++decoded;
    } else {
      const unsigned long unit = hex(at + 2);
      const bool pair = unit >= 0xD800 && unit <= 0xDBFF;
      decoded += pair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
      at += pair ? 12 : 6;
    }
    map.Add(decoded, at);
  }
  return map;
}

class JsonReader {
 public:
  JsonReader(const SourceFile& file, const Limits& limits, ParseResult& result)
      : file_(file), limits_(limits), result_(result), tree_(result.tree) {}

  // The depth of all of this is that of the JSON text, which its parser bounds.
  BodyId ReadBody(Value value, std::span<const BlockShape> shapes);

 private:
  struct Items {
    std::vector<Argument> arguments;
    std::vector<Block> blocks;
  };

  void ReadProperties(Value object, std::span<const BlockShape> shapes, Items& items);
  void ReadBlocks(Value value, const BlockShape& shape, const Name& type,
                  std::vector<Label>& labels, std::vector<Block>& blocks);
  NodeId ReadExpression(Value value);
  NodeId ReadString(Value value);
  NodeId ReadList(Value value);
  NodeId ReadObject(Value value);
  void ReportShape(std::string_view what, std::string_view takes, Value found);

  const SourceFile& file_;
  const Limits& limits_;
  ParseResult& result_;
  Tree& tree_;
};

std::string KindName(Value value) {
  switch (value.kind()) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return "a bool";
    case Kind::kString:
      return "a string";
    case Kind::kList:
      return "a list";
    case Kind::kMap:
      return "an object";
    default:
      return "a number";
  }
}

void JsonReader::ReportShape(std::string_view what, std::string_view takes, Value found) {
  result_.diagnostics.push_back({.kind = &kJsonShape,
                                 .range = found.range(),
                                 .args = {std::string(what), std::string(takes), KindName(found)},
                                 .notes = {}});
}

BodyId JsonReader::ReadBody(Value value, std::span<const BlockShape> shapes) {
  Items items;
  if (value.IsMap()) {
    ReadProperties(value, shapes, items);
  } else if (value.IsList()) {
    for (const Value& part : value.AsList()) {
      if (part.IsMap()) {
        ReadProperties(part, shapes, items);
      } else {
        ReportShape("a body", "objects", part);
      }
    }
  } else {
    ReportShape("a body", "an object or a list of objects", value);
  }
  return tree_.Add(value.range(), items.arguments, items.blocks);
}

void JsonReader::ReadProperties(Value object, std::span<const BlockShape> shapes, Items& items) {
  for (const MapEntry& entry : object.AsMap()) {
    const Name name{.text = entry.key.AsString(), .range = entry.key.range()};
    if (name.text == kComment) continue;
    if (const BlockShape* const shape = FindShape(shapes, name.text); shape != nullptr) {
      std::vector<Label> labels;
      ReadBlocks(entry.value, *shape, name, labels, items.blocks);
      continue;
    }
    items.arguments.push_back({.range = name.range.To(entry.value.range()),
                               .name = name,
                               .value = ReadExpression(entry.value)});
  }
}

// `labels` are those read so far.
void JsonReader::ReadBlocks(Value value, const BlockShape& shape, const Name& type,
                            std::vector<Label>& labels, std::vector<Block>& blocks) {
  if (value.IsNull()) return;
  if (value.IsList()) {
    for (const Value& one : value.AsList()) {
      if (one.IsList()) {
        ReportShape(type.text, "objects in its list", one);
      } else {
        ReadBlocks(one, shape, type, labels, blocks);
      }
    }
    return;
  }
  if (!value.IsMap()) {
    return ReportShape(type.text,
                       labels.size() < shape.labels ? "an object whose keys are its labels"
                                                    : "an object or a list of objects",
                       value);
  }
  if (labels.size() < shape.labels) {
    for (const MapEntry& entry : value.AsMap()) {
      if (entry.key.AsString() == kComment) continue;
      labels.push_back({.text = entry.key.AsString(), .range = entry.key.range()});
      ReadBlocks(entry.value, shape, type, labels, blocks);
      labels.pop_back();
    }
    return;
  }
  const Range header = labels.empty() ? type.range : type.range.To(labels.back().range);
  Block block{.range = type.range.To(value.range()), .header = header, .type = type};
  tree_.AddLabels(block, labels);
  block.body = ReadBody(value, shape.blocks);
  blocks.push_back(block);
}

NodeId JsonReader::ReadExpression(Value value) {
  switch (value.kind()) {
    case Kind::kString:
      return ReadString(value);
    case Kind::kList:
      return ReadList(value);
    case Kind::kMap:
      return ReadObject(value);
    case Kind::kUint:
      value = Number(static_cast<double>(value.AsUint())).At(value.range());
      break;
    case Kind::kDouble:
      value = Number(value.AsDouble()).At(value.range());
      break;
    default:
      break;
  }
  return tree_.Add(value.range(), Literal{value});
}

NodeId JsonReader::ReadString(Value value) {
  const std::string_view text = value.AsString();
  const bool plain =
      text.find("${") == std::string_view::npos && text.find("%{") == std::string_view::npos;
  if (plain) return tree_.Add(value.range(), Literal{value});
  const Range range = value.range();
  const OffsetMap map = MapString(file_, range.begin + 1, range.end - 1);
  Parser parser({.text = text, .file = file_.id(), .map = &map}, LexMode::kTemplate, limits_, tree_,
                result_.diagnostics);
  return parser.ParseWholeTemplate();
}

NodeId JsonReader::ReadList(Value value) {
  std::vector<NodeId> items;
  for (const Value& item : value.AsList()) items.push_back(ReadExpression(item));
  return tree_.Add(value.range(), Tuple{tree_.Add(items)});
}

NodeId JsonReader::ReadObject(Value value) {
  std::vector<NodeId> items;
  for (const MapEntry& entry : value.AsMap()) {
    items.push_back(ReadString(entry.key));
    items.push_back(ReadExpression(entry.value));
  }
  return tree_.Add(value.range(), Object{tree_.Add(items)});
}

}  // namespace

ParseResult ParseJson(const SourceFile& file, std::span<const BlockShape> shapes,
                      const Limits& limits) {
  ParseResult result;
  json::ParseResult json = json::Parse(file, result.tree.arena(), limits);
  result.diagnostics = std::move(json.diagnostics);
  const Value root =
      json.ok ? json.root : Value::Map(result.tree.arena(), {}).At(file.WholeRange());
  result.tree.SetRoot(JsonReader(file, limits, result).ReadBody(root, shapes));
  return result;
}

}  // namespace restorable::hcl
