#include "terraform/identity.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "value/rebuild.h"

namespace restorable::terraform {
namespace {

constexpr std::string_view kScopes[] = {
    "data.azurerm_client_config.", "data.azurerm_management_group.", "data.azurerm_resource_group.",
    "data.azurerm_subscription.", "data.azurerm_subscriptions."};

// What has ids of Azure. Those of `random_pet` and the like are texts for any use.
constexpr std::string_view kProviders[] = {"azapi_", "azuread_", "azurerm_"};

// Passes `prefix` if `address` begins with it.
bool Skip(std::string_view& address, std::string_view prefix) {
  if (!address.starts_with(prefix)) return false;
  address.remove_prefix(prefix.size());
  return true;
}

// Behind the modules and `data.` of an address: "type.name…".
std::string_view WithinModule(std::string_view address) {
  while (Skip(address, "module.")) {
    const std::size_t end = address.find_first_of(".[");
    if (end == std::string_view::npos) return {};
    address.remove_prefix(end);
    if (address.starts_with('['))
      address.remove_prefix(std::min(address.find(']'), address.size()));
    address.remove_prefix(std::min(address.find('.'), address.size()));
    Skip(address, ".");
  }
  Skip(address, "data.");
  return address;
}

bool IsOfAzure(std::string_view what) {
  const std::string_view type = WithinModule(what);
  return std::ranges::any_of(kProviders,
                             [&](std::string_view provider) { return type.starts_with(provider); });
}

bool IsOfScope(std::string_view what) {
  return std::ranges::any_of(
      kScopes, [&](std::string_view scope) { return what.find(scope) != std::string_view::npos; });
}

// What azurerm calls the id of a storage container, whose `id` was an address before version 5.
constexpr std::string_view kManagerId = "resource_manager_id";

// "azurerm_x.y.id", whatever the attribute is called.
std::string IdText(std::string_view what) {
  std::string text = "{" + std::string(what);
  if (text.ends_with("." + std::string(kManagerId))) {
    text.resize(text.size() - kManagerId.size());
    text += "id";
  }
  return text + "}";
}

bool IsId(const UnknownCause& cause) {
  const std::string_view last = cause.what.substr(cause.what.rfind('.') + 1);
  switch (cause.reason) {
    case UnknownReason::kComputed:
    case UnknownReason::kDataSource:
      return (last == "id" || last == kManagerId || last == "principal_id" ||
              last == "object_id") &&
             IsOfAzure(cause.what) && !IsOfScope(cause.what);
    case UnknownReason::kModuleNotOnDisk:
      return last == "id" || last.ends_with("_id");
    default:
      return false;
  }
}

bool HasNamed(Value value) {
  if (value.IsList()) return std::ranges::any_of(value.AsList(), HasNamed);
  if (!value.IsMap()) return value.IsNamed();
  return std::ranges::any_of(value.AsMap(),
                             [](const MapEntry& entry) { return HasNamed(entry.value); });
}

}  // namespace

Value NameIds(Context& context, Value value) {
  if (!HasNamed(value)) return value;
  if (value.IsNamed()) {
    const UnknownCause& cause = value.AsUnknown().causes[0];
    if (!IsId(cause)) return value;
    return InPlaceOf(value, context.String(IdText(cause.what)));
  }
  if (value.IsList()) {
    std::vector<Value> items;
    for (const Value& item : value.AsList()) items.push_back(NameIds(context, item));
    return WithItems(context.arena, value, items);
  }
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : value.AsMap()) {
    entries.push_back({entry.key, NameIds(context, entry.value)});
  }
  return WithEntries(context.arena, value, entries);
}

}  // namespace restorable::terraform
