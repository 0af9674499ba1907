#include "terraform/plan.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hcl/number.h"
#include "terraform/context.h"
#include "terraform/diagnostics.h"
#include "terraform/identity.h"

namespace restorable::terraform {
namespace {

constexpr Value kNothing = Value::Null();  // stands for a marker that is not there

std::string_view TextOf(Value object, std::string_view name) {
  const Value* const text = object.Find(name);
  return text != nullptr && text->IsString() ? text->AsString() : std::string_view();
}

std::span<const Value> ListOf(Value object, std::string_view name) {
  const Value* const list = object.Find(name);
  return list != nullptr && list->IsList() ? list->AsList() : std::span<const Value>();
}

std::span<const MapEntry> EntriesOf(Value object, std::string_view name) {
  const Value* const map = object.Find(name);
  return map != nullptr && map->IsMap() ? map->AsMap() : std::span<const MapEntry>();
}

// The part of a marker (`after_unknown`, `after_sensitive`) for a member of what it marks.
Value MarkerOf(Value marker, std::string_view name) {
  const Value* const inner = marker.Find(name);
  return inner == nullptr ? kNothing : *inner;
}
Value MarkerOf(Value marker, std::size_t index) {
  return marker.IsList() && index < marker.size() ? marker.AsList()[index] : kNothing;
}

// Whether something within the marker is true.
bool MarksAnything(Value marker) {
  if (marker.IsList()) return std::ranges::any_of(marker.AsList(), MarksAnything);
  if (!marker.IsMap()) return marker.IsTrue();
  return std::ranges::any_of(marker.AsMap(),
                             [](const MapEntry& entry) { return MarksAnything(entry.value); });
}

// One resource of the document: its values with what marks them.
struct Resource {
  Value object;
  Value values;
  Value unknown;
  Value sensitive;
  std::string_view module;
  Certainty certainty = Certainty::kCertain;
  std::optional<Value> before = std::nullopt;  // null of what is created
  Value before_sensitive = kNothing;
};

class PlanReader {
 public:
  PlanReader(Arena& arena, OriginTable& origins, const Limits& limits, Deployed& deployed)
      : context_(arena, origins, limits), deployed_(deployed) {}

  void Run(Value document);

 private:
  void CheckFormat(Value document);
  void AddChange(Value change, Certainty certainty);
  void AddModule(Value module);
  void AddInstance(const Resource& resource);
  Value MergeBody(Value values, Value unknown, Value sensitive, const std::string& path);
  void ReadProviders(Value document);
  Value Merge(Value value, Value unknown, Value sensitive, const std::string& path, bool block);
  Value MergeMap(Value map, Value unknown, Value sensitive, const std::string& path, bool block);
  Value MergeList(Value list, Value unknown, Value sensitive, const std::string& path, bool block);

  Context context_;
  Deployed& deployed_;
  // Of the resource that is read: where what is unknown was left open, and why.
  Range resource_;
  UnknownReason reason_ = UnknownReason::kComputed;
  std::string own_id_;  // what its `id` is called
  std::unordered_set<std::string_view> seen_;
};

void PlanReader::Run(Value document) {
  CheckFormat(document);
  for (const Value& change : ListOf(document, "resource_changes")) {
    AddChange(change, Certainty::kCertain);
  }
  for (const Value& deferred : ListOf(document, "deferred_changes")) {
    if (const Value* const change = deferred.Find("resource_change")) {
      AddChange(*change, Certainty::kConditional);
    }
  }
  // Data sources that were read already stand in the state before the plan; and a document whose
  // changes were taken out has the rest of its resources in the planned values.
  const Value* const prior = document.Find("prior_state");
  const Value* const before = prior == nullptr ? nullptr : prior->Find("values");
  for (const Value* const values : {document.Find("planned_values"), document.Find("values")}) {
    const Value* const root = values == nullptr ? nullptr : values->Find("root_module");
    if (root != nullptr) AddModule(*root);
  }
  const Value* const root = before == nullptr ? nullptr : before->Find("root_module");
  if (root != nullptr) AddModule(*root);
  ReadProviders(document);
  deployed_.found = true;
  deployed_.diagnostics = std::move(context_.diagnostics);
}

void PlanReader::CheckFormat(Value document) {
  const Value* const format = document.Find("format_version");
  const std::string_view version = TextOf(document, "format_version");
  if (!version.starts_with("0.") && !version.starts_with("1.")) {
    context_.Report({.kind = &kPlanFormat,
                     .range = format->range(),
                     .args = {std::string(version)},
                     .notes = {}});
  }
  const Value* const errored = document.Find("errored");
  if (errored != nullptr && errored->IsTrue()) {
    context_.Report({.kind = &kPlanIncomplete, .range = errored->range(), .args = {}, .notes = {}});
  }
}

void PlanReader::AddChange(Value change, Certainty certainty) {
  const Value* const inner = change.Find("change");
  if (inner == nullptr || !inner->IsMap()) return;
  // What is left of one that was replaced before goes away; that which has the address stays.
  if (!TextOf(change, "deposed").empty()) return;
  const std::span<const Value> actions = ListOf(*inner, "actions");
  const auto has = [&](std::string_view action) {
    return std::ranges::any_of(actions,
                               [&](Value of) { return of.IsString() && of.AsString() == action; });
  };
  // What goes away must not come back from the state before.
  if (actions.size() == 1 && (has("delete") || has("forget"))) {
    seen_.insert(TextOf(change, "address"));
    return;
  }
  const auto part = [&](std::string_view name) {
    const Value* const found = inner->Find(name);
    return found == nullptr ? kNothing : *found;
  };
  Resource resource{.object = change,
                    .values = part("after"),
                    .unknown = part("after_unknown"),
                    .sensitive = part("after_sensitive"),
                    .module = TextOf(change, "module_address"),
                    .certainty = certainty};
  if (has("update") || (has("create") && has("delete"))) {
    resource.before = part("before");
    resource.before_sensitive = part("before_sensitive");
  } else if (has("create")) {
    resource.before = kNothing;
  }
  AddInstance(resource);
}

// The depth is bounded by that of the document.
void PlanReader::AddModule(Value module) {
  for (const Value& resource : ListOf(module, "resources")) {
    const Value* const values = resource.Find("values");
    const Value* const sensitive = resource.Find("sensitive_values");
    AddInstance({.object = resource,
                 .values = values == nullptr ? kNothing : *values,
                 .unknown = kNothing,
                 .sensitive = sensitive == nullptr ? kNothing : *sensitive,
                 .module = TextOf(module, "address")});
  }
  for (const Value& child : ListOf(module, "child_modules")) AddModule(child);
}

void PlanReader::AddInstance(const Resource& resource) {
  const std::string_view mode = TextOf(resource.object, "mode");
  const MapEntry* const address = resource.object.FindEntry("address");
  if (address == nullptr || !address->value.IsString() || mode == "ephemeral") return;
  if (!seen_.insert(address->value.AsString()).second) return;
  resource_ = resource.object.range();
  own_id_ = std::string(address->value.AsString()) + ".id";
  reason_ = mode == "data" ? UnknownReason::kDataSource : UnknownReason::kComputed;
  const std::string path(address->value.AsString());
  const bool certain = resource.certainty == Certainty::kCertain;
  const Value body = MergeBody(resource.values, resource.unknown, resource.sensitive, path);
  std::optional<Value> before = resource.before;
  if (before && before->IsMap()) {
    before = MergeBody(*before, kNothing, resource.before_sensitive, path);
  }
  deployed_.instances.push_back(
      {.kind = mode == "data" ? Instance::Kind::kData : Instance::Kind::kResource,
       .certainty = resource.certainty,
       .type = TextOf(resource.object, "type"),
       .name = TextOf(resource.object, "name"),
       .address = address->value.AsString(),
       .module = resource.module,
       .condition = certain ? kNothing : context_.Unknown(reason_, path, resource_),
       .body = NameIds(context_, body),
       .before = before,
       .range = resource_,
       .name_range = address->value.range(),
       .calls = {}});
}

// All that is said of a resource; unknown if that is more than the limits allow.
Value PlanReader::MergeBody(Value values, Value unknown, Value sensitive, const std::string& path) {
  if (!values.IsMap()) values = context_.Map({}).At(values.range());
  const Value body = Merge(values, unknown, sensitive, path, /*block=*/true);
  if (!body.IsError()) return body;
  context_.Report({.kind = &kEvaluation,
                   .range = resource_,
                   .args = {std::string(body.AsError().message)},
                   .notes = {}});
  return context_.Unknown(UnknownReason::kLimit, path, resource_);
}

// The value with what its markers say. `block`: an attribute that is null is as good as absent, as
// it is in a resource and in its nested blocks.
Value PlanReader::Merge(Value value, Value unknown, Value sensitive, const std::string& path,
                        bool block) {
  if (unknown.IsTrue()) {
    const Range range = value.range().IsNone() ? resource_ : value.range();
    value = context_.Unknown(reason_, path, resource_).At(range).Named(path == own_id_);
  } else if (value.IsMap()) {
    value = MergeMap(value, unknown, sensitive, path, block);
  } else if (value.IsList()) {
    value = MergeList(value, unknown, sensitive, path, block);
  } else if (value.Is(Kind::kUint)) {
    value = hcl::Number(value.AsUint()).At(value.range());
  } else if (value.Is(Kind::kDouble)) {
    value = hcl::Number(value.AsDouble()).At(value.range());
  }
  return sensitive.IsTrue() ? value.Sensitive() : value;
}

Value PlanReader::MergeMap(Value map, Value unknown, Value sensitive, const std::string& path,
                           bool block) {
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : map.AsMap()) {
    const std::string_view name = entry.key.AsString();
    const Value marker = MarkerOf(unknown, name);
    if (block && entry.value.IsNull() && !marker.IsTrue()) continue;
    const Value merged = Merge(entry.value, marker, MarkerOf(sensitive, name),
                               path + "." + std::string(name), block && entry.value.IsList());
    if (merged.IsError()) return merged;
    entries.push_back({entry.key, merged});
  }
  // What is not known yet stands in the marker alone.
  if (unknown.IsMap()) {
    for (const MapEntry& entry : unknown.AsMap()) {
      const std::string_view name = entry.key.AsString();
      if (map.Find(name) != nullptr || !MarksAnything(entry.value)) continue;
      const std::string inner = path + "." + std::string(name);
      const Value open = context_.Unknown(reason_, inner, resource_).Named(inner == own_id_);
      entries.push_back({entry.key, open.At(entry.key.range())});
    }
  }
  return context_.Map(entries).At(map.range());
}

Value PlanReader::MergeList(Value list, Value unknown, Value sensitive, const std::string& path,
                            bool block) {
  std::vector<Value> items;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value merged = Merge(list.AsList()[i], MarkerOf(unknown, i), MarkerOf(sensitive, i),
                               path + "[" + std::to_string(i) + "]", block);
    if (merged.IsError()) return merged;
    items.push_back(merged);
  }
  return context_.List(items).At(list.range());
}

// By local name, those of other modules than the root with the module before it.
void PlanReader::ReadProviders(Value document) {
  const Value* const configuration = document.Find("configuration");
  if (configuration == nullptr) return;
  constexpr std::string_view kDefaultHost = "registry.terraform.io/";
  for (const MapEntry& entry : EntriesOf(*configuration, "provider_config")) {
    const std::string_view name = TextOf(entry.value, "name");
    if (name.empty()) continue;
    Provider provider{.name = name, .source = {}, .version = {}, .locked = {}, .directory = {}};
    provider.directory = TextOf(entry.value, "module_address");
    const Value* const source = entry.value.Find("full_name");
    if (source != nullptr && source->IsString()) {
      std::string_view text = source->AsString();
      if (text.starts_with(kDefaultHost)) text.remove_prefix(kDefaultHost.size());
      provider.source = Value::String(text).At(source->range());
    }
    if (const Value* const version = entry.value.Find("version_constraint")) {
      provider.version = *version;
    }
    deployed_.providers.push_back(provider);
  }
}

}  // namespace

bool IsPlan(Value document) {
  return document.IsMap() && !TextOf(document, "format_version").empty() &&
         !TextOf(document, "terraform_version").empty();
}

Deployed ReadPlan(Value document, Arena& arena, const Limits& limits) {
  Deployed deployed;
  if (!IsPlan(document)) return deployed;
  OriginTable origins;  // a plan tells no steps
  PlanReader(arena, origins, limits, deployed).Run(document);
  return deployed;
}

}  // namespace restorable::terraform
