#include "arm/settle.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "arm/closure.h"
#include "arm/diagnostics.h"
#include "arm/symbol.h"
#include "base/text.h"
#include "value/rebuild.h"

namespace restorable::arm {

namespace {

// In lower case; before the first is the place where a resource lies, and behind it its type.
constexpr std::string_view kProviders = "/providers/";
constexpr std::string_view kResourceGroups = "/resourcegroups/";

// Of a symbol that is a single term, that; empty for others.
std::string_view TermOf(Value value) {
  const std::span<const Piece> pieces = AsSymbol(value).pieces;
  return pieces.size() == 1 && pieces[0].term ? pieces[0].text : std::string_view();
}

}  // namespace

void Settler::AddId(Value id) {
  if (!IsText(id)) return;
  const std::string text = AsciiLower(Braced(id));
  const std::string place = text.substr(0, text.find(kProviders));
  places_.insert(place);
  places_.insert(place.substr(0, place.find(kResourceGroups)));
  ids_.insert(text);
}

void Settler::AddPrincipal(Value id, const Principal& principal) {
  if (!IsText(id)) return;
  principals_[std::string(TermOf(principal.term))] =
      "{" + Braced(id) + "." + std::string(principal.path) + "}";
}

// An id is known if it names a resource of this deployment, or something below one by names that
// are known: an open one may be any of those. What consists of nothing but a place of the
// deployment, or one where it puts something, and known names can be compared with those as well.
bool Settler::IsKnownId(Value text) const {
  const std::string id = AsciiLower(Braced(text));
  if (!id.starts_with('/')) return false;
  const std::vector<Piece> pieces = PiecesOf(text);
  const bool place_only = std::ranges::all_of(pieces, [](const Piece& piece) {
    return !piece.term || piece.text == "subscription().subscriptionId" ||
           piece.text == "resourceGroup().name" || piece.text == "managementGroup().name";
  });
  if (place_only) return true;
  const std::size_t end = id.find(kProviders);
  const bool known_names = end == std::string::npos || id.find('{', end) == std::string::npos;
  if (known_names && places_.contains(id.substr(0, end))) return true;
  for (std::string_view known = id; !known.empty(); known = known.substr(0, known.rfind('/'))) {
    if (ids_.contains(known)) return id.find('{', known.size()) == std::string::npos;
  }
  return false;
}

void Settler::Report(Value unknown) {
  for (const UnknownCause& cause : unknown.AsUnknown().causes) {
    if (cause.reason != UnknownReason::kEvalError) continue;
    context_.Report({.kind = &kEvaluation,
                     .range = cause.range,
                     .args = {std::string(cause.what)},
                     .notes = {}});
  }
}

Value Settler::SettleSymbol(Value value, bool report) {
  const Symbol& symbol = AsSymbol(value);
  Value settled = symbol.unknown;
  const auto principal = principals_.find(TermOf(value));
  if (principal != principals_.end()) {
    settled = context_.String(principal->second);
  } else if (IsTextSymbol(value) && IsKnownId(value)) {
    settled = context_.String(Braced(value));
  } else if (report) {
    Report(symbol.unknown);
  }
  return InPlaceOf(value, settled);
}

// Values are no deeper than the limit on nesting.
Value Settler::Settle(Value value, bool report) {
  if (IsSymbol(value)) return SettleSymbol(value, report);
  if (IsClosure(value)) {
    return context_.Unknown(UnknownReason::kUnsupported, "a lambda", value.range());
  }
  if (value.IsError()) {
    const Value unknown =
        context_.Unknown(IsLimit(value) ? UnknownReason::kLimit : UnknownReason::kEvalError,
                         value.AsError().message, value.AsError().range);
    if (report) Report(unknown);
    return unknown;
  }
  if (!value.IsList() && !value.IsMap()) return value;
  if (!context_.Spend(value.size())) {
    return context_.Unknown(UnknownReason::kLimit, "evaluation_steps", value.range());
  }
  Value settled;
  if (value.IsList()) {
    std::vector<Value> items;
    for (const Value& item : value.AsList()) items.push_back(Settle(item, report));
    settled = context_.List(items);
  } else {
    std::vector<MapEntry> entries;
    for (const MapEntry& entry : value.AsMap()) {
      const Value member = Settle(entry.value, report);
      if (!member.IsNull()) entries.push_back({entry.key, member});
    }
    if (const Value* const rest = value.OpenRest()) {
      const Value open = Settle(*rest, report);
      settled = context_.Map(entries, open.IsUnknown() ? &open : nullptr);
    } else {
      settled = context_.Map(entries);
    }
  }
  return InPlaceOf(value, settled);
}

}  // namespace restorable::arm
