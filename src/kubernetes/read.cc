#include "kubernetes/read.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "kubernetes/diagnostics.h"

namespace restorable::kubernetes {
namespace {

constexpr int kMostListsWithinLists = 8;
constexpr std::string_view kListSuffix = "List";
constexpr std::string_view kOtherTool = "not a Kubernetes object";

// "a list", "an int": how a message calls what stands in the wrong place.
std::string Describe(Value value) {
  switch (value.kind()) {
    case Kind::kNull:
      return "null";
    case Kind::kList:
    case Kind::kMap:
    case Kind::kBool:
    case Kind::kString:
      return "a " + std::string(TypeName(value));
    case Kind::kInt:
    case Kind::kUint:
    case Kind::kDouble:
      return "a number";
    default:
      return std::string(TypeName(value));
  }
}

class Reader {
 public:
  Reader(std::span<const Range> conditional, Arena& arena, ReadResult& result)
      : conditional_(conditional), arena_(arena), result_(result) {}

  void ReadDocument(Value root) {
    if (root.IsNull()) return Skip(root, "empty document");
    ReadObject(root, 0);
  }

 private:
  void ReadObject(Value object, int depth);
  void ReadItems(Value list, std::string_view list_kind, int depth);
  void AddResource(Value object, std::string_view api_version, std::string_view kind);
  [[nodiscard]] bool HasHead(Value object);
  [[nodiscard]] Value WithHead(Value item, Value list, std::string_view list_kind);
  [[nodiscard]] bool ReadMetadata(Value object, Resource& resource);
  [[nodiscard]] bool ReadName(Value metadata, std::string_view field, std::string_view path,
                              std::string_view& name);
  void FindPresence(Resource& resource);

  void Skip(Value value, std::string_view reason) {
    result_.skipped.push_back({value.range(), reason});
  }
  void Report(const DiagnosticKind& kind, Range range, std::vector<std::string> args) {
    result_.diagnostics.push_back({&kind, range, std::move(args), {}});
  }

  std::span<const Range> conditional_;
  Arena& arena_;
  ReadResult& result_;
};

// Whether `apiVersion` and `kind` are strings; says why if they are not.
bool Reader::HasHead(Value object) {
  const MapEntry* const api_version = object.FindEntry("apiVersion");
  const MapEntry* const kind = object.FindEntry("kind");
  if (api_version == nullptr || kind == nullptr) {
    // Files of other tools have one of the two (a chart's apiVersion): it takes the metadata of an
    // object to tell that the other was forgotten.
    const Value* const metadata = object.Find("metadata");
    const bool meant = metadata != nullptr && metadata->IsMap() && object.OpenRest() == nullptr;
    if (meant && api_version != nullptr) {
      Report(kMissingKind, api_version->key.range(), {});
    } else if (meant && kind != nullptr) {
      Report(kMissingApiVersion, kind->key.range(), {});
    } else {
      Skip(object, kOtherTool);
    }
    return false;
  }
  if (api_version->value.IsUnknown() || kind->value.IsUnknown()) {
    Skip(object, "a template fills in its apiVersion or kind");
    return false;
  }
  for (const MapEntry* entry : {api_version, kind}) {
    if (entry->value.IsString()) continue;
    Report(kNotString, entry->value.range(),
           {std::string(entry->key.AsString()), Describe(entry->value)});
    return false;
  }
  return true;
}

void Reader::ReadObject(Value object, int depth) {
  if (!object.IsMap()) return Skip(object, kOtherTool);
  if (!HasHead(object)) return;
  const std::string_view kind = object.Find("kind")->AsString();
  const Value* const items = object.Find("items");
  const bool is_list = kind == kListSuffix || (kind.ends_with(kListSuffix) && items != nullptr &&
                                               (items->IsList() || items->IsUnknown()));
  if (is_list) return ReadItems(object, kind, depth);
  AddResource(object, object.Find("apiVersion")->AsString(), kind);
}

void Reader::ReadItems(Value list, std::string_view list_kind, int depth) {
  const Value* const items = list.Find("items");
  if (items == nullptr) return Skip(list, "empty list");
  if (items->IsUnknown()) return Skip(list, "a template fills in its items");
  if (!items->IsList()) return Report(kNotList, items->range(), {"items", Describe(*items)});
  if (depth == kMostListsWithinLists) {
    return Report(kListsTooDeep, items->range(), {std::to_string(kMostListsWithinLists)});
  }
  for (const Value& item : items->AsList()) {
    if (item.IsMap()) {
      ReadObject(WithHead(item, list, list_kind), depth + 1);
    } else if (item.IsUnknown()) {
      Skip(item, "a template fills it in");
    } else {
      Report(kItemNotObject, item.range(), {Describe(item)});
    }
  }
}

// The items of a typed list (PodList), as servers send it, leave out what the list says already.
Value Reader::WithHead(Value item, Value list, std::string_view list_kind) {
  if (list_kind == kListSuffix) return item;
  if (item.Find("apiVersion") != nullptr || item.Find("kind") != nullptr) return item;
  std::vector<MapEntry> entries(item.AsMap().begin(), item.AsMap().end());
  const MapEntry& kind = *list.FindEntry("kind");
  entries.push_back(*list.FindEntry("apiVersion"));
  entries.push_back(
      {kind.key, Value::String(list_kind.substr(0, list_kind.size() - 4)).At(kind.value.range())});
  const std::span<const MapEntry> kept = arena_.Copy(std::span<const MapEntry>(entries));
  const Value* const rest = item.OpenRest();
  const Value map =
      rest != nullptr ? Value::OpenMap(arena_, kept, *rest) : Value::Map(arena_, kept);
  return map.At(item.range()).Via(item.via());
}

void Reader::AddResource(Value object, std::string_view api_version, std::string_view kind) {
  Resource resource;
  const std::size_t slash = api_version.find('/');
  if (slash == std::string_view::npos) {
    resource.version = api_version;
  } else {
    resource.group = api_version.substr(0, slash);
    resource.version = api_version.substr(slash + 1);
  }
  // "github.com/microsoft/PSRule/v1": others have taken the form over for their own files.
  if (resource.version.find('/') != std::string_view::npos) return Skip(object, kOtherTool);
  if (resource.version.empty() || slash == 0) {
    return Report(kBadApiVersion, object.Find("apiVersion")->range(), {std::string(api_version)});
  }
  if (resource.group == "restorable.dev") return Skip(object, "a file of restorable's own");
  resource.kind = kind;
  resource.body = object;
  resource.written = object;
  resource.range = object.range();
  resource.name_range = object.Find("kind")->range();
  if (!ReadMetadata(object, resource)) return;
  FindPresence(resource);
  result_.resources.push_back(resource);
}

bool Reader::ReadMetadata(Value object, Resource& resource) {
  std::string label;
  const MapEntry* const metadata = object.FindEntry("metadata");
  if (metadata != nullptr && !metadata->value.IsUnknown()) {
    const Value fields = metadata->value;
    if (!fields.IsMap()) {
      Report(kNotMap, fields.range(), {"metadata", Describe(fields)});
      return false;
    }
    std::string_view prefix;
    if (!ReadName(fields, "name", "metadata.name", resource.name) ||
        !ReadName(fields, "namespace", "metadata.namespace", resource.namespace_) ||
        !ReadName(fields, "generateName", "metadata.generateName", prefix)) {
      return false;
    }
    label = resource.name.empty() && !prefix.empty() ? std::string(prefix) + "*" : resource.name;
    if (const Value* const name = fields.Find("name")) resource.name_range = name->range();
  }
  std::string address(resource.kind);
  for (const std::string_view part : {resource.namespace_, std::string_view(label)}) {
    if (!part.empty()) address.append("/").append(part);
  }
  resource.address = arena_.Copy(address);
  return true;
}

// False, with a diagnostic, if the field is there and no string; an unknown one is left empty.
bool Reader::ReadName(Value metadata, std::string_view field, std::string_view path,
                      std::string_view& name) {
  const Value* const value = metadata.Find(field);
  if (value == nullptr || value->IsUnknown()) return true;
  if (!value->IsString()) {
    Report(kNotString, value->range(), {std::string(path), Describe(*value)});
    return false;
  }
  name = value->AsString();
  return true;
}

void Reader::FindPresence(Resource& resource) {
  const auto encloses = [&](const Range& range) { return range.Contains(resource.range); };
  if (std::ranges::none_of(conditional_, encloses)) return;
  resource.presence = Presence::kConditional;
  const std::string what = "the template's condition on " + std::string(resource.address);
  resource.condition = Value::Unknown(
      arena_, {.reason = UnknownReason::kTemplate, .what = what, .range = resource.name_range});
}

}  // namespace

ReadResult Read(Value root, std::span<const Range> conditional, Arena& arena) {
  ReadResult result;
  Reader(conditional, arena, result).ReadDocument(root);
  return result;
}

ReadResult Read(const yaml::Document& document, Arena& arena) {
  if (!document.is_conditional) return Read(document.root, document.conditional, arena);
  return Read(document.root, std::span(&document.range, 1), arena);
}

}  // namespace restorable::kubernetes
