#include "arm/functions.h"
#include "arm/identity.h"
#include "arm/symbol.h"

namespace restorable::arm {
namespace {

// A member of a scope's object that is known at deployment only.
MapEntry Open(Invocation& call, std::string_view of, std::string_view member,
              TypeKind kind = TypeKind::kString) {
  const std::string term = std::string(of) + "." + std::string(member);
  return {Value::String(member),
          MakeTerm(call.context,
                   {.text = term,
                    .kind = kind,
                    .nullable = kind == TypeKind::kAny,
                    .segment = kind == TypeKind::kString},
                   UnknownReason::kDeploymentScope,
                   std::string(call.name()) + "()." + std::string(member), call.range())};
}

// The object with whatever else the service says of it.
Value WithRest(Invocation& call, const std::vector<MapEntry>& entries, std::string_view term) {
  const Value rest =
      MakeTerm(call.context, {.text = std::string(term)}, UnknownReason::kDeploymentScope,
               std::string(call.name()) + "()", call.range());
  return call.Return(call.context.Map(entries, &rest));
}

}  // namespace

Value Subscription(Invocation& call) {
  Place place = call.names.GetPlace();
  if (call.size() > 0) {
    place.subscription = call.Text(0);
    if (!IsText(place.subscription)) return call.Open();
  }
  const Value id = SubscriptionPlaceId(call.context, place);
  const std::string term = "subscription(" + Canonical(id) + ")";
  return WithRest(call,
                  {{Value::String("id"), id},
                   {Value::String("subscriptionId"), place.subscription},
                   Open(call, "tenant()", "tenantId"),
                   Open(call, term, "displayName")},
                  term);
}

// The group itself, or as a scope of Bicep: resourceGroup(name), resourceGroup(subscription, name).
Value ResourceGroup(Invocation& call) {
  Place place = call.names.GetPlace();
  if (call.size() == 0 && place.scope != Scope::kResourceGroup) {
    return call.Fail("this template is not deployed to a resource group");
  }
  for (std::size_t i = 0; i < call.size(); ++i) {
    if (!IsText(call.Text(i))) return call.Open();
  }
  if (call.size() > 0) {
    place.scope = Scope::kResourceGroup;
    place.group = call.Text(call.size() - 1);
    place.location = Value();
    if (call.size() > 1) place.subscription = call.Text(0);
  }
  const Value id = PlaceId(call.context, place);
  const std::string term = "resourceGroup(" + Canonical(id) + ")";
  MapEntry location = Open(call, term, "location");
  if (!place.location.IsNull()) location.value = place.location;
  return WithRest(call,
                  {{Value::String("id"), id},
                   {Value::String("name"), place.group},
                   {Value::String("type"), Value::String("Microsoft.Resources/resourceGroups")},
                   location},
                  term);
}

Value ManagementGroup(Invocation& call) {
  Place place = call.names.GetPlace();
  place.scope = Scope::kManagementGroup;
  if (call.size() > 0) {
    place.management_group = call.Text(0);
    if (!IsText(place.management_group)) return call.Open();
  }
  const Value id = PlaceId(call.context, place);
  return WithRest(call,
                  {{Value::String("id"), id},
                   {Value::String("name"), place.management_group},
                   {Value::String("type"), Value::String("Microsoft.Management/managementGroups")}},
                  "managementGroup(" + Canonical(id) + ")");
}

Value Tenant(Invocation& call) {
  return WithRest(call,
                  {{Value::String("id"), Value::String("/")}, Open(call, "tenant()", "tenantId")},
                  "tenant()");
}

Value Deployment(Invocation& call) {
  const Value name = call.names.GetDeploymentName(call.range());
  return WithRest(call, {{Value::String("name"), name}},
                  "deployment(" + Canonical(PlaceId(call.context, call.names.GetPlace())) + "," +
                      Canonical(name) + ")");
}

Value OfDeployment(Invocation& call) { return call.Outside(UnknownReason::kDeploymentScope); }
Value OfEnvironment(Invocation& call) { return call.Outside(UnknownReason::kEnvironment); }
Value OfService(Invocation& call) { return call.Outside(UnknownReason::kComputed); }
Value Secret(Invocation& call) { return call.Outside(UnknownReason::kSecret).Sensitive(); }

// Each call gives another value; one that is kept is the same wherever it is used.
Value Impure(Invocation& call) {
  const std::string what = std::string(call.name()) + "()";
  return MakeTerm(call.context,
                  {.text = what + "#" + std::to_string(call.context.NextNumber()),
                   .kind = TypeKind::kString,
                   .nullable = false,
                   .segment = true},
                  UnknownReason::kImpureFunction, what, call.range());
}

}  // namespace restorable::arm
