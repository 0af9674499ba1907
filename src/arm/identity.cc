#include "arm/identity.h"

#include <algorithm>

#include "arm/operators.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

constexpr std::string_view kResourceGroups = "Microsoft.Resources/resourceGroups";
constexpr std::string_view kSubscriptions = "Microsoft.Resources/subscriptions";
constexpr std::string_view kManagementGroups = "/providers/Microsoft.Management/managementGroups/";
constexpr std::string_view kProviders = "providers";

std::vector<std::string_view> Split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = text.find('/');
    parts.push_back(text.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    text.remove_prefix(slash + 1);
  }
}

bool Is(Value segment, std::string_view text) {
  return segment.IsString() && EqualsIgnoringAsciiCase(segment.AsString(), text);
}

// The text of a scope: of an object that a scope function or a resource is, its id.
std::optional<Value> TextOfScope(Value scope) {
  if (IsText(scope)) return scope;
  const MapEntry* const id = FindKey(scope, "id");
  return id != nullptr && IsText(id->value) ? std::optional(id->value) : std::nullopt;
}

// `names` spread over their slashes: `'a/b'` stands for two.
std::vector<Value> SpreadNames(Context& context, std::span<const Value> names, Range range) {
  std::vector<Value> all;
  for (const Value& name : names) {
    const std::vector<Value> segments = SegmentsOf(context, name, range);
    all.insert(all.end(), segments.begin(), segments.end());
  }
  return all;
}

// Appends "/TYPE/NAME" for each segment; false where they do not pair up. In the old way of
// extensions, the name of the segment `providers` is a namespace.
bool AppendPairs(TextBuilder& id, std::span<const std::string_view> types,
                 std::span<const Value> names) {
  std::size_t name = 0;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (name >= names.size()) return false;
    id.Append("/");
    id.Append(types[i]);
    id.Append("/");
    id.Append(names[name++]);
  }
  return name == names.size();
}

}  // namespace

Value SubscriptionPlaceId(Context& context, const Place& place) {
  TextBuilder id(context);
  id.Append("/subscriptions/");
  id.Append(place.subscription);
  return id.Finish({});
}

Value PlaceId(Context& context, const Place& place) {
  TextBuilder id(context);
  switch (place.scope) {
    case Scope::kResourceGroup:
      id.Append(SubscriptionPlaceId(context, place));
      id.Append("/resourceGroups/");
      id.Append(place.group);
      break;
    case Scope::kSubscription:
      return SubscriptionPlaceId(context, place);
    case Scope::kManagementGroup:
      id.Append(kManagementGroups);
      id.Append(place.management_group);
      break;
    case Scope::kTenant:
      break;
  }
  return id.Finish({});
}

std::optional<Place> PlaceOf(Context& context, Value scope, const Place& from) {
  const std::optional<Value> text = TextOfScope(scope);
  if (!text.has_value()) return std::nullopt;
  const std::vector<Value> segments = SegmentsOf(context, *text, {});
  Place place = from;
  if (segments.size() <= 2 && Is(segments[0], "")) {
    place.scope = Scope::kTenant;
    return place;
  }
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    if (Is(segments[i], "managementGroups")) {
      place.scope = Scope::kManagementGroup;
      place.management_group = segments[i + 1];
      return place;
    }
  }
  if (segments.size() < 3 || !Is(segments[1], "subscriptions")) return std::nullopt;
  place.scope = Scope::kSubscription;
  place.subscription = segments[2];
  if (segments.size() >= 5 && Is(segments[3], "resourceGroups")) {
    const bool same = Equal(place.group, segments[4], true) == true;
    place.scope = Scope::kResourceGroup;
    place.group = segments[4];
    if (!same) place.location = Value();
  }
  return place;
}

Value ScopeIdOf(Context& context, Value scope, const Place& from) {
  const std::optional<Value> text = TextOfScope(scope);
  if (!text.has_value()) return scope;
  const std::vector<Piece> pieces = PiecesOf(*text);
  const bool absolute = !pieces.empty() && !pieces[0].term && pieces[0].text.starts_with('/');
  if (absolute) return Is(*text, "/") ? Value::String("") : *text;
  // "Microsoft.X/types/name": within the place.
  const bool open = pieces.empty() || pieces[0].term;
  if (open) return *text;
  const std::vector<Value> segments = SegmentsOf(context, *text, scope.range());
  TextBuilder id(context);
  // Management groups are within no place.
  if (!Is(segments[0], "Microsoft.Management")) id.Append(PlaceId(context, from));
  if (!Is(segments[0], "subscriptions")) id.Append("/providers");
  id.Append("/");
  id.Append(*text);
  return id.Finish(scope.range());
}

std::optional<Value> MakeId(Context& context, Value scope_id, std::string_view type,
                            std::span<const Value> names, Range range) {
  const std::vector<Value> all = SpreadNames(context, names, range);
  const std::vector<std::string_view> types = Split(type);
  if (types.size() < 2 || all.empty()) return std::nullopt;
  TextBuilder id(context);
  id.Append(scope_id);
  if (EqualsIgnoringAsciiCase(type, kResourceGroups)) {
    id.Append("/resourceGroups/");
    id.Append(all[0]);
    return all.size() == 1 ? std::optional(id.Finish(range)) : std::nullopt;
  }
  if (EqualsIgnoringAsciiCase(type, kSubscriptions)) {
    TextBuilder subscription(context);
    subscription.Append("/subscriptions/");
    subscription.Append(all[0]);
    return all.size() == 1 ? std::optional(subscription.Finish(range)) : std::nullopt;
  }
  id.Append("/providers/");
  id.Append(types[0]);
  if (!AppendPairs(id, std::span(types).subspan(1), all)) return std::nullopt;
  return id.Finish(range);
}

Value ChildId(Context& context, Value id, std::string_view segment, Value name, Range range) {
  TextBuilder child(context);
  child.Append(id);
  child.Append("/");
  child.Append(segment);
  for (const Value& part : SegmentsOf(context, name, range)) {
    child.Append("/");
    child.Append(part);
  }
  return child.Finish(range);
}

// …/providers/NAMESPACE/TYPE/NAME is a child if there are more pairs, and an extension if there is
// another `providers` before.
std::optional<Value> ParentId(Context& context, Value id) {
  const std::vector<Value> segments = SegmentsOf(context, id, id.range());
  std::size_t last = segments.size();
  bool extends = false;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!Is(segments[i], kProviders)) continue;
    extends = last != segments.size();
    last = i;
  }
  if (last == segments.size()) return std::nullopt;
  const bool child = last + 4 < segments.size();
  if (!child && !extends) return std::nullopt;
  const std::size_t kept = child ? segments.size() - 2 : last;
  TextBuilder parent(context);
  for (std::size_t i = 0; i < kept; ++i) {
    if (i > 0) parent.Append("/");
    parent.Append(segments[i]);
  }
  return parent.Finish(id.range());
}

std::string PlainType(std::string_view type, std::span<const Value> names) {
  const std::vector<std::string_view> types = Split(type);
  const auto mark = std::ranges::find_if(
      types, [](std::string_view segment) { return EqualsIgnoringAsciiCase(segment, kProviders); });
  const auto before = static_cast<std::size_t>(mark - types.begin());
  // One name for each segment before, and behind it the namespace.
  if (mark == types.end() || before == 0 || names.size() < before ||
      !names[before - 1].IsString()) {
    return std::string(type);
  }
  std::string plain(names[before - 1].AsString());
  for (std::size_t i = before + 1; i < types.size(); ++i) plain.append("/").append(types[i]);
  return plain;
}

}  // namespace restorable::arm
