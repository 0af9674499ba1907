// Selections, indexes, presence, and the places that they lead to.
#include <algorithm>
#include <cmath>
#include <string>

#include "cel/definition.h"
#include "cel/evaluator.h"
#include "cel/open_list.h"
#include "cel/operators.h"
#include "cel/secret.h"

namespace restorable::cel {
namespace {

std::string DescribeMissing(Value list) {
  return "is out of range, the list has " + std::to_string(list.size()) +
         (list.size() == 1 ? " element" : " elements");
}

// What is behind the index as an int; nothing for other kinds and fractions.
std::optional<std::int64_t> IndexOf(Value index) {
  constexpr double kLargest = 0x1p53;
  switch (index.kind()) {
    case Kind::kInt:
      return index.AsInt();
    case Kind::kUint:
      // What does not fit is past the end of every list.
      return index.AsUint() > 0x7FFFFFFF ? 0x7FFFFFFF : static_cast<std::int64_t>(index.AsUint());
    case Kind::kDouble: {
      const double value = index.AsDouble();
      if (std::trunc(value) != value || std::fabs(value) > kLargest) return std::nullopt;
      return static_cast<std::int64_t>(value);
    }
    default:
      return std::nullopt;
  }
}

// Whether what the unknown waits for is written like a path, so that a field can be appended.
bool NamesPath(UnknownReason reason) {
  switch (reason) {
    case UnknownReason::kNoDefault:
    case UnknownReason::kComputed:
    case UnknownReason::kDataSource:
    case UnknownReason::kExistingResource:
      return true;
    default:
      return false;
  }
}

}  // namespace

// A report wants to name the field that would decide, not just the object.
Value Evaluator::Deeper(Value unknown, std::string_view field) {
  constexpr std::size_t kLongest = 200;
  const UnknownSet& set = unknown.AsUnknown();
  if (set.total != 1) return unknown;
  UnknownCause cause = set.causes[0];
  if (!NamesPath(cause.reason) || cause.what.empty()) return unknown;
  if (cause.what.size() + field.size() > kLongest) return unknown;
  const std::string what = std::string(cause.what) + "." + std::string(field);
  cause.what = what;
  return Value::Unknown(arena_, cause).At(unknown.range()).Via(unknown.via());
}

// The value of a present key, as an optional if that was asked for; for an absent one what stands
// for it in an open map, else the empty optional.
Value Evaluator::Found(const MapEntry* entry, Value map, bool optional) {
  if (entry == nullptr) return map.OpenRest() != nullptr ? *map.OpenRest() : Value::None();
  if (activation_.watched_ != nullptr) Watch(entry->value);
  const Value value = PartOf(map, entry->value);
  // It may turn out not to be there.
  if (!optional || value.IsUnknown()) return value;
  return Value::Some(arena_, value);
}

void Evaluator::Watch(Value found) {
  const bool is_scalar = !found.IsMap() && !found.IsList() && !found.IsUnknown();
  if (!is_scalar || !activation_.watched_->range().IsNone()) return;
  *activation_.watched_ = found;
}

Value Evaluator::Field(Value value, std::string_view field, bool optional, Range range) {
  switch (value.kind()) {
    case Kind::kMap: {
      const MapEntry* const entry = value.FindEntry(field);
      if (entry != nullptr || optional || value.OpenRest() != nullptr) {
        return Found(entry, value, optional);
      }
      return Error("no such key: " + ShowValue(Value::String(field)), range);
    }
    case Kind::kUnknown:
      return Deeper(value, field);
    case Kind::kOptional:
      if (value.AsOptional() == nullptr) return value;
      return Field(*value.AsOptional(), field, true, range);
    default:
      return Error("a value of type " + std::string(TypeName(value)) + " has no field `" +
                       std::string(field) + "`",
                   range);
  }
}

Value Evaluator::ListElement(Value list, Value index, bool optional, Range range) {
  const std::optional<std::int64_t> i = IndexOf(index);
  if (!i) {
    return Error("a list cannot be indexed with " + ShowValue(index), range);
  }
  // An item that may not be there leaves open where those behind it are.
  if (*i >= 0 && list.IsOpenList()) {
    const auto end = static_cast<std::size_t>(std::min<std::int64_t>(*i + 1, list.size()));
    const Value why = WhyOpen(arena_, Value::List(list.AsList().first(end)).Shaped(list.shape()));
    if (why.IsUnknown()) return why;
  }
  if (*i < 0 || *i >= list.size()) {
    if (optional) return Value::None();
    return Error("index " + std::to_string(*i) + " " + DescribeMissing(list), range);
  }
  const Value item = PartOf(list, list.AsList()[static_cast<std::size_t>(*i)]);
  return optional && !item.IsUnknown() ? Value::Some(arena_, item) : item;
}

Value Evaluator::Element(Value value, Value index, bool optional, Range range) {
  if (value.IsUnknown()) {
    if (index.IsUnknown()) return Union(value, index);
    return index.IsString() ? Deeper(value, index.AsString()) : value;
  }
  if (index.IsUnknown()) return index;
  switch (value.kind()) {
    case Kind::kMap: {
      const MapEntry* const entry = value.FindEntry(index);
      if (entry != nullptr || optional || value.OpenRest() != nullptr) {
        return Found(entry, value, optional);
      }
      return Error("no such key: " + ShowValue(index), range);
    }
    case Kind::kList:
      return ListElement(value, index, optional, range);
    case Kind::kOptional:
      if (value.AsOptional() == nullptr) return value;
      return Element(*value.AsOptional(), index, true, range);
    default: {
      const Value operands[] = {value, index};
      return AtRange(NoSuchOverload(arena_, "[]", operands), range);
    }
  }
}

Value Evaluator::Has(Value value, std::string_view field, Range range) {
  switch (value.kind()) {
    case Kind::kMap: {
      const MapEntry* const entry = value.FindEntry(field);
      if (entry != nullptr) {
        return entry->value.IsUnknown() ? entry->value : Value::Bool(true);
      }
      return value.OpenRest() != nullptr ? *value.OpenRest() : Value::Bool(false);
    }
    case Kind::kUnknown:
      return Deeper(value, field);
    case Kind::kOptional:
      if (value.AsOptional() == nullptr) return Value::Bool(false);
      return Has(*value.AsOptional(), field, range);
    default:
      return Error("a value of type " + std::string(TypeName(value)) + " has no field `" +
                       std::string(field) + "`",
                   range);
  }
}

// --- Places --------------------------------------------------------------------------------------

namespace {

// Goes one step further down, or ends the way where it is.
void Descend(Program::Place& place, const MapEntry* entry, const Value* value) {
  if (value == nullptr) {
    place.complete = false;
    return;
  }
  place.value = *value;
  place.key = entry != nullptr ? entry->key.range() : Range{};
}

}  // namespace

// Moves `place` to what the step names. False when there is nothing to start from.
bool Evaluator::LocateStep(StepId id, Program::Place& place) {
  const Plan& plan = *frame_->plan;
  const auto operand_of = [&](StepId operand) {
    if (!LocateStep(operand, place)) return false;
    const Value& value = place.value;
    if (place.complete && value.Is(Kind::kOptional)) {
      if (value.AsOptional() == nullptr) return false;
      place.value = *value.AsOptional();
    }
    return true;
  };
  if (const SelectField* select = plan.As<SelectField>(id)) {
    if (!operand_of(select->operand)) return false;
    if (!place.complete) return true;
    const MapEntry* const entry = place.value.FindEntry(select->field);
    Descend(place, entry, entry != nullptr ? &entry->value : nullptr);
    return true;
  }
  if (const SelectElement* select = plan.As<SelectElement>(id)) {
    if (!operand_of(select->operand)) return false;
    if (!place.complete) return true;
    const Value index = Eval(select->index);
    const Value value = place.value;
    if (value.IsList()) {
      const std::optional<std::int64_t> i = IndexOf(index);
      const bool inside = i && *i >= 0 && *i < value.size();
      Descend(place, nullptr, inside ? &value.AsList()[static_cast<std::size_t>(*i)] : nullptr);
    } else {
      const bool is_key = !index.IsError() && !index.IsUnknown();
      const MapEntry* const entry = is_key ? value.FindEntry(index) : nullptr;
      Descend(place, entry, entry != nullptr ? &entry->value : nullptr);
    }
    return true;
  }
  if (const Choose* choose = plan.As<Choose>(id)) {
    const Value condition = Eval(choose->condition);
    if (condition.Is(Kind::kBool)) {
      return LocateStep(condition.AsBool() ? choose->then : choose->otherwise, place);
    }
    return false;
  }
  if (const CallDefinition* call = plan.As<CallDefinition>(id)) {
    Frame* const caller = frame_;
    frame_ = NewFrame(*call);
    const Depth depth(*this);
    const bool found = depth_ <= kMostDepth && LocateStep(call->definition->plan.root, place);
    frame_ = caller;
    return found;
  }
  Value value = Eval(id);
  if (value.Is(Kind::kOptional)) {
    if (value.AsOptional() == nullptr) return false;
    value = *value.AsOptional();
  }
  place = {.value = value, .key = {}, .complete = true};
  return !value.IsError();
}

std::optional<Program::Place> Evaluator::Locate(const Plan& plan) {
  Frame* const caller = frame_;
  frame_ = NewFrame(plan);
  Program::Place place;
  const bool found = LocateStep(plan.root, place);
  frame_ = caller;
  if (!found) return std::nullopt;
  return place;
}

}  // namespace restorable::cel
