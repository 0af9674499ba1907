// The resources of a frame: how often they occur, what they are called, and what is sent.

#include <algorithm>
#include <utility>

#include "arm/diagnostics.h"
#include "arm/evaluate.h"
#include "arm/frame.h"
#include "arm/frame_once.h"
#include "arm/identity.h"
#include "arm/object_builder.h"
#include "arm/operators.h"
#include "arm/read.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

constexpr std::string_view kDeployments = "Microsoft.Resources/deployments";

// The name of the limit on what all templates of a deployment create.
constexpr std::string_view kInstances = "instances of resources and modules";

std::string_view LastSegment(std::string_view type) { return type.substr(type.rfind('/') + 1); }

std::string_view ParentType(std::string_view type) {
  const std::size_t slash = type.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : type.substr(0, slash);
}

// The name of what a resource is declared as, for messages.
std::string_view Label(const Resource& resource) {
  return resource.symbol.text.empty() ? "a resource" : resource.symbol.text;
}

}  // namespace

// A text; what has no value, or another one, becomes a term.
Value Frame::EvalText(NodeId node, const Local* locals, std::string_view what) {
  const Range range = tree_[node].range;
  const Value value = Eval(node, locals);
  if (IsText(value)) return value;
  if (IsSymbol(value)) return ToText(context_, value, range);
  if (value.Is(Kind::kInt)) return ToText(context_, value, range);
  const bool limit = value.IsError() && value.AsError().absolute;
  if (!limit) {
    const std::string message =
        value.IsError() ? std::string(value.AsError().message)
                        : std::string(what) + " is a text, found " + std::string(KindName(value));
    context_.Report({.kind = &kEvaluation, .range = range, .args = {message}, .notes = {}});
  }
  const Term term{.text = std::string(what) + "#" + std::to_string(context_.NextNumber()),
                  .kind = TypeKind::kString,
                  .nullable = false};
  return MakeTerm(context_, term, limit ? UnknownReason::kLimit : UnknownReason::kEvalError, what,
                  range);
}

Occurrence& Frame::AddOccurrence(Group& group, const Resource& resource, Occurrence* within,
                                 const Local* locals) {
  Occurrence& made = *group.occurrences.emplace_back(std::make_unique<Occurrence>());
  made.resource = &resource;
  made.within = within;
  made.locals = locals;
  made.one_of_many = within != nullptr && within->one_of_many;
  return made;
}

Frame::Group& Frame::Expand(const Resource& resource) {
  Group& group = groups_[&resource];
  if (group.ready) return group;
  if (group.computing) {
    context_.Report({.kind = &kCycle,
                     .range = resource.range,
                     .args = {std::string(Label(resource))},
                     .notes = {}});
    return group;
  }
  group.computing = true;
  if (resource.within.has_value()) {
    for (const auto& around : Expand(template_.resources[*resource.within]).occurrences) {
      ExpandWithin(resource, around.get(), group);
    }
  } else {
    ExpandWithin(resource, nullptr, group);
  }
  group.ready = true;
  group.computing = false;
  return group;
}

void Frame::ExpandWithin(const Resource& resource, Occurrence* within, Group& group) {
  const Local* const outer = within == nullptr ? locals_ : within->locals;
  if (!resource.loop.has_value()) {
    if (context_.TakeInstances(1)) {
      AddOccurrence(group, resource, within, outer);
    } else {
      static_cast<void>(context_.Limit(kInstances, resource.range));
    }
    return;
  }
  const Loop& loop = *resource.loop;
  const Rounds rounds = RoundsOf(context_, *this, tree_, loop, Local::Kind::kResourceLoop, outer);
  if (!rounds.failure.has_value()) {
    if (!context_.TakeInstances(rounds.locals.size())) {
      static_cast<void>(context_.Limit(kInstances, loop.range));
      return;
    }
    for (std::uint32_t i = 0; i < rounds.locals.size(); ++i) {
      AddOccurrence(group, resource, within, rounds.locals[i]).round = i;
    }
    return;
  }
  const Value because = MemberOf(context_, *rounds.failure);
  if (rounds.failure->IsError() && !IsLimit(*rounds.failure)) {
    context_.Report({.kind = &kEvaluation,
                     .range = rounds.failure->range(),
                     .args = {std::string(rounds.failure->AsError().message)},
                     .notes = {}});
  }
  // One that stands for all, in a round that is not known.
  const Value round = context_.Fresh("round", because, TypeKind::kInt, loop.range);
  const Local* local = outer;
  const auto add = [&](NameId name, Local::Kind kind, Value value) {
    const std::string_view text = name == NameId::kNone ? "" : tree_[name].text;
    local = context_.arena.New<Local>(Local{local, kind, text, value});
  };
  add(loop.label, Local::Kind::kResourceLoop, round);
  if (loop.index != NameId::kNone) add(loop.index, Local::Kind::kValue, round);
  if (loop.item != NameId::kNone) {
    const Value item =
        IsSymbol(*rounds.failure)
            ? GetItem(context_, *rounds.failure, round, /*from_end=*/false, loop.range)
            : context_.Fresh("item", because, TypeKind::kAny, loop.range);
    add(loop.item, Local::Kind::kValue, item);
  }
  Occurrence& made = AddOccurrence(group, resource, within, local);
  made.one_of_many = true;
  made.condition = {Memo::State::kDone, because};
}

// `symbol` or `symbol[i]`, as Bicep's `parent` names a resource.
std::optional<Member> Frame::AsMember(NodeId node, const Local* locals) {
  const auto* const index = std::get_if<Index>(&tree_[node].expression);
  const auto* const use =
      std::get_if<ResourceUse>(&tree_[index == nullptr ? node : index->collection].expression);
  if (use == nullptr) return std::nullopt;
  Member member{.symbol = tree_[use->name].text};
  if (index != nullptr) member.index = Eval(index->index, locals);
  return member;
}

// A member of the resource that a resource is a child of.
Value Frame::MemberOfParent(Occurrence& occurrence, std::string_view name) {
  const NodeId parent = occurrence.resource->parent;
  const Range range = tree_[parent].range;
  if (std::optional<Member> member = AsMember(parent, occurrence.locals)) {
    member->name = name;
    member->joined = true;
    return GetMember(*member, range);
  }
  return GetProperty(context_, Eval(parent, occurrence.locals), name, range);
}

Value Frame::TypeOf(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  return Once(occurrence.type, Label(resource), resource.range, [&] {
    const Value own = EvalText(resource.type, occurrence.locals, "type");
    // Within another resource the type holds the last segments, unless it is written whole.
    const bool whole =
        own.IsString() && own.AsString().find('/') != std::string_view::npos &&
        own.AsString().substr(0, own.AsString().find('/')).find('.') != std::string_view::npos;
    if (occurrence.within == nullptr || whole) return own;
    TextBuilder type(context_);
    type.Append(TypeOf(*occurrence.within));
    type.Append("/");
    type.Append(own);
    return type.Finish(own.range());
  });
}

// As rules see it: without the old way of extensions.
Value Frame::PlainTypeOf(Occurrence& occurrence) {
  const Value type = TypeOf(occurrence);
  if (!type.IsString()) return type;
  const Value name = NameOf(occurrence);
  if (!IsText(name)) return type;  // it depends on itself
  const std::vector<Value> names = SegmentsOf(context_, name, name.range());
  return context_.String(PlainType(type.AsString(), names)).At(type.range());
}

// As it is declared.
Value Frame::ShortNameOf(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  if (resource.name != NodeId::kNone) return EvalText(resource.name, occurrence.locals, "name");
  const Value body = BodyOf(occurrence);
  const MapEntry* const name = FindKey(body, "name");
  if (name != nullptr && IsText(name->value)) return name->value;
  const Term term{.text = "name of " + AddressOf(occurrence, TypeOf(occurrence), Value::String("")),
                  .kind = TypeKind::kString,
                  .nullable = false,
                  .segment = true};
  return MakeTerm(context_, term, UnknownReason::kComputed, "name", resource.name_range);
}

Value Frame::NameOf(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  return Once(occurrence.name, Label(resource), resource.range, [&] {
    const Value own = ShortNameOf(occurrence);
    std::optional<Value> above;
    if (occurrence.within != nullptr) {
      above = NameOf(*occurrence.within);
    } else if (resource.parent != NodeId::kNone) {
      above = MemberOfParent(occurrence, "name");
    }
    // Within another resource it may be written whole all the same.
    const Value type = TypeOf(occurrence);
    const bool whole = occurrence.within != nullptr && type.IsString() &&
                       SegmentsOf(context_, own, own.range()).size() > 1 &&
                       SegmentsOf(context_, own, own.range()).size() ==
                           SegmentsOf(context_, type, type.range()).size() - 1;
    if (!above.has_value() || !IsText(*above) || whole) return own;
    TextBuilder name(context_);
    name.Append(*above);
    name.Append("/");
    name.Append(own);
    return name.Finish(own.range());
  });
}

Value Frame::IdOf(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  return Once(occurrence.id, Label(resource), resource.range,
              [&] { return ComputeId(occurrence); });
}

// A scope; of a resource only its id, as all of it may wait for what this one is asked for.
Value Frame::EvalScope(NodeId scope, const Local* locals) {
  std::optional<Member> member = AsMember(scope, locals);
  if (!member.has_value()) return Eval(scope, locals);
  member->name = "id";
  return GetMember(*member, tree_[scope].range);
}

Value Frame::ComputeId(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  const Value type = TypeOf(occurrence);
  const Range range = resource.name_range;
  if (resource.parent != NodeId::kNone && type.IsString()) {
    const Value parent = MemberOfParent(occurrence, "id");
    if (IsText(parent)) {
      return ChildId(context_, parent, LastSegment(type.AsString()), ShortNameOf(occurrence),
                     range);
    }
  }
  Value scope = PlaceId(context_, place_);
  const Occurrence* outermost = &occurrence;
  while (outermost->within != nullptr) outermost = outermost->within;
  const Resource& outer = *outermost->resource;
  if (outer.module != nullptr || outer.existing) {
    scope = PlaceId(context_, PlaceOfModule(occurrence));
  }
  if (outer.module != nullptr) {
    const Value name = NameOf(occurrence);
    const auto id = IsText(name) ? MakeId(context_, scope, kDeployments, std::span(&name, 1), range)
                                 : std::nullopt;
    if (id.has_value()) return *id;
  } else if (outer.scope != NodeId::kNone) {
    scope = ScopeIdOf(context_, EvalScope(outer.scope, outermost->locals), place_);
  } else if (type.IsString() &&
             EqualsIgnoringAsciiCase(ParentType(type.AsString()), "Microsoft.Management")) {
    scope = Value::String("");
  }
  // A name that depends on itself has no value.
  const Value name = MemberOf(context_, NameOf(occurrence));
  if (type.IsString() && IsText(scope) && IsText(name)) {
    const auto id = MakeId(context_, scope, type.AsString(), std::span(&name, 1), range);
    if (id.has_value()) return *id;
  }
  const Value parts[] = {MemberOf(context_, scope), MemberOf(context_, type), name};
  return Derived(context_, "resourceId", parts, TypeKind::kString, range);
}

// The id of the parent, or of what an extension extends; nothing for others.
std::optional<Value> Frame::ParentOf(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  if (occurrence.within != nullptr) return IdOf(*occurrence.within);
  if (resource.parent != NodeId::kNone) return MemberOfParent(occurrence, "id");
  return ParentId(context_, IdOf(occurrence));
}

// Its own and that of the resource around it.
Value Frame::ConditionOf(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  return Once(occurrence.condition, Label(resource), resource.range, [&] {
    Value around = Value::Bool(true).At(resource.range);
    if (occurrence.within != nullptr) {
      around = ConditionOf(*occurrence.within);
      if (around.IsFalse()) return around;
    }
    if (resource.condition == NodeId::kNone) return around;
    const Range range = tree_[resource.condition].range;
    Value own = Eval(resource.condition, occurrence.locals);
    if (own.IsString()) {
      const std::string text = AsciiLower(own.AsString());
      if (text == "true" || text == "false") own = Value::Bool(text == "true").At(range);
    }
    if (own.IsError() || (!IsSymbol(own) && !own.Is(Kind::kBool))) {
      const std::string message =
          own.IsError() ? std::string(own.AsError().message)
                        : "a condition is a bool, found " + std::string(KindName(own));
      context_.Report({.kind = &kEvaluation, .range = range, .args = {message}, .notes = {}});
      return MemberOf(context_, own.IsError() ? own : context_.Error(message, range));
    }
    return own.IsTrue() ? around : own;
  });
}

Value Frame::BodyOf(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  return Once(occurrence.body, Label(resource), resource.range, [&] {
    if (resource.body == NodeId::kNone) return context_.Map({}).At(resource.range);
    return Eval(resource.body, occurrence.locals);
  });
}

// The body with the principals that Azure adds.
Value Frame::AnsweredBody(Occurrence& occurrence, std::vector<Principal>& principals) {
  const Value body = BodyOf(occurrence);
  const Value type = PlainTypeOf(occurrence);
  if (!type.IsString() || !HasPrincipals(type.AsString(), body)) return body;
  const Value answer = ReferenceTerm(IdOf(occurrence), /*full=*/true, UnknownReason::kComputed,
                                     occurrence.resource->name_range);
  return WithPrincipals(context_, type.AsString(), answer, body, principals);
}

// `symbol[i]`, or `type/name` of one without a symbol.
std::string Frame::AddressOf(const Occurrence& occurrence, Value type, Value name) const {
  const Resource& resource = *occurrence.resource;
  std::string address(resource.symbol.text);
  if (address.empty()) {
    address = IsText(type) ? Shortened(type) : "?";
    return address + "/" + (IsText(name) ? Shortened(name) : "?");
  }
  if (occurrence.round.has_value()) address += "[" + std::to_string(*occurrence.round) + "]";
  return address;
}

// The address with that of the module.
std::string_view Frame::WithinModule(Occurrence& occurrence) {
  std::string address = AddressOf(occurrence, TypeOf(occurrence), ShortNameOf(occurrence));
  if (!address_.empty()) address.insert(0, std::string(address_) + ".");
  return context_.arena.Copy(address);
}

// The calls of the modules that this template stands in, the innermost first.
std::vector<Note> Frame::Calls() const {
  std::vector<Note> calls;
  for (const Frame* frame = this; frame->call_ != nullptr; frame = frame->parent_) {
    calls.push_back({frame->call_->resource->name_range, "module " + std::string(frame->address_)});
  }
  return calls;
}

// What a module deploys; nullptr if it is not on disk.
const Template* Frame::TemplateOf(Occurrence& occurrence, Value& link) {
  const Module& module = *occurrence.resource->module;
  if (module.content != nullptr) return module.content.get();
  if (module.computed != NodeId::kNone) return ComputedTemplate(occurrence);
  if (module.link == NodeId::kNone) return nullptr;
  link = Eval(module.link, occurrence.locals);
  if (!IsText(link) || run_.load == nullptr) return nullptr;
  // Of an address whose directory is not known, the path behind it is looked for beside this file.
  for (const Piece& piece : PiecesOf(link)) {
    if (piece.term) continue;
    std::string_view path = piece.text;
    if (IsSymbol(link)) {
      const std::size_t end = path.find(".json");
      path = end == std::string_view::npos ? std::string_view() : path.substr(0, end + 5);
      path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    }
    const Template* const found = path.empty() ? nullptr : run_.load(template_, path);
    if (found != nullptr) return found;
  }
  return nullptr;
}

// The service evaluates what is in it as it does with a template that it gets by itself.
const Template* Frame::ComputedTemplate(Occurrence& occurrence) {
  if (occurrence.content_made) return occurrence.content.get();
  occurrence.content_made = true;
  const NodeId computed = occurrence.resource->module->computed;
  const Value root = Eval(computed, occurrence.locals);
  std::vector<Diagnostic> diagnostics;
  auto content = ReadComputed(root, template_.path, context_.limits, context_.arena, diagnostics);
  if (content == nullptr) return nullptr;
  if (!context_.Spend(content->tree->node_count())) return nullptr;
  for (Diagnostic& diagnostic : diagnostics) context_.Report(std::move(diagnostic));
  occurrence.content = std::move(content);
  return occurrence.content.get();
}

Frame* Frame::ModuleOf(Occurrence& occurrence) {
  if (occurrence.module_made) return occurrence.module.get();
  occurrence.module_made = true;
  Value link;
  const Template* const content = TemplateOf(occurrence, link);
  if (content == nullptr) return nullptr;
  const Range range = occurrence.resource->range;
  const bool deep = depth_ >= context_.limits.module_depth;
  if (deep || !context_.TakeInstances(1)) {
    static_cast<void>(context_.Limit(deep ? "module_depth" : kInstances, range));
    return nullptr;
  }
  Place place = PlaceOfModule(occurrence);
  place.scope = content->scope;
  occurrence.module =
      std::make_unique<Frame>(*this, occurrence, *content, place, ArgumentsOf(occurrence));
  return occurrence.module.get();
}

// Where the content of a module goes, or an existing resource is: what `scope`, `subscriptionId`
// and `resourceGroup` say.
Place Frame::PlaceOfModule(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  Place place = place_;
  if (resource.scope != NodeId::kNone && resource.module != nullptr) {
    const Value scope = EvalScope(resource.scope, occurrence.locals);
    if (const auto named =
            PlaceOf(context_, IsText(scope) ? ScopeIdOf(context_, scope, place_) : scope, place_)) {
      place = *named;
    } else {
      const Value because = IsSymbol(scope) ? scope : MemberOf(context_, context_.Error("scope"));
      place.group = context_.Fresh("scope", because, TypeKind::kString, resource.range);
      place.location = Value();
    }
  }
  const Value body = BodyOf(occurrence);
  const auto move = [&](std::string_view key, Value& target, Scope scope) {
    const MapEntry* const entry = FindKey(body, key);
    if (entry == nullptr || entry->value.IsNull() || entry->value.IsError()) return;
    const Value text = ToText(context_, entry->value, entry->value.range());
    if (!IsText(text)) return;
    place.scope = scope;
    if (Equal(text, target, true) == true) return;
    // Whatever it is, it is one part of an id.
    const std::vector<Value> segments = SegmentsOf(context_, text, text.range());
    target = segments.size() == 1 ? segments[0] : text;
    place.location = Value();
  };
  move("subscriptionId", place.subscription, Scope::kSubscription);
  move("resourceGroup", place.group, Scope::kResourceGroup);
  if (resource.module != nullptr && resource.module->content != nullptr) {
    place.scope = resource.module->content->scope;
  }
  return place;
}

// {name: value}
Value Frame::ArgumentsOf(Occurrence& occurrence) {
  const Module& module = *occurrence.resource->module;
  if (module.arguments == NodeId::kNone) return context_.Map({});
  const Value written = Eval(module.arguments, occurrence.locals);
  if (written.IsError()) return MemberOf(context_, written);
  if (!module.wrapped || !written.IsMap()) return written;
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : written.AsMap()) {
    const std::string name(entry.key.AsString());
    Value value;
    if (const MapEntry* const given = FindKey(entry.value, "value")) {
      value = given->value;
    } else if (FindKey(entry.value, "reference") != nullptr) {
      value = MakeTerm(context_, {.text = "secret of " + name, .nullable = false},
                       UnknownReason::kSecret, "parameter " + name, entry.value.range())
                  .Sensitive();
    } else if (IsSymbol(entry.value) ||
               (entry.value.IsMap() && entry.value.OpenRest() != nullptr)) {
      value = GetProperty(context_, entry.value, "value", entry.value.range());
    } else {
      continue;
    }
    const OriginId origin =
        context_.origins.Add(entry.key.range(), value.via(), "argument `" + name + "` of a module");
    entries.push_back({entry.key, value.Via(origin)});
  }
  return context_.Map(entries, written.OpenRest()).At(written.range());
}

void Frame::AddInstances(Certainty certainty) {
  for (const Resource& resource : template_.resources) {
    for (const auto& occurrence : Expand(resource).occurrences) {
      AddInstance(*occurrence, certainty);
    }
  }
}

void Frame::AddInstance(Occurrence& occurrence, Certainty certainty) {
  if (context_.exhausted()) return;
  const Resource& resource = *occurrence.resource;
  if (resource.existing) return;
  const Value condition = ConditionOf(occurrence);
  if (condition.IsFalse()) return;
  if (!condition.IsTrue()) certainty = std::max(certainty, Certainty::kConditional);
  if (occurrence.one_of_many) certainty = Certainty::kAnyNumber;
  if (resource.module != nullptr) return AddModule(occurrence, certainty, condition);
  const Value type = PlainTypeOf(occurrence);
  const Value name = NameOf(occurrence);
  Instance instance{.certainty = certainty,
                    .condition = condition,
                    .address = WithinModule(occurrence),
                    .module = address_,
                    .extension = resource.extension.text,
                    .body = FullBody(occurrence),
                    .range = resource.range,
                    .name_range = resource.name_range,
                    .calls = Calls()};
  if (type.IsString()) instance.type = type.AsString();
  if (name.IsString()) instance.name = name.AsString();
  if (const MapEntry* const version = FindKey(instance.body, "apiVersion")) {
    if (version->value.IsString()) instance.api_version = version->value.AsString();
  }
  run_.deployed.instances.push_back(std::move(instance));
}

Value Frame::FullBody(Occurrence& occurrence) {
  const Resource& resource = *occurrence.resource;
  std::vector<MapEntry> entries;
  const Value name = NameOf(occurrence);
  entries.push_back({Value::String("id"), IdOf(occurrence).At(resource.name_range)});
  entries.push_back({Value::String("name"), name.At(resource.name_range)});
  entries.push_back({Value::String("type"), PlainTypeOf(occurrence)});
  if (resource.api_version != NodeId::kNone) {
    entries.push_back({Value::String("apiVersion"),
                       EvalText(resource.api_version, occurrence.locals, "apiVersion")});
  }
  if (const auto parent = ParentOf(occurrence)) {
    entries.push_back({Value::String("parent"), MemberOf(context_, *parent)});
  }
  std::vector<Principal> principals;
  const Value body = MemberOf(context_, AnsweredBody(occurrence, principals));
  for (const Principal& principal : principals) {
    run_.principals.emplace_back(IdOf(occurrence), principal);
  }
  if (!body.IsMap())
    return context_.Map(entries, IsSymbol(body) ? &body : nullptr).At(resource.range);
  constexpr std::string_view kOwn[] = {"id", "name", "type", "apiVersion", "parent"};
  for (const MapEntry& entry : body.AsMap()) {
    const bool own = std::ranges::any_of(kOwn, [&](std::string_view key) {
      return EqualsIgnoringAsciiCase(key, entry.key.AsString());
    });
    if (!own) entries.push_back(entry);
  }
  return context_.Map(entries, body.OpenRest()).At(resource.range);
}

void Frame::AddModule(Occurrence& occurrence, Certainty certainty, Value condition) {
  Frame* const module = ModuleOf(occurrence);
  if (module != nullptr) return module->AddInstances(certainty);
  const Resource& resource = *occurrence.resource;
  Value link;
  if (TemplateOf(occurrence, link) != nullptr) return;
  const std::string_view address = WithinModule(occurrence);
  const std::string name(link.IsString() ? link.AsString() : address);
  context_.Report(
      {.kind = &kModuleMissing, .range = resource.name_range, .args = {name}, .notes = {}});
  Instance instance{.kind = Instance::Kind::kModuleCall,
                    .certainty = certainty,
                    .condition = condition,
                    .type = context_.arena.Copy(name),
                    .address = address,
                    .module = address_,
                    .body = ArgumentsOf(occurrence),
                    .range = resource.range,
                    .name_range = resource.name_range,
                    .calls = Calls()};
  run_.deployed.instances.push_back(std::move(instance));
}

}  // namespace restorable::arm
