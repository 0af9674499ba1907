#include "policy/resource_functions.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cel/definition.h"
#include "cel/open_list.h"
#include "policy/language.h"

namespace restorable::policy {
namespace {

constexpr std::string_view kPrefix = "resources.";
constexpr std::string_view kFind = "resources.find";

const ResourceHost& HostOf(const cel::CallContext& call) {
  return *static_cast<const ResourceHost*>(call.host());
}

// Other objects of a cluster are not part of a review.
Value NotInReview(cel::CallContext& call) {
  const std::string what = "the cluster's objects of kind " + std::string(call.String(0));
  return Value::Unknown(call.arena(),
                        {.reason = UnknownReason::kNotInReview, .what = what, .range = {}});
}

Value List(cel::CallContext& call) {
  const ResourceHost& host = HostOf(call);
  return host.deployment == nullptr ? NotInReview(call) : host.deployment->List(call.String(0));
}

// In a review there are only the objects that are known; for others a rule falls back to what it
// knows of itself.
const Deployment* Searched(const ResourceHost& host) {
  return host.deployment != nullptr ? host.deployment : host.known;
}

Value Find(cel::CallContext& call) {
  const ResourceHost& host = HostOf(call);
  const Deployment* const searched = Searched(host);
  if (searched == nullptr) return Value::None();
  return searched->Find(call.String(0), call.String(1), host.from, call.arena());
}

Value FindInNamespace(cel::CallContext& call) {
  const ResourceHost& host = HostOf(call);
  const Deployment* const searched = Searched(host);
  if (searched == nullptr) return Value::None();
  return searched->Find(call.String(0), call.String(1), call.String(2), host.from, call.arena());
}

// A text that is not known may be that of all.
Value Candidates(cel::CallContext& call) {
  const ResourceHost& host = HostOf(call);
  if (host.deployment == nullptr) return NotInReview(call);
  for (const Value& argument : call.arguments().first(2)) {
    if (argument.IsUnknown()) return argument;
  }
  if (call[2].IsUnknown()) return host.deployment->List(call.String(0));
  return host.deployment->Candidates(call.String(0), call.String(1), call.String(2), call.arena());
}

Value Children(cel::CallContext& call) {
  const ResourceHost& host = HostOf(call);
  if (host.deployment == nullptr) return NotInReview(call);
  const Value* const id = call[1].Find("id");
  if (id == nullptr) return Value::List({});
  if (id->IsUnknown()) return *id;
  if (!id->IsString()) return call.Error("the `id` of the parent is no string");
  return host.deployment->Children(call.String(0), id->AsString(), call.arena());
}

// Modules of which nobody can say what they create, by address.
Value Missing(cel::CallContext& call) {
  const ResourceHost& host = HostOf(call);
  if (host.deployment == nullptr) return Value::List({});
  std::vector<Value> missing;
  for (const std::string& address : host.deployment->missing()) {
    missing.push_back(call.Return(address));
  }
  return Value::List(call.arena().Copy(std::span<const Value>(missing)));
}

// What may not be there, or may be elsewhere, stands in a list as an unknown.
Value Known(cel::CallContext& call) {
  std::vector<Value> known;
  for (const Value& item : call.List(0)) {
    if (!item.IsUnknown()) known.push_back(item);
  }
  return Value::List(call.arena().Copy(std::span<const Value>(known)));
}

// How many items a list can have, whatever becomes of those that may not be there.
Value Most(cel::CallContext& call) {
  const bool bounded = call[0].shape() != Shape::kOpen;
  const Value why = bounded ? Value() : cel::WhyOpen(call.arena(), call[0]);
  return why.IsUnknown() ? why : Value::Int(call[0].size());
}

// A text that the resource itself has, such as a placeholder, brings its place along.
Value MakeUnknown(cel::CallContext& call) {
  return Value::Unknown(call.arena(), {.reason = UnknownReason::kNotInDeployment,
                                       .what = call.String(0),
                                       .range = call[0].range()});
}

constexpr cel::Builtin kFunctions[] = {
    {.signature = "resources.list(string) -> list(dyn)", .body = List, .uses_host = true},
    {.signature = "resources.find(string, string) -> optional_type(dyn)",
     .body = Find,
     .uses_host = true},
    {.signature = "resources.find(string, string, string) -> optional_type(dyn)",
     .body = FindInNamespace,
     .uses_host = true},
    {.signature = "resources.candidates(string, string, string) -> list(dyn)",
     .body = Candidates,
     .strictness = cel::Strictness::kNonStrict,
     .uses_host = true},
    {.signature = "resources.children(string, map(string, dyn)) -> list(dyn)",
     .body = Children,
     .strictness = cel::Strictness::kShallow,
     .uses_host = true},
    {.signature = "resources.missing() -> list(string)", .body = Missing, .uses_host = true},
    {.signature = "known(list(T)) -> list(T)",
     .body = Known,
     .strictness = cel::Strictness::kShallow},
    {.signature = "most(list(T)) -> int", .body = Most, .strictness = cel::Strictness::kShallow},
    // Of the host it uses nothing; but a constant would lose what it was called with.
    {.signature = "unknown(string) -> dyn", .body = MakeUnknown, .uses_host = true},
};

}  // namespace

std::optional<Value> ResourceHost::Recall(const cel::Definition& definition,
                                          const Evaluate& evaluate) {
  if (deployment == nullptr || !LooksAtDeploymentOnly(definition)) return std::nullopt;
  return deployment->Derive(&definition, [&](Arena& arena) {
    cel::Budget own = budget;
    return evaluate(arena, own);
  });
}

// What is nearest depends on who asks.
bool ResourceHost::LooksAtDeploymentOnly(const cel::Definition& definition) {
  const auto [entry, is_new] = looks_at_deployment_only_.try_emplace(&definition);
  if (is_new) {
    const cel::Plan& plan = definition.plan;
    const auto is_data = [&](cel::SlotId slot) { return language_.IsData(slot); };
    const auto finds = [](const cel::Program::Call& call) { return call.function == kFind; };
    entry->second =
        std::ranges::all_of(plan.reads, is_data) && std::ranges::none_of(plan.calls, finds);
  }
  return entry->second;
}

const cel::Library& ResourceLibrary() {
  static constexpr cel::Library kLibrary = {
      .name = "resources", .builtins = kFunctions, .kubernetes_minor = -1};
  return kLibrary;
}

bool IsResourceFunction(std::string_view name) { return name.starts_with(kPrefix); }

bool AsksForKind(std::string_view name) { return name != "resources.missing"; }

}  // namespace restorable::policy
