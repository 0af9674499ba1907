#include "policy/lower.h"

#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "azure/lowered.h"
#include "azure/shape.h"
#include "kubernetes/read.h"
#include "policy/diagnostics.h"
#include "policy/place.h"

namespace restorable::policy {
namespace {

// Makes one resource after the other out of an object; reports the first thing that goes wrong.
class ObjectLowering {
 public:
  ObjectLowering(const CompiledLowering& lowering, const Resource& object, Evaluation& evaluation,
                 std::vector<Resource>& resources, std::vector<Diagnostic>& diagnostics)
      : lowering_(lowering),
        object_(object),
        evaluation_(evaluation),
        resources_(resources),
        diagnostics_(diagnostics) {}

  void Run() {
    const Scope& scope = lowering_.scope;
    const Value guards = evaluation_.Guards(scope, false);
    if (guards.IsFalse() || Failed(guards)) return;
    if (!scope.for_each) return Make({}, guards);
    const Value items = evaluation_.Run(scope.for_each->program);
    if (Failed(items)) return;
    if (items.IsUnknown()) return MakeOpen(items);
    std::uint32_t index = 0;
    for (const Value& item : items.AsList()) {
      evaluation_.SetItem(scope, item, index++);
      const Value own = evaluation_.Guards(scope, true);
      if (own.IsFalse() || Failed(own)) continue;
      Make(item, own.IsUnknown() ? own : guards);
    }
  }

 private:
  bool Failed(Value value) {
    if (!value.IsError()) return false;
    if (!std::exchange(reported_, true)) {
      diagnostics_.push_back({&kLoweringFailed,
                              object_.name_range,
                              {std::string(object_.address), std::string(lowering_.lowering->type),
                               std::string(value.AsError().message)},
                              {}});
    }
    return true;
  }

  // What an expression gives, with a place: its own, or that of what it was computed from.
  Value Evaluate(const cel::Program& program) {
    Value source;
    Value value = evaluation_.RunWatched(program, source);
    if (Failed(value)) {
      return Value::Unknown(evaluation_.arena(), {.reason = UnknownReason::kEvalError,
                                                  .what = object_.address,
                                                  .range = object_.name_range});
    }
    const std::optional<Value> inner = azure::Unwrapped(value);
    if (!inner) return Value::None();
    const bool has_place = IsScanned(inner->range()) || !IsScanned(source.range());
    return has_place ? *inner : inner->At(source.range()).Via(source.via());
  }

  std::optional<Value> Evaluate(const std::optional<Part>& part) {
    return part ? azure::Unwrapped(Evaluate(part->program)) : std::nullopt;
  }

  // Empty where it is not known, or what it was found from has none.
  std::string_view Type() {
    if (!lowering_.type_from) return lowering_.lowering->type;
    const Value type = evaluation_.RunText(lowering_.type_from->program);
    return type.IsString() ? type.AsString() : std::string_view();
  }

  // What is written without a name gets one, or is a mistake; rules take for granted that there is
  // one.
  Value Nameless() {
    Arena& arena = evaluation_.arena();
    return Value::Unknown(arena, {.reason = UnknownReason::kComputed,
                                  .what = arena.Copy(std::string(object_.address) + ".name"),
                                  .range = object_.name_range})
        .At(object_.name_range);
  }

  void Make(Value item, Value guards) {
    azure::Parts parts{.type = Type(), .item = item};
    if (parts.type.empty()) return;
    parts.name = Evaluate(lowering_.name);
    if (lowering_.name && !parts.name && !lowering_.lowering->part) parts.name = Nameless();
    parts.id = Evaluate(lowering_.id);
    parts.parent = Evaluate(lowering_.parent);
    if (lowering_.body) {
      const auto leaf = [&](std::size_t i) { return Evaluate(lowering_.leaves[i].program); };
      parts.body = azure::Build(*lowering_.body, leaf, evaluation_.arena());
    }
    Add(azure::MakeLowered(object_, parts, evaluation_.arena()), guards);
  }

  // How many there are, and what they are like, is not known; perhaps what they belong to.
  void MakeOpen(Value items) {
    azure::Parts parts{.type = Type(), .body = items};
    if (parts.type.empty()) return;
    const bool has_parent = lowering_.parent && !lowering_.parent->per_item;
    if (has_parent) parts.parent = Evaluate(lowering_.parent);
    Resource resource = azure::MakeLowered(object_, parts, evaluation_.arena());
    if (!parts.parent) resource.body = items;
    if (resource.presence != Presence::kAnyNumber) {
      resource.presence = Presence::kAnyNumber;
      resource.condition = items;
    }
    Add(resource, items);
  }

  void Add(Resource resource, Value condition) {
    resource.is_part = lowering_.lowering->part;
    if (condition.IsUnknown() && resource.presence == Presence::kCertain) {
      resource.presence = Presence::kConditional;
      resource.condition = condition;
    }
    resources_.push_back(resource);
  }

  const CompiledLowering& lowering_;
  const Resource& object_;
  Evaluation& evaluation_;
  std::vector<Resource>& resources_;
  std::vector<Diagnostic>& diagnostics_;
  bool reported_ = false;
};

// Terraform has its own name for the object, and much of it is written elsewhere.
void TakeFrom(const Resource& object, Resource& resource) {
  resource.language = object.language;
  resource.address = object.address;
  resource.written = object.written;
  resource.body = resource.body.At(object.body.range()).Via(object.body.via());
  resource.range = object.range;
  resource.name_range = object.name_range;
}

}  // namespace

void LowerObject(const CompiledLowering& lowering, const Resource& object, Evaluation& evaluation,
                 std::vector<Resource>& resources, std::vector<Diagnostic>& diagnostics) {
  ObjectLowering(lowering, object, evaluation, resources, diagnostics).Run();
}

void UnwrapObject(const CompiledLowering& lowering, const Resource& object, Evaluation& evaluation,
                  std::vector<Resource>& resources, std::vector<Diagnostic>& diagnostics) {
  if (!evaluation.Guards(lowering.scope, false).IsTrue()) return;
  const Value items = evaluation.Run(lowering.unwrap->program);
  if (items.IsError()) {
    diagnostics.push_back(
        {&kLoweringFailed,
         object.name_range,
         {std::string(object.address), "what it contains", std::string(items.AsError().message)},
         {}});
  }
  if (!items.IsList()) return;
  for (const Value& item : items.AsList()) {
    kubernetes::ReadResult inner = kubernetes::Read(item, {}, evaluation.arena());
    for (Resource& resource : inner.resources) {
      resource.presence = object.presence;
      resource.condition = object.condition;
      if (object.schema != Schema::kKubernetes) TakeFrom(object, resource);
      resources.push_back(resource);
    }
    std::ranges::move(inner.diagnostics, std::back_inserter(diagnostics));
  }
}

}  // namespace restorable::policy
