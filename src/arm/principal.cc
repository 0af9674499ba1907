#include "arm/principal.h"

#include <algorithm>
#include <optional>
#include <string>

#include "arm/operators.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

struct Row {
  std::string_view type;  // empty: of all that have a system-assigned identity
  std::string_view path;
};

constexpr Row kPrincipals[] = {
    {"", "identity.principalId"},
    {"Microsoft.ContainerService/managedClusters",
     "properties.identityProfile.kubeletidentity.objectId"},
    {"Microsoft.KubernetesConfiguration/extensions", "properties.aksAssignedIdentity.principalId"},
    {"Microsoft.ManagedIdentity/userAssignedIdentities", "properties.principalId"},
};

bool HasSystemIdentity(Value body) {
  const MapEntry* const identity = FindKey(body, "identity");
  const MapEntry* const type = identity == nullptr ? nullptr : FindKey(identity->value, "type");
  return type != nullptr && type->value.IsString() &&
         AsciiLower(type->value.AsString()).find("systemassigned") != std::string::npos;
}

bool Applies(const Row& row, std::string_view type, Value body) {
  return row.type.empty() ? HasSystemIdentity(body) : EqualsIgnoringAsciiCase(row.type, type);
}

// "a.b" is a step and the steps behind it.
std::string_view TakeStep(std::string_view& path) {
  const std::size_t dot = path.find('.');
  const std::string_view step = path.substr(0, dot);
  path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
  return step;
}

Value TermOf(Context& context, Value answer, std::string_view path) {
  while (!path.empty()) answer = GetProperty(context, answer, TakeStep(path), answer.range());
  if (!IsSymbol(answer)) return answer;
  const Symbol& symbol = AsSymbol(answer);
  const Term term{
      .text = std::string(symbol.pieces[0].text), .kind = TypeKind::kString, .nullable = false};
  return MakeTerm(context, term, symbol.unknown);
}

// `map` with the value at the end of the path; nothing where it has one, or may have.
std::optional<Value> Put(Context& context, Value map, std::string_view path, Value value) {
  if (!map.IsMap()) return std::nullopt;
  const std::string_view step = TakeStep(path);
  const MapEntry* const known = FindKey(map, step);
  if (known == nullptr ? map.OpenRest() != nullptr : path.empty()) return std::nullopt;
  std::optional<Value> member = value;
  if (!path.empty()) {
    const Value empty = context.Map({}).At(value.range());
    member = Put(context, known == nullptr ? empty : known->value, path, value);
  }
  if (!member.has_value()) return std::nullopt;
  std::vector<MapEntry> entries(map.AsMap().begin(), map.AsMap().end());
  if (known == nullptr) {
    entries.push_back({Value::String(step).At(value.range()), *member});
  } else {
    entries[static_cast<std::size_t>(known - map.AsMap().data())].value = *member;
  }
  const Value made = context.Map(entries, map.OpenRest()).At(map.range()).Via(map.via());
  return map.IsSensitive() ? made.Sensitive() : made;
}

}  // namespace

bool HasPrincipals(std::string_view type, Value body) {
  return std::ranges::any_of(kPrincipals, [&](const Row& row) { return Applies(row, type, body); });
}

Value WithPrincipals(Context& context, std::string_view type, Value answer, Value body,
                     std::vector<Principal>& added) {
  for (const Row& row : kPrincipals) {
    if (!Applies(row, type, body)) continue;
    const Value term = TermOf(context, answer, row.path);
    if (!IsSymbol(term)) continue;
    const std::optional<Value> with = Put(context, body, row.path, term.At(answer.range()));
    if (!with.has_value() || with->IsError()) continue;
    body = *with;
    added.push_back({row.path, term});
  }
  return body;
}

}  // namespace restorable::arm
