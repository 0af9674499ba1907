#include "resource/deployment.h"

#include <algorithm>
#include <cstdint>
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
struct Candidates {
  std::vector<const Resource*> resources;
  std::vector<std::string_view> paths;
};

struct KindIndex {
  std::vector<const Resource*> all;
  Value list;
  ByName<Candidates> by_name;
  ByName<Candidates> by_namespace;         // "namespace/name"
  Value unknown_name;                      // of some object, or null
  ByName<std::vector<Value>> children;     // by the parent's id in lower case
  std::vector<Value> orphans;              // unknowns: resources whose parent is not known
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

  void Index(const Resource& resource);
  void Index(KindIndex& kind, const Resource& resource);
  void Finish(KindIndex& kind);
  [[nodiscard]] Candidates& Named(ByName<Candidates>& names, std::string_view key) {
    const auto found = names.find(key);
    return found != names.end() ? found->second : names[std::string(key)];
  }
  [[nodiscard]] const KindIndex* FindKind(std::string_view kind) const;
  [[nodiscard]] Value Choose(const KindIndex& kind, const Candidates* candidates, FileId from,
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
  if (resource.body.IsUnknown()) kind.orphans.push_back(resource.body);
  const Value* const parent = resource.body.Find("parent");
  if (resource.schema == Schema::kAzure && parent != nullptr) {
    if (parent->IsUnknown()) kind.orphans.push_back(*parent);
    if (parent->IsString()) {
      kind.children[AsciiLower(parent->AsString())].push_back(Member(resource));
    }
  }
  if (resource.name.empty()) {
    if (kind.unknown_name.IsNull()) kind.unknown_name = UnknownName(resource);
    return;
  }
  Named(kind.by_name, resource.name).resources.push_back(&resource);
  Named(kind.by_namespace, FullName(resource.namespace_, resource.name))
      .resources.push_back(&resource);
}

const KindIndex* Deployment::Impl::FindKind(std::string_view kind) const {
  if (kind.find('/') != std::string_view::npos) {
    const auto type = azure.find(AsciiLower(kind));
    if (type != azure.end()) return &type->second;
  }
  const auto found = kinds.find(kind);
  return found == kinds.end() ? nullptr : &found->second;
}

// Makes the list, and sorts what goes by one name.
void Deployment::Impl::Finish(KindIndex& kind) {
  const std::span<Value> list = arena.NewArray<Value>(kind.all.size());
  std::ranges::transform(kind.all, list.begin(), [](const Resource* r) { return Member(*r); });
  kind.list = Value::List(list).Shaped(ShapeOf(kind.presence));
  const auto path = [&](const Resource* resource) { return path_of(resource->range.file); };
  for (ByName<Candidates>* names : {&kind.by_name, &kind.by_namespace}) {
    for (auto& [name, candidates] : *names) {
      std::ranges::stable_sort(candidates.resources, {}, path);
      std::ranges::transform(candidates.resources, std::back_inserter(candidates.paths), path);
    }
  }
}

Value Deployment::Impl::Choose(const KindIndex& kind, const Candidates* candidates, FileId from,
                               Arena& scratch) const {
  if (candidates == nullptr) {
    return kind.unknown_name.IsNull() ? Value::None() : kind.unknown_name;
  }
  const auto [first, last] = Nearest(candidates->paths, path_of(from));
  const Resource& chosen = *candidates->resources[first];
  for (std::size_t i = first + 1; i < last; ++i) {
    const Resource& other = *candidates->resources[i];
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
  const KindIndex* const index = impl_->FindKind(type);
  if (index == nullptr) return Value::List({});
  const auto found = index->children.find(AsciiLower(parent_id));
  std::span<const Value> known;
  if (found != index->children.end()) known = found->second;
  const std::span<Value> all = arena.NewArray<Value>(known.size() + index->orphans.size());
  std::ranges::copy(index->orphans, std::ranges::copy(known, all.begin()).out);
  const bool certain = std::ranges::none_of(all, &Value::IsUnknown);
  return Value::List(all).Shaped(certain ? Shape::kFree
                                         : std::max(Shape::kPartial, ShapeOf(index->presence)));
}

}  // namespace restorable
