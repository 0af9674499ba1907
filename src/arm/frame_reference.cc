// What expressions read from the resources and modules of a frame.

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "arm/frame.h"
#include "arm/frame_once.h"
#include "arm/identity.h"
#include "arm/object_builder.h"
#include "arm/operators.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

// `symbol[3]` as a symbol and a number.
std::pair<std::string_view, std::optional<Value>> SplitSymbol(Value target) {
  const std::string_view text = target.AsString();
  const std::size_t open = text.find('[');
  if (open == std::string_view::npos || !text.ends_with(']')) return {text, std::nullopt};
  const std::string_view digits = text.substr(open + 1, text.size() - open - 2);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return {text, std::nullopt};
  return {text.substr(0, open), Value::Int(number)};
}

// The symbol of `symbol[…]` where the number is not known; empty for all else.
std::string_view SymbolOfOpenIndex(Value target) {
  const std::vector<Piece> pieces = PiecesOf(target);
  if (pieces.size() != 3 || pieces[0].term || !pieces[1].term || pieces[2].term) return {};
  const std::string_view symbol = pieces[0].text;
  if (pieces[2].text != "]" || symbol.find('[') + 1 != symbol.size()) return {};
  return symbol.substr(0, symbol.size() - 1);
}

// Members that a resource has whether it is created or not.
bool IsOwn(std::string_view member) {
  constexpr std::string_view kOwn[] = {"id", "name", "type", "apiVersion"};
  return std::ranges::any_of(
      kOwn, [&](std::string_view own) { return EqualsIgnoringAsciiCase(member, own); });
}

}  // namespace

// The occurrence that `symbol` or `symbol[index]` names.
Frame::Found Frame::FindOccurrence(std::string_view symbol, std::optional<Value> index) {
  const Resource* const resource = resource_index_.Find(template_.resources, symbol);
  if (resource == nullptr || symbol.empty()) {
    return outer_ ? parent_->FindOccurrence(symbol, index) : Found{};
  }
  const auto& occurrences = Expand(*resource).occurrences;
  if (!index.has_value()) {
    return occurrences.size() == 1 ? Found{this, occurrences[0].get()} : Found{this, nullptr};
  }
  if (occurrences.size() == 1 && occurrences[0]->one_of_many) return {this, occurrences[0].get()};
  if (!index->Is(Kind::kInt) || index->AsInt() < 0) return {this, nullptr};
  const auto number = static_cast<std::size_t>(index->AsInt());
  return {this, number < occurrences.size() ? occurrences[number].get() : nullptr};
}

// As `reference()` finds it: by symbol, by id, or by name.
Frame::Found Frame::FindReferred(Value target) {
  if (!IsText(target)) return {};
  if (const std::string_view symbol = SymbolOfOpenIndex(target); !symbol.empty()) {
    const Found found = FindOccurrence(symbol, target);
    if (found.frame != nullptr) return found;
  }
  if (Braced(target).find('/') != std::string::npos) return FindById(target);
  if (target.IsString()) {
    const auto [symbol, index] = SplitSymbol(target);
    const Found found = FindOccurrence(symbol, index);
    if (found.frame != nullptr) return found;
  }
  return FindByName(target);
}

// Resources whose id is being computed are passed over: they cannot be what they refer to. When all
// of a loop are known, they are found by a table.
Occurrence* Frame::FindIn(Group& group, const std::string& id) {
  const auto computing = [](const std::unique_ptr<Occurrence>& occurrence) {
    return occurrence->id.state == Memo::State::kComputing ||
           occurrence->name.state == Memo::State::kComputing ||
           occurrence->type.state == Memo::State::kComputing;
  };
  const bool complete = group.indexed || std::ranges::none_of(group.occurrences, computing);
  if (!group.indexed) {
    if (!context_.Spend(group.occurrences.size())) return nullptr;
    for (const auto& occurrence : group.occurrences) {
      if (computing(occurrence)) continue;
      group.by_id.try_emplace(AsciiLower(Braced(IdOf(*occurrence))), occurrence.get());
    }
    group.indexed = complete;
  }
  const auto found = group.by_id.find(id);
  return found == group.by_id.end() ? nullptr : found->second;
}

Frame::Found Frame::FindById(Value id) {
  const std::string text = AsciiLower(Braced(id));
  for (const Resource& resource : template_.resources) {
    if (!context_.Spend(1)) return {};
    // Most are told by their type alone.
    const auto* const literal = std::get_if<Literal>(&tree_[resource.type].expression);
    if (literal != nullptr && literal->value.IsString() && !resource.within.has_value()) {
      const std::string_view type = literal->value.AsString();
      const std::string space = "/" + std::string(type.substr(0, type.find('/'))) + "/";
      if (text.find(AsciiLower(space)) == std::string::npos &&
          type.find("esourceGroups") == std::string_view::npos) {
        continue;
      }
    }
    const auto known = groups_.find(&resource);
    if (known != groups_.end() && known->second.computing) continue;
    if (Occurrence* const found = FindIn(Expand(resource), text)) return {this, found};
  }
  return outer_ ? parent_->FindById(id) : Found{};
}

// The name alone, which must be that of one resource of the template only.
Frame::Found Frame::FindByName(Value name) {
  Found found;
  for (const Resource& resource : template_.resources) {
    if (!context_.Spend(1)) return {};
    const auto known = groups_.find(&resource);
    if (known != groups_.end() && known->second.computing) continue;
    for (const auto& occurrence : Expand(resource).occurrences) {
      if (occurrence->name.state == Memo::State::kComputing) continue;
      if (Equal(NameOf(*occurrence), name, /*ignore_case=*/true) != true) continue;
      if (found.occurrence != nullptr) return {};
      found = {this, occurrence.get()};
    }
  }
  if (found.occurrence == nullptr && outer_) return parent_->FindByName(name);
  return found;
}

// `reference(id)`, or with all of the resource.
Value Frame::ReferenceTerm(Value id, bool full, UnknownReason reason, Range range) {
  const std::string canonical = Canonical(id);
  const std::string term = "reference(" + AsciiLower(canonical) + (full ? ",full)" : ")");
  // What follows the last provider says enough.
  constexpr std::string_view kProviders = "/providers/";
  std::string what = IsText(id) ? Shortened(id) : canonical;
  const std::size_t provider = what.rfind(kProviders);
  if (provider != std::string::npos) what.erase(0, provider + kProviders.size());
  return MakeTerm(context_, {.text = term, .nullable = false}, reason, what, range);
}

// A value as the service answers it: every object may have more members than were sent.
Value Frame::Opened(Value value, Value rest) {
  if (!context_.Spend(1)) return context_.Limit("evaluation_steps", value.range());
  if (value.IsList()) {
    std::vector<Value> items;
    for (const Value& item : value.AsList()) {
      const Value index = Value::Int(static_cast<std::int64_t>(items.size()));
      const Value more = GetItem(context_, rest, index, /*from_end=*/false, item.range());
      items.push_back(Opened(item, more));
    }
    return context_.List(items).At(value.range()).Via(value.via());
  }
  if (!value.IsMap()) return value;
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : value.AsMap()) {
    if (entry.value.IsNull()) continue;
    const Value more = GetProperty(context_, rest, entry.key.AsString(), entry.key.range());
    entries.push_back({entry.key, Opened(entry.value, more)});
  }
  return context_.Map(entries, &rest).At(value.range()).Via(value.via());
}

// {outputs: {name: {value: …}}} of a module. An output that is being computed is passed over: it
// does not wait for all.
Value Frame::ModuleAnswer(Occurrence& occurrence, bool full, Value rest, Range range) {
  Frame* const module = IsAbsentNow(occurrence) ? nullptr : ModuleOf(occurrence);
  if (module == nullptr) return rest;
  std::vector<MapEntry> outputs;
  for (const arm::Output& output : module->template_.outputs) {
    const auto memo = module->outputs_.find(AsciiLower(output.name.text));
    const bool computing =
        memo != module->outputs_.end() && memo->second.state == Memo::State::kComputing;
    if (computing) continue;
    const Value value = MemberOf(context_, module->Output(output.name.text, range));
    outputs.push_back({Value::String(output.name.text),
                       context_.Map({{Value::String("value"), value}}).At(range)});
  }
  const bool complete = outputs.size() == module->template_.outputs.size();
  const Value all = context_.Map(outputs, complete ? nullptr : &rest).At(range);
  const Value properties = context_.Map({{Value::String("outputs"), all}}, &rest).At(range);
  if (!full) return properties;
  return context_.Map({{Value::String("properties"), properties}}, &rest).At(range);
}

// What is configured of a resource, and for all else a symbol.
Value Frame::Properties(Occurrence& occurrence, bool full, Range range) {
  const Resource& resource = *occurrence.resource;
  const UnknownReason reason =
      resource.existing ? UnknownReason::kExistingResource : UnknownReason::kComputed;
  const Value rest = ReferenceTerm(IdOf(occurrence), full, reason, range);
  if (resource.existing) return rest;
  if (resource.module != nullptr) return ModuleAnswer(occurrence, full, rest, range);
  // Asked for while it is made: what the service answers is not known.
  if (occurrence.body.state == Memo::State::kComputing) return rest;
  Memo& memo = full ? occurrence.answer : occurrence.properties;
  if (memo.state == Memo::State::kDone) return memo.value;
  std::vector<Principal> principals;
  Value configured = AnsweredBody(occurrence, principals);
  if (!full && configured.IsMap()) {
    const MapEntry* const properties = FindKey(configured, "properties");
    configured = properties == nullptr ? Value() : properties->value;
  }
  memo = {Memo::State::kDone, configured.IsMap() ? Opened(configured, rest) : rest};
  return memo.value;
}

bool Frame::IsAbsentNow(Occurrence& occurrence) {
  if (occurrence.resource->condition == NodeId::kNone && occurrence.within == nullptr) return false;
  return occurrence.condition.state != Memo::State::kComputing && ConditionOf(occurrence).IsFalse();
}

Value Frame::ModuleOutput(Occurrence& occurrence, std::string_view output, Range range) {
  Frame* const module = IsAbsentNow(occurrence) ? nullptr : ModuleOf(occurrence);
  if (module != nullptr) {
    const Value value = module->Output(output, range);
    if (!value.IsError()) return value;
    return value.AsError().absolute || IsAbsent(value) ? value : MemberOf(context_, value);
  }
  const Value id = IdOf(occurrence);
  const UnknownReason reason =
      IsAbsentNow(occurrence) ? UnknownReason::kComputed : UnknownReason::kModuleNotOnDisk;
  const std::string term =
      "reference(" + AsciiLower(Canonical(id)) + ").outputs." + AsciiLower(output);
  const std::string what =
      std::string(WithinModule(occurrence)) + ".outputs." + std::string(output);
  return MakeTerm(context_, {.text = term}, reason, what, range);
}

Value Frame::GetReference(const Referred& referred, Range range) {
  const Found found = FindReferred(referred.target);
  if (found.occurrence == nullptr) {
    Value term = ReferenceTerm(referred.target, referred.full, UnknownReason::kComputed, range);
    if (referred.output.empty()) return term;
    term = GetProperty(context_, term, "outputs", range);
    return GetProperty(context_, term, referred.output, range);
  }
  Frame& frame = *found.frame;
  Occurrence& occurrence = *found.occurrence;
  if (referred.output.empty()) return frame.Properties(occurrence, referred.full, range);
  if (occurrence.resource->module == nullptr) {
    const Value outputs =
        GetProperty(context_, frame.Properties(occurrence, false, range), "outputs", range);
    return GetProperty(context_, outputs, referred.output, range);
  }
  const Value value = frame.ModuleOutput(occurrence, referred.output, range);
  if (value.IsError()) return value;
  return context_.Map({{Value::String("value"), value}}).At(range);
}

Value Frame::GetReferences(Value symbol, bool full, Range range) {
  const Resource* const resource =
      symbol.IsString() ? resource_index_.Find(template_.resources, symbol.AsString()) : nullptr;
  if (resource == nullptr) {
    return ReferenceTerm(symbol, full, UnknownReason::kComputed, range);
  }
  std::vector<Value> all;
  for (const auto& occurrence : Expand(*resource).occurrences) {
    if (occurrence->one_of_many) {
      return context_.Fresh("references", occurrence->condition.value, TypeKind::kArray, range);
    }
    all.push_back(Properties(*occurrence, full, range));
  }
  return context_.List(all).At(range);
}

Value Frame::GetInfo(Value symbol, Range range) {
  const Found found = FindReferred(symbol);
  if (found.occurrence == nullptr) {
    return ReferenceTerm(symbol, true, UnknownReason::kComputed, range);
  }
  Occurrence& occurrence = *found.occurrence;
  std::vector<MapEntry> entries = {{Value::String("id"), found.frame->IdOf(occurrence)},
                                   {Value::String("name"), found.frame->NameOf(occurrence)},
                                   {Value::String("type"), found.frame->TypeOf(occurrence)}};
  if (occurrence.resource->api_version != NodeId::kNone) {
    entries.push_back(
        {Value::String("apiVersion"),
         found.frame->EvalText(occurrence.resource->api_version, occurrence.locals, "apiVersion")});
  }
  return context_.Map(entries).At(range);
}

Value Frame::MemberValue(Occurrence& occurrence, const Member& member, Range range) {
  const auto is = [&](std::string_view name) { return EqualsIgnoringAsciiCase(member.name, name); };
  const Resource& resource = *occurrence.resource;
  if (is("id")) return IdOf(occurrence);
  if (is("name")) return member.joined ? NameOf(occurrence) : ShortNameOf(occurrence);
  if (is("type")) return TypeOf(occurrence);
  if (is("apiVersion") && resource.api_version != NodeId::kNone) {
    return EvalText(resource.api_version, occurrence.locals, "apiVersion");
  }
  if (!member.output.empty() && resource.module != nullptr) {
    return ModuleOutput(occurrence, member.output, range);
  }
  if (is("outputs") && resource.module != nullptr) {
    Frame* const module = IsAbsentNow(occurrence) ? nullptr : ModuleOf(occurrence);
    std::vector<MapEntry> outputs;
    if (module != nullptr) {
      for (const arm::Output& output : module->template_.outputs) {
        outputs.push_back(
            {Value::String(output.name.text), ModuleOutput(occurrence, output.name.text, range)});
      }
    }
    const Value rest =
        ReferenceTerm(IdOf(occurrence), false, UnknownReason::kModuleNotOnDisk, range);
    return context_.Map(outputs, module == nullptr ? &rest : nullptr).At(range);
  }
  if (is("properties")) return Properties(occurrence, /*full=*/false, range);
  const Value value =
      GetProperty(context_, Properties(occurrence, /*full=*/true, range), member.name, range);
  if (member.output.empty() || value.IsError()) return value;
  return GetProperty(context_, value, member.output, range);
}

Value Frame::GetMember(const Member& member, Range range) {
  const Found found = FindOccurrence(member.symbol, member.index);
  if (found.frame == nullptr) {
    return context_.Error("there is no resource `" + std::string(member.symbol) + "`", range);
  }
  if (found.occurrence == nullptr) {
    if (member.index.has_value() && IsSymbol(*member.index)) {
      const Value parts[] = {Value::String(member.symbol), *member.index,
                             Value::String(member.name)};
      return Derived(context_, "member", parts, TypeKind::kAny, range);
    }
    // Without an index it is all of a loop.
    if (!member.index.has_value()) {
      const Value all = GetResource(member.symbol, range);
      return GetProperty(context_, all, member.name, range);
    }
    return context_.Error(
        "there is no item of `" + std::string(member.symbol) + "` with that index", range);
  }
  if (!IsOwn(member.name) && member.lenient && found.frame->IsAbsentNow(*found.occurrence)) {
    return Value::Null().At(range);
  }
  const Value value = found.frame->MemberValue(*found.occurrence, member, range);
  if (value.IsError()) return value;
  return value.Via(context_.origins.Add(range, value.via(), std::string(member.symbol)));
}

// A loop of unknown length is taken to have the item that is asked for.
Value Frame::IsCreated(const Member& member) {
  const Found found = FindOccurrence(member.symbol, member.index);
  if (IsOwn(member.name) || found.occurrence == nullptr || found.occurrence->one_of_many ||
      found.occurrence->resource->condition == NodeId::kNone ||
      found.occurrence->condition.state == Memo::State::kComputing) {
    return Value::Bool(true);
  }
  return found.frame->ConditionOf(*found.occurrence);
}

// The resource as an object, with what the service adds to it.
Value Frame::Whole(Occurrence& occurrence, Range range) {
  std::vector<MapEntry> entries;
  const auto add = [&](std::string_view name) {
    const Value value = MemberValue(occurrence, {.symbol = {}, .index = {}, .name = name}, range);
    entries.push_back({Value::String(name), MemberOf(context_, value)});
  };
  for (const std::string_view name : {"id", "name", "type"}) add(name);
  if (occurrence.resource->module != nullptr) {
    add("outputs");
    return context_.Map(entries).At(range);
  }
  const Value full = Properties(occurrence, /*full=*/true, range);
  if (!full.IsMap()) return context_.Map(entries, &full).At(range);
  entries.insert(entries.end(), full.AsMap().begin(), full.AsMap().end());
  return context_.Map(entries, full.OpenRest()).At(range);
}

Value Frame::GetResource(std::string_view symbol, Range range) {
  const Resource* const resource = resource_index_.Find(template_.resources, symbol);
  if (resource == nullptr) {
    if (outer_) return parent_->GetResource(symbol, range);
    return context_.Error("there is no resource `" + std::string(symbol) + "`", range);
  }
  const auto& occurrences = Expand(*resource).occurrences;
  if (!resource->loop.has_value() && occurrences.size() == 1) return Whole(*occurrences[0], range);
  std::vector<Value> all;
  for (const auto& occurrence : occurrences) {
    if (occurrence->one_of_many) {
      return context_.Fresh("resources", occurrence->condition.value, TypeKind::kArray, range);
    }
    all.push_back(Whole(*occurrence, range));
  }
  return context_.List(all).At(range);
}

}  // namespace restorable::arm
