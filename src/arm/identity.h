#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arm/context.h"
#include "arm/names.h"
#include "value/value.h"

// The ids of Azure resources, as texts in which terms stand for what is not known:
// "/subscriptions/{subscription().subscriptionId}/resourceGroups/rg/providers/NAMESPACE/TYPE/NAME".
namespace restorable::arm {

// Of the subscription, group or management group that a place is; "" for a tenant.
[[nodiscard]] Value PlaceId(Context& context, const Place& place);
[[nodiscard]] Value SubscriptionPlaceId(Context& context, const Place& place);

// The place that an id or the object of a scope function says; what it leaves out is as in `from`.
// Nothing if it is neither.
[[nodiscard]] std::optional<Place> PlaceOf(Context& context, Value scope, const Place& from);

// The id of a resource of `type` in a scope, whose id is given; an empty list of names is an error,
// as is one that has not one name for each segment of the type: then nothing.
[[nodiscard]] std::optional<Value> MakeId(Context& context, Value scope_id, std::string_view type,
                                          std::span<const Value> names, Range range);

// `id` with "/SEGMENT/NAME" behind it.
[[nodiscard]] Value ChildId(Context& context, Value id, std::string_view segment, Value name,
                            Range range);
// The id of a resource that extends another one.
[[nodiscard]] Value ScopeIdOf(Context& context, Value scope, const Place& from);

// Of a child its parent, of an extension what it extends; nothing for other ids.
[[nodiscard]] std::optional<Value> ParentId(Context& context, Value id);

// The type as it is, where it was written in the old way of extensions: of
// "Microsoft.X/a/providers/locks" with the name "n/Microsoft.Y/l" it is "Microsoft.Y/locks".
[[nodiscard]] std::string PlainType(std::string_view type, std::span<const Value> names);

}  // namespace restorable::arm
