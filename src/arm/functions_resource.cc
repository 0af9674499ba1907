#include <optional>
#include <vector>

#include "arm/functions.h"
#include "arm/identity.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

bool IsType(Value value) {
  return value.IsString() && value.AsString().find('/') != std::string_view::npos;
}

bool IsGuid(Value value) {
  return value.IsString() && value.AsString().size() == 36 &&
         value.AsString().find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos;
}

// The first argument that is a type; nothing if there is none among the first `most` + 1.
std::optional<std::size_t> FindType(Invocation& call, std::size_t most) {
  for (std::size_t i = 0; i <= most && i < call.size(); ++i) {
    if (IsType(call[i])) return i;
    if (!IsText(call.Text(i))) return std::nullopt;
  }
  return std::nullopt;
}

// The id of what the arguments from `type` on name.
Value IdIn(Invocation& call, Value scope_id, std::size_t type) {
  std::vector<Value> names;
  for (std::size_t i = type + 1; i < call.size(); ++i) {
    names.push_back(call.Text(i));
    if (!IsText(names.back())) return call.Open();
  }
  const auto id = MakeId(call.context, scope_id, call.String(type), names, call.range());
  return id.has_value() ? *id : call.Open();
}

}  // namespace

// resourceId([subscription], [group], type, name…)
Value ResourceId(Invocation& call) {
  const std::optional<std::size_t> type = FindType(call, 2);
  if (!type.has_value()) return call.Open();
  Place place = call.names.GetPlace();
  if (*type == 2) {
    place.subscription = call.Text(0);
    place.group = call.Text(1);
  } else if (*type == 1) {
    const bool subscription = IsGuid(call[0]) || place.scope != Scope::kResourceGroup;
    (subscription ? place.subscription : place.group) = call.Text(0);
  }
  if (*type == 2) place.scope = Scope::kResourceGroup;
  return IdIn(call, PlaceId(call.context, place), *type);
}

// subscriptionResourceId([subscription], type, name…)
Value SubscriptionResourceId(Invocation& call) {
  const std::optional<std::size_t> type = FindType(call, 1);
  if (!type.has_value()) return call.Open();
  Place place = call.names.GetPlace();
  if (*type == 1) place.subscription = call.Text(0);
  return IdIn(call, SubscriptionPlaceId(call.context, place), *type);
}

Value TenantResourceId(Invocation& call) {
  return IsType(call[0]) ? IdIn(call, Value::String(""), 0) : call.Open();
}

// managementGroupResourceId([group], type, name…)
Value ManagementGroupResourceId(Invocation& call) {
  const std::optional<std::size_t> type = FindType(call, 1);
  if (!type.has_value()) return call.Open();
  Place place = call.names.GetPlace();
  place.scope = Scope::kManagementGroup;
  if (*type == 1) place.management_group = call.Text(0);
  return IdIn(call, PlaceId(call.context, place), *type);
}

// extensionResourceId(scope, type, name…)
Value ExtensionResourceId(Invocation& call) {
  if (!IsText(call.Text(0)) || !IsType(call[1])) return call.Open();
  return IdIn(call, ScopeIdOf(call.context, call.Text(0), call.names.GetPlace()), 1);
}

Value Reference(Invocation& call) {
  const bool full =
      call.size() > 2 && call[2].IsString() && EqualsIgnoringAsciiCase(call.String(2), "full");
  return call.names.GetReference({.target = call[0], .full = full, .output = {}}, call.range());
}

Value References(Invocation& call) {
  const bool full =
      call.size() > 1 && call[1].IsString() && EqualsIgnoringAsciiCase(call.String(1), "full");
  return call.names.GetReferences(call[0], full, call.range());
}

Value ResourceInfo(Invocation& call) { return call.names.GetInfo(call[0], call.range()); }

}  // namespace restorable::arm
