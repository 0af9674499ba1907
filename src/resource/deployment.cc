#include "resource/deployment.h"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "cel/compare.h"
#include "resource/nearest.h"
#include "value/hash.h"

namespace restorable {
namespace {

// Names are chosen by strangers.
struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return HashKey(text); }
};
template <typename T>
using ByName = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

// Resources that go by one name, sorted by path.
struct Namesakes {
  std::vector<const Resource*> resources;
  std::vector<std::string_view> paths;
};

// Resources of a kind by the text of one field.
struct FieldIndex {
  ByName<std::span<const Value>> by_text;  // in lower case
  std::span<const Value> unsure;           // those of which not all texts are known
  std::span<const Value> unknown;          // what is not known of them

  [[nodiscard]] std::span<const Value> Having(std::string_view text) const {
    const auto found = by_text.find(AsciiLower(text));
    return found == by_text.end() ? std::span<const Value>() : found->second;
  }
};

// Something that follows from all resources.
struct Derived {
  std::once_flag once;
  Arena arena;
  Value value;
};

struct KindIndex {
  std::vector<const Resource*> all;
  Value list;
  ByName<Namesakes> by_name;
  ByName<Namesakes> by_namespace;          // "namespace/name"
  Value unknown_name;                      // of some object, or null
  ByName<FieldIndex> by_field;             // by the fields that somebody asked for
  Presence presence = Presence::kCertain;  // the least certain one
};

// Of a list whose members are at least as certain as that.
Shape ShapeOf(Presence presence) {
  switch (presence) {
    case Presence::kCertain:
      return Shape::kFree;
    case Presence::kConditional:
      return Shape::kPartial;
    case Presence::kAnyNumber:
      return Shape::kOpen;
  }
  return Shape::kOpen;
}

// What a list holds for a resource.
Value Member(const Resource& resource) {
  return resource.presence == Presence::kCertain ? resource.body : resource.condition;
}

// The unknown that stands for the name of an object without one; null if it just has none.
Value UnknownName(const Resource& resource) {
  const Value* const metadata = resource.body.Find("metadata");
  if (metadata == nullptr) {
    const Value* const rest = resource.body.OpenRest();
    return rest != nullptr ? *rest : Value();
  }
  if (metadata->IsUnknown()) return *metadata;
  const Value* const name = metadata->Find("name");
  if (name != nullptr) return name->IsUnknown() ? *name : Value();
  const Value* const rest = metadata->OpenRest();
  return rest != nullptr ? *rest : Value();
}

// What a path such as "properties.principalId" leads to; null if nothing is there.
Value AtPath(Value value, std::string_view path) {
  for (;;) {
    const std::size_t end = path.find('.');
    const Value* const next = value.Find(path.substr(0, end));
    if (next == nullptr) return value.OpenRest() != nullptr ? *value.OpenRest() : Value();
    if (next->IsUnknown() || end == std::string_view::npos) return *next;
    value = *next;
    path.remove_prefix(end + 1);
  }
}

FieldIndex MakeFieldIndex(std::span<const Resource* const> resources, std::string_view field,
                          Arena& arena) {
  ByName<std::vector<Value>> by_text;
  std::vector<Value> unsure;
  std::vector<Value> unknown;
  for (const Resource* const resource : resources) {
    const Value& body = resource->body;
    const Value value = body.IsUnknown() ? body : AtPath(body, field);
    const std::span<const Value> parts = value.IsList() ? value.AsList() : std::span(&value, 1);
    const auto open = std::ranges::find_if(parts, &Value::IsUnknown);
    if (open != parts.end()) {
      unknown.push_back(*open);
      unsure.push_back(Member(*resource));
      continue;
    }
    std::set<std::string> texts;
    for (const Value& part : parts) {
      if (part.IsString()) texts.insert(AsciiLower(part.AsString()));
    }
    for (const std::string& text : texts) by_text[text].push_back(Member(*resource));
  }
  FieldIndex index{
      {}, arena.Copy(std::span<const Value>(unsure)), arena.Copy(std::span<const Value>(unknown))};
  for (const auto& [text, members] : by_text) {
    index.by_text[text] = arena.Copy(std::span<const Value>(members));
  }
  return index;
}

// A list of both, of resources that are at least as certain as that.
Value Joined(std::span<const Value> a, std::span<const Value> b, Presence presence, Arena& arena) {
  std::span<const Value> all = a;
  if (!b.empty()) {
    const std::span<Value> both = arena.NewArray<Value>(a.size() + b.size());
    std::ranges::copy(b, std::ranges::copy(a, both.begin()).out);
    all = both;
  }
  const bool certain =
      (b.empty() && presence == Presence::kCertain) || std::ranges::none_of(all, &Value::IsUnknown);
  return Value::List(all).Shaped(certain ? Shape::kFree
                                         : std::max(Shape::kPartial, ShapeOf(presence)));
}

std::string FullName(std::string_view namespace_, std::string_view name) {
  std::string key(namespace_);
  key += '/';
  key += name;
  return key;
}

}  // namespace

struct Deployment::Impl {
  PathOf path_of;
  Arena arena;
  std::vector<Resource> resources;
  std::vector<std::string> missing;
  ByName<KindIndex> kinds;  // "Kind" and "group/Kind"
  ByName<KindIndex> azure;  // ARM types in lower case
  // Of a sealed one many threads may ask for more: of the arena, every KindIndex::by_field and the
  // map of what was derived.
  std::shared_mutex mutex;
  std::unordered_map<const void*, Derived*> derived;
  std::vector<std::unique_ptr<Derived>> all_derived;  // before the last Seal as well

  void Index(const Resource& resource);
  void Index(KindIndex& kind, const Resource& resource);
  void Finish(KindIndex& kind);
  [[nodiscard]] Namesakes& Named(ByName<Namesakes>& names, std::string_view key) {
    const auto found = names.find(key);
    return found != names.end() ? found->second : names[std::string(key)];
  }
  [[nodiscard]] KindIndex* FindKind(std::string_view kind);
  [[nodiscard]] const FieldIndex& ByField(KindIndex& kind, std::string_view field);
  [[nodiscard]] Value Choose(const KindIndex& kind, const Namesakes* namesakes, FileId from,
                             Arena& scratch) const;
};

void Deployment::Impl::Index(const Resource& resource) {
  if (resource.schema == Schema::kAzure) {
    Index(azure[AsciiLower(resource.kind)], resource);
    return;
  }
  Index(kinds[std::string(resource.kind)], resource);
  Index(kinds[FullName(resource.group, resource.kind)], resource);
}

void Deployment::Impl::Index(KindIndex& kind, const Resource& resource) {
  kind.all.push_back(&resource);
  kind.presence = std::max(kind.presence, resource.presence);
  if (resource.name.empty()) {
    if (kind.unknown_name.IsNull()) kind.unknown_name = UnknownName(resource);
    return;
  }
  Named(kind.by_name, resource.name).resources.push_back(&resource);
  Named(kind.by_namespace, FullName(resource.namespace_, resource.name))
      .resources.push_back(&resource);
}

KindIndex* Deployment::Impl::FindKind(std::string_view kind) {
  if (kind.find('/') != std::string_view::npos) {
    const auto type = azure.find(AsciiLower(kind));
    if (type != azure.end()) return &type->second;
  }
  const auto found = kinds.find(kind);
  return found == kinds.end() ? nullptr : &found->second;
}

const FieldIndex& Deployment::Impl::ByField(KindIndex& kind, std::string_view field) {
  {
    const std::shared_lock lock(mutex);
    const auto found = kind.by_field.find(field);
    if (found != kind.by_field.end()) return found->second;
  }
  const std::unique_lock lock(mutex);
  const auto [made, is_new] = kind.by_field.try_emplace(std::string(field));
  if (is_new) made->second = MakeFieldIndex(kind.all, field, arena);
  return made->second;
}

// Makes the list, and sorts what goes by one name.
void Deployment::Impl::Finish(KindIndex& kind) {
  const std::span<Value> list = arena.NewArray<Value>(kind.all.size());
  std::ranges::transform(kind.all, list.begin(), [](const Resource* r) { return Member(*r); });
  kind.list = Value::List(list).Shaped(ShapeOf(kind.presence));
  const auto path = [&](const Resource* resource) { return path_of(resource->range.file); };
  for (ByName<Namesakes>* names : {&kind.by_name, &kind.by_namespace}) {
    for (auto& [name, namesakes] : *names) {
      std::ranges::stable_sort(namesakes.resources, {}, path);
      std::ranges::transform(namesakes.resources, std::back_inserter(namesakes.paths), path);
    }
  }
}

Value Deployment::Impl::Choose(const KindIndex& kind, const Namesakes* namesakes, FileId from,
                               Arena& scratch) const {
  if (namesakes == nullptr) {
    return kind.unknown_name.IsNull() ? Value::None() : kind.unknown_name;
  }
  const auto [first, last] = Nearest(namesakes->paths, path_of(from));
  const Resource& chosen = *namesakes->resources[first];
  for (std::size_t i = first + 1; i < last; ++i) {
    const Resource& other = *namesakes->resources[i];
    if (!cel::Equals(scratch, chosen.body, other.body).IsTrue()) {
      return Value::Unknown(scratch, {.reason = UnknownReason::kAmbiguous,
                                      .what = chosen.address,
                                      .range = chosen.name_range});
    }
  }
  if (chosen.presence != Presence::kCertain) return chosen.condition;
  return Value::Some(scratch, chosen.body);
}

Deployment::Deployment(PathOf path_of) : impl_(std::make_unique<Impl>()) {
  impl_->path_of = std::move(path_of);
}
Deployment::Deployment(Deployment&&) noexcept = default;
Deployment& Deployment::operator=(Deployment&&) noexcept = default;
Deployment::~Deployment() = default;

void Deployment::Add(const Resource& resource) { impl_->resources.push_back(resource); }

void Deployment::AddMissing(std::string_view address) { impl_->missing.emplace_back(address); }

std::span<const std::string> Deployment::missing() const { return impl_->missing; }

void Deployment::Seal() {
  Impl& impl = *impl_;
  std::ranges::stable_sort(impl.resources, {}, &Resource::range);
  impl.kinds.clear();
  impl.azure.clear();
  impl.derived.clear();
  for (const Resource& resource : impl.resources) impl.Index(resource);
  for (auto& [name, kind] : impl.kinds) impl.Finish(kind);
  for (auto& [type, kind] : impl.azure) impl.Finish(kind);
}

std::span<const Resource> Deployment::resources() const { return impl_->resources; }

Value Deployment::List(std::string_view kind) const {
  const KindIndex* const index = impl_->FindKind(kind);
  return index == nullptr ? Value::List({}) : index->list;
}

Value Deployment::Find(std::string_view kind, std::string_view name, FileId from,
                       Arena& arena) const {
  const KindIndex* const index = impl_->FindKind(kind);
  if (index == nullptr) return Value::None();
  const auto found = index->by_name.find(name);
  return impl_->Choose(*index, found == index->by_name.end() ? nullptr : &found->second, from,
                       arena);
}

Value Deployment::Find(std::string_view kind, std::string_view namespace_, std::string_view name,
                       FileId from, Arena& arena) const {
  if (namespace_.empty()) return Find(kind, name, from, arena);
  const KindIndex* const index = impl_->FindKind(kind);
  if (index == nullptr) return Value::None();
  auto found = index->by_namespace.find(FullName(namespace_, name));
  if (found == index->by_namespace.end()) found = index->by_namespace.find(FullName({}, name));
  return impl_->Choose(*index, found == index->by_namespace.end() ? nullptr : &found->second, from,
                       arena);
}

Value Deployment::Children(std::string_view type, std::string_view parent_id, Arena& arena) const {
  KindIndex* const kind = impl_->FindKind(type);
  if (kind == nullptr) return Value::List({});
  const FieldIndex& parents = impl_->ByField(*kind, "parent");
  return Joined(parents.Having(parent_id), parents.unknown, kind->presence, arena);
}

Value Deployment::Candidates(std::string_view kind, std::string_view field, std::string_view text,
                             Arena& arena) const {
  KindIndex* const index = impl_->FindKind(kind);
  if (index == nullptr) return Value::List({});
  const FieldIndex& fields = impl_->ByField(*index, field);
  return Joined(fields.Having(text), fields.unsure, index->presence, arena);
}

Value Deployment::Derive(const void* key, const Make& make) const {
  Derived* derived = nullptr;
  {
    const std::shared_lock lock(impl_->mutex);
    const auto found = impl_->derived.find(key);
    if (found != impl_->derived.end()) derived = found->second;
  }
  if (derived == nullptr) {
    const std::unique_lock lock(impl_->mutex);
    Derived*& entry = impl_->derived[key];
    if (entry == nullptr) {
      entry = impl_->all_derived.emplace_back(std::make_unique<Derived>()).get();
    }
    derived = entry;
  }
  std::call_once(derived->once, [&] { derived->value = make(derived->arena); });
  return derived->value;
}

}  // namespace restorable
