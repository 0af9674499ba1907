#include "arm/predicted.h"

#include <algorithm>
#include <string>
#include <vector>

#include "arm/context.h"
#include "arm/identity.h"
#include "arm/operators.h"
#include "arm/parse_expression.h"
#include "arm/symbol.h"
#include "base/text.h"
#include "value/origin.h"

namespace restorable::arm {
namespace {

constexpr std::string_view kGone[] = {"Delete", "Ignore", "Unsupported"};

class Predictor {
 public:
  Predictor(Context& context, Deployed& deployed) : context_(context), deployed_(deployed) {}

  // One resource as it will be.
  void Add(Value resource) {
    if (!resource.IsMap()) return;
    const Value body = Known(resource);
    const Value* const type = TextOf(body, "type");
    if (type == nullptr) return;
    std::vector<MapEntry> entries(body.AsMap().begin(), body.AsMap().end());
    const Value* const id = TextOf(body, "id");
    const std::optional<Value> parent = id == nullptr ? std::nullopt : ParentId(context_, *id);
    if (parent.has_value()) entries.push_back({Value::String("parent"), *parent});
    const Value* const name = TextOf(body, "name");
    Instance instance{.type = type->AsString(),
                      .body = context_.Map(entries).At(resource.range()),
                      .range = resource.range(),
                      .name_range = name == nullptr ? resource.range() : name->range()};
    if (name != nullptr) instance.name = name->AsString();
    if (const Value* const version = TextOf(body, "apiVersion")) {
      instance.api_version = version->AsString();
    }
    instance.address = context_.arena.Copy(std::string(instance.type) + "/" +
                                           std::string(name == nullptr ? "?" : instance.name));
    // An id of Azure has a scope; what has none is a resource of an extension.
    if (id == nullptr && body.Find("id") == nullptr) instance.extension = instance.type;
    deployed_.instances.push_back(std::move(instance));
  }

 private:
  static const Value* TextOf(Value map, std::string_view key) {
    const MapEntry* const entry = FindKey(map, key);
    return entry != nullptr && entry->value.IsString() ? &entry->value : nullptr;
  }

  // Without what is null, and with expressions as unknowns.
  Value Known(Value value) {
    if (value.IsString() && IsExpression(value.AsString())) {
      return context_.Unknown(UnknownReason::kDeploymentScope, value.AsString(), value.range());
    }
    if (value.IsList()) {
      std::vector<Value> items;
      for (const Value& item : value.AsList()) items.push_back(Known(item));
      return context_.List(items).At(value.range());
    }
    if (!value.IsMap()) return value;
    std::vector<MapEntry> entries;
    for (const MapEntry& entry : value.AsMap()) {
      if (!entry.value.IsNull()) entries.push_back({entry.key, Known(entry.value)});
    }
    return context_.Map(entries).At(value.range());
  }

  Context& context_;
  Deployed& deployed_;
};

// The changes of a what-if result: of the service's answer, or as its tools print it.
const Value* ChangesOf(Value root) {
  const MapEntry* const properties = FindKey(root, "properties");
  const MapEntry* const changes =
      FindKey(properties == nullptr ? root : properties->value, "changes");
  if (changes == nullptr || !changes->value.IsList()) return nullptr;
  const bool all = std::ranges::all_of(changes->value.AsList(), [](const Value& change) {
    return FindKey(change, "changeType") != nullptr;
  });
  return all ? &changes->value : nullptr;
}

const Value* PredictedOf(Value root) {
  const MapEntry* const predicted = FindKey(root, "predictedResources");
  return predicted != nullptr && predicted->value.IsList() ? &predicted->value : nullptr;
}

}  // namespace

bool IsPrediction(Value root) { return PredictedOf(root) != nullptr || ChangesOf(root) != nullptr; }

Deployed ReadPrediction(Value root, Arena& arena, const Limits& limits) {
  Deployed deployed;
  OriginTable origins;
  Context context(arena, origins, limits);
  Predictor predictor(context, deployed);
  if (const Value* const predicted = PredictedOf(root)) {
    for (const Value& resource : predicted->AsList()) predictor.Add(resource);
  } else if (const Value* const changes = ChangesOf(root)) {
    for (const Value& change : changes->AsList()) {
      const Value type = FindKey(change, "changeType")->value;
      const bool gone = !type.IsString() || std::ranges::any_of(kGone, [&](std::string_view word) {
        return EqualsIgnoringAsciiCase(word, type.AsString());
      });
      const MapEntry* const after = FindKey(change, "after");
      if (!gone && after != nullptr) predictor.Add(after->value);
    }
  }
  deployed.diagnostics = std::move(context.diagnostics);
  return deployed;
}

}  // namespace restorable::arm
