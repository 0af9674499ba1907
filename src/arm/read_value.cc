#include <algorithm>
#include <utility>

#include "arm/diagnostics.h"
#include "arm/reader.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

// {"name": …, "count": …, "input": …}
bool IsCopy(Value copy) {
  return FindIgnoringCase(copy, "name") != nullptr && FindIgnoringCase(copy, "count") != nullptr;
}

}  // namespace

NodeId Reader::ReadValue(Value value) {
  const std::optional<NodeId> open = ReadOpen(value);
  return open.has_value() ? *open : AddLiteral(value);
}

NodeId Reader::ReadValue(Value map, std::string_view key) {
  const MapEntry* const entry = FindIgnoringCase(map, key);
  return entry == nullptr ? NodeId::kNone : ReadValue(entry->value);
}

// Recurses no deeper than the JSON text nests, which has its limit.
std::optional<NodeId> Reader::ReadOpen(Value value) {
  switch (value.kind()) {
    case Kind::kString:
      return ReadOpenString(value);
    case Kind::kList:
      return ReadOpenList(value);
    case Kind::kMap:
      return ReadOpenMap(value);
    default:
      return std::nullopt;
  }
}

std::optional<NodeId> Reader::ReadOpenString(Value value) {
  if (!value.AsString().starts_with('[')) return std::nullopt;
  const ExpressionTarget target{*tree_, diagnostics_, limits_, function_parameters_};
  const std::string_view written =
      file_ == nullptr ? std::string_view() : file_->Text(value.range());
  return ParseString(value, written, target);
}

std::optional<NodeId> Reader::ReadOpenList(Value value) {
  const std::span<const Value> written = value.AsList();
  std::vector<NodeId> items;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const std::optional<NodeId> open = ReadOpen(written[i]);
    if (!open.has_value() && items.empty()) continue;
    // Those before the first that is open.
    while (items.size() < i) items.push_back(AddLiteral(written[items.size()]));
    items.push_back(open.has_value() ? *open : AddLiteral(written[i]));
  }
  if (items.empty()) return std::nullopt;
  return tree_->Add(value.range(), Array{tree_->Add(items)});
}

std::optional<NodeId> Reader::ReadOpenMap(Value value) {
  std::vector<NodeId> items;
  bool constant = true;
  std::vector<std::pair<std::optional<NodeId>, std::optional<NodeId>>> read;
  read.reserve(value.size());
  for (const MapEntry& entry : value.AsMap()) {
    if (entry.value.IsList() && EqualsIgnoringAsciiCase(entry.key.AsString(), "copy") &&
        ReadCopies(entry.value, items)) {
      read.emplace_back(NodeId::kNone, NodeId::kNone);
      constant = false;
      continue;
    }
    read.emplace_back(ReadOpenString(entry.key), ReadOpen(entry.value));
    constant = constant && !read.back().first.has_value() && !read.back().second.has_value();
  }
  if (constant) return std::nullopt;
  std::vector<NodeId> all;
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (read[i].first == NodeId::kNone) continue;
    const MapEntry& entry = value.AsMap()[i];
    all.push_back(read[i].first.has_value() ? *read[i].first : AddLiteral(entry.key));
    all.push_back(read[i].second.has_value() ? *read[i].second : AddLiteral(entry.value));
  }
  all.insert(all.end(), items.begin(), items.end());
  return tree_->Add(value.range(), Object{tree_->Add(all)});
}

// The loops of an object: each is a property of it, with the list that the loop makes.
bool Reader::ReadCopies(Value copies, std::vector<NodeId>& items) {
  if (copies.size() == 0 || !std::ranges::all_of(copies.AsList(), IsCopy)) return false;
  for (const Value& copy : copies.AsList()) {
    items.push_back(ReadValue(FindIgnoringCase(copy, "name")->value));
    items.push_back(ReadFor(copy));
  }
  return true;
}

NodeId Reader::ReadFor(Value copy) {
  const NodeId count = ReadValue(copy, "count");
  if (count == NodeId::kNone) {
    Report(kMissing, copy.range(), {"this loop", "count"});
    return tree_->Add(copy.range(), Missing{});
  }
  const MapEntry* const name = FindIgnoringCase(copy, "name");
  const bool named = name != nullptr && name->value.IsString();
  const MapEntry* const input = FindIgnoringCase(copy, "input");
  const NodeId body =
      input == nullptr ? AddLiteral(Value().At(copy.range())) : ReadValue(input->value);
  return tree_->Add(copy.range(),
                    For{.label = named ? tree_->Add(NameOf(name->value)) : NameId::kNone,
                        .item = NameId::kNone,
                        .index = NameId::kNone,
                        .collection = NodeId::kNone,
                        .count = count,
                        .body = body});
}

NodeId Reader::ReadObjectWithout(Value map, std::span<const std::string_view> left_out) {
  std::vector<NodeId> items;
  for (const MapEntry& entry : map.AsMap()) {
    const bool out = std::ranges::any_of(left_out, [&](std::string_view name) {
      return EqualsIgnoringAsciiCase(name, entry.key.AsString());
    });
    if (out) continue;
    items.push_back(AddLiteral(entry.key));
    items.push_back(ReadValue(entry.value));
  }
  return tree_->Add(map.range(), Object{tree_->Add(items)});
}

}  // namespace restorable::arm
