#include "arm/frame.h"

#include <algorithm>
#include <utility>

#include "arm/diagnostics.h"
#include "arm/evaluate.h"
#include "arm/frame_once.h"
#include "arm/json_text.h"
#include "arm/operators.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

template <typename Items>
const typename Items::value_type* FindNamed(const Items& items, std::string_view name) {
  const auto found = std::ranges::find_if(
      items, [&](const auto& item) { return EqualsIgnoringAsciiCase(item.name.text, name); });
  return found == items.end() ? nullptr : &*found;
}

bool HasKind(Value value, TypeKind kind) {
  switch (kind) {
    case TypeKind::kString:
      return value.IsString();
    case TypeKind::kInt:
      return value.Is(Kind::kInt) || value.Is(Kind::kDouble);
    case TypeKind::kBool:
      return value.Is(Kind::kBool);
    case TypeKind::kObject:
      return value.IsMap();
    case TypeKind::kArray:
      return value.IsList();
    default:
      return true;
  }
}

// The type behind references to definitions; none if there is no such definition.
TypePlace Resolve(TypePlace type) {
  constexpr int kMostReferences = 32;
  for (int i = 0; i < kMostReferences && !type.IsNone(); ++i) {
    if ((*type).kind != TypeKind::kReference) return type;
    const TypeDefinition* definition = FindNamed(type.where->types, (*type).reference.text);
    if (definition != nullptr && definition->import.from != nullptr) {
      type.where = definition->import.from;
      definition = FindNamed(type.where->types, definition->import.name);
    }
    if (definition == nullptr) return {};
    type.id = definition->type;
  }
  return {};
}

constexpr std::string_view KindWord(TypeKind kind) {
  switch (kind) {
    case TypeKind::kString:
      return "string";
    case TypeKind::kInt:
      return "int";
    case TypeKind::kBool:
      return "bool";
    case TypeKind::kObject:
      return "object";
    default:
      return "array";
  }
}

}  // namespace

Frame::Frame(Run& run, const Template& content, const Place& place)
    : run_(run), context_(run.context), template_(content), tree_(*content.tree), place_(place) {}

Frame::Frame(Frame& parent, Occurrence& call, const Template& content, const Place& place,
             Value arguments)
    : run_(parent.run_),
      context_(parent.context_),
      template_(content),
      tree_(*content.tree),
      parent_(&parent),
      call_(&call),
      locals_(call.resource->module->outer_scope ? call.locals : nullptr),
      outer_(call.resource->module->outer_scope),
      place_(place),
      depth_(parent.depth_ + 1) {
  const std::string address = parent.AddressOf(call, parent.TypeOf(call), parent.ShortNameOf(call));
  address_ = context_.arena.Copy(
      parent.address_.empty() ? address : std::string(parent.address_) + "." + address);
  if (arguments.IsMap()) {
    for (const MapEntry& entry : arguments.AsMap()) SetArgument(entry.key.AsString(), entry.value);
    if (arguments.OpenRest() != nullptr) rest_ = *arguments.OpenRest();
  } else if (IsSymbol(arguments)) {
    rest_ = arguments;
  }
}

Frame::~Frame() = default;

void Frame::SetArgument(std::string_view name, Value value) {
  arguments_[AsciiLower(name)] = value;
}

// What is not written is null.
Value Frame::Eval(NodeId node, const Local* locals) {
  if (node == NodeId::kNone) return Value::Null();
  return Evaluate(context_, *this, tree_, node, locals == nullptr ? locals_ : locals);
}

const Place& Frame::GetPlace() const { return outer_ ? parent_->GetPlace() : place_; }

// A value that is read through a name has come through that name.
Value Frame::GetParameter(std::string_view name, Range range) {
  if (outer_) return parent_->GetParameter(name, range);
  const Parameter* const parameter = parameter_index_.Find(template_.parameters, name);
  if (parameter == nullptr) {
    return context_.Error("there is no parameter `" + std::string(name) + "`", range);
  }
  const Value value = Once(parameters_[AsciiLower(name)], name, range,
                           [&] { return ComputeParameter(*parameter); });
  if (value.IsError()) return value;
  return value.Via(
      context_.origins.Add(range, value.via(), "parameter " + std::string(parameter->name.text)));
}

// A null that is given stands for the default, where there is one.
Value Frame::ComputeParameter(const Parameter& parameter) {
  const auto given = arguments_.find(AsciiLower(parameter.name.text));
  const bool has_default = parameter.default_value != NodeId::kNone;
  if (given != arguments_.end() && !(given->second.IsNull() && has_default)) {
    return Checked(parameter, given->second, /*given=*/true);
  }
  if (given == arguments_.end() && rest_.has_value()) {
    return GetProperty(context_, *rest_, parameter.name.text, parameter.range);
  }
  if (has_default) {
    const Value value = Eval(parameter.default_value, nullptr);
    if (value.IsError()) return value;
    const OriginId origin = context_.origins.Add(
        value.range(), value.via(), "default of parameter " + std::string(parameter.name.text));
    return Checked(parameter, value.Via(origin), /*given=*/false);
  }
  if (IsNullable(parameter.type)) return Value::Null().At(parameter.range);
  return NoValue(parameter);
}

TypeKind Frame::KindOf(const Parameter& parameter) const {
  const TypePlace type = Resolve({&template_, parameter.type});
  return type.IsNone() ? TypeKind::kAny : (*type).kind;
}

Value Frame::NoValue(const Parameter& parameter) {
  const std::string in = address_.empty() ? "" : " of " + std::string(address_);
  const std::string term = "parameters(" + AsciiLower(parameter.name.text) + ")" + in;
  const Term made{.text = term, .kind = KindOf(parameter), .nullable = false};
  const std::string what = "parameter " + std::string(parameter.name.text) + in;
  return Marked(parameter.type,
                MakeTerm(context_, made, UnknownReason::kNoDefault, what, parameter.name.range));
}

// The value as the type of the parameter has it: numbers, bools and JSON may be written as texts.
// What does not fit is a placeholder for a value that is to be given; if it was given, it is
// reported.
Value Frame::Checked(const Parameter& parameter, Value value, bool given) {
  const TypePlace place = Resolve({&template_, parameter.type});
  if (place.IsNone() || IsSymbol(value) || value.IsNull() || value.IsError()) {
    return Marked(parameter.type, value);
  }
  const Type& type = *place;
  const auto report = [&](std::string problem) {
    if (!given) return;
    context_.Report({.kind = &kParameterValue,
                     .range = value.range(),
                     .args = {std::string(parameter.name.text), std::move(problem)},
                     .notes = {{parameter.range, "declared here"}}});
  };
  if (!HasKind(value, type.kind) && value.IsString()) {
    const Value read = FromJson(context_, AsciiLower(value.AsString()), value.range());
    const bool plain = type.kind == TypeKind::kInt || type.kind == TypeKind::kBool;
    const Value whole = plain ? read : FromJson(context_, value.AsString(), value.range());
    if (!whole.IsError()) value = whole.Via(value.via());
  }
  if (!HasKind(value, type.kind)) {
    report("it is of type " + std::string(KindWord(type.kind)) + ", found " +
           std::string(KindName(value)));
    return NoValue(parameter);
  }
  if (type.allowed != NodeId::kNone && !value.IsList()) {
    const Value allowed = Evaluate(context_, *this, *place.where->tree, type.allowed);
    const bool found =
        !allowed.IsList() || std::ranges::any_of(allowed.AsList(), [&](const Value& item) {
          return Equal(item, value, /*ignore_case=*/true) != false;
        });
    if (!found) report("it is none of those allowed");
  }
  return Marked(parameter.type, value);
}

// With the mark of a secret wherever the type has it. Definitions may refer to themselves; a value
// is only as deep as it is.
Value Frame::Marked(TypePlace place, Value value) {
  const TypePlace resolved = Resolve(place);
  if (resolved.IsNone() || value.IsError()) return value;
  const Type& type = *resolved;
  if (type.secure) return value.Sensitive();
  if (!value.IsMap()) return value;
  std::vector<MapEntry> entries(value.AsMap().begin(), value.AsMap().end());
  bool changed = false;
  for (MapEntry& entry : entries) {
    const TypeMember* const member = FindNamed(type.members, entry.key.AsString());
    if (member == nullptr) continue;
    const Value marked = Marked({resolved.where, member->type}, entry.value);
    changed = changed || HasSensitive(marked) != HasSensitive(entry.value);
    entry.value = marked;
  }
  if (!changed) return value;
  const Value* const rest = value.OpenRest();
  return context_.Map(entries, rest).At(value.range()).Via(value.via());
}

bool Frame::IsNullable(TypeId id) const {
  if (id == TypeId::kNone) return false;
  const TypePlace type = Resolve({&template_, id});
  return tree_[id].nullable || (!type.IsNone() && (*type).nullable);
}

Value Frame::GetVariable(std::string_view name, Range range) {
  if (outer_) return parent_->GetVariable(name, range);
  const Variable* const variable = variable_index_.Find(template_.variables, name);
  if (variable == nullptr) {
    return context_.Error("there is no variable `" + std::string(name) + "`", range);
  }
  const Value value = Once(variables_[AsciiLower(name)], name, range, [&] {
    if (variable->import.from == nullptr) return Eval(variable->value, nullptr);
    return Library(*variable->import.from).GetVariable(variable->import.name, range);
  });
  if (value.IsError()) return value;
  return value.Via(
      context_.origins.Add(range, value.via(), "variable " + std::string(variable->name.text)));
}

Frame& Frame::Library(const Template& content) {
  std::unique_ptr<Frame>& library = run_.libraries[&content];
  if (library == nullptr) library = std::make_unique<Frame>(run_, content, place_);
  return *library;
}

Value Frame::CallFunction(std::string_view name, std::span<const Value> arguments, Range range) {
  const Function* const function = function_index_.Find(template_.functions, name);
  if (function == nullptr) {
    if (outer_) return parent_->CallFunction(name, arguments, range);
    return context_.Error("there is no function `" + std::string(name) + "`", range);
  }
  if (function->import.from != nullptr) {
    return Library(*function->import.from).CallFunction(function->import.name, arguments, range);
  }
  const Local* locals = nullptr;
  for (std::size_t i = 0; i < function->parameters.size(); ++i) {
    const Value value = i < arguments.size() ? arguments[i] : Value::Null().At(range);
    locals = context_.arena.New<Local>(
        Local{locals, Local::Kind::kValue, function->parameters[i].text, value});
  }
  if (arguments.size() > function->parameters.size()) {
    return context_.Error(std::string(name) + ": takes " +
                              std::to_string(function->parameters.size()) + " arguments, found " +
                              std::to_string(arguments.size()),
                          range);
  }
  return Evaluate(context_, *this, tree_, function->body, locals);
}

Value Frame::GetDeploymentName(Range range) {
  if (outer_) return parent_->GetDeploymentName(range);
  if (parent_ != nullptr) {
    const Value name = parent_->NameOf(*call_);
    if (IsText(name)) return name;
  }
  const Term term{.text = "deployment().name " + std::string(address_),
                  .kind = TypeKind::kString,
                  .nullable = false,
                  .segment = true};
  return MakeTerm(context_, term, UnknownReason::kDeploymentScope, "deployment().name", range);
}

Value Frame::Output(std::string_view name, Range range) {
  const arm::Output* const output = output_index_.Find(template_.outputs, name);
  if (output == nullptr) {
    return GetProperty(context_, context_.Map({}), name, range);
  }
  const Value value = Once(outputs_[AsciiLower(name)], name, range, [&] {
    if (output->condition != NodeId::kNone && Eval(output->condition, nullptr).IsFalse()) {
      return Value::Null().At(output->range);
    }
    return Marked(output->type, Eval(output->value, nullptr));
  });
  if (value.IsError()) return value;
  return value.Via(
      context_.origins.Add(output->range, value.via(), "output " + std::string(output->name.text)));
}

std::vector<std::pair<std::string_view, Value>> Frame::EvaluateArguments() {
  std::vector<std::pair<std::string_view, Value>> values;
  for (const Argument& argument : template_.arguments) {
    const std::string note = "value of parameter " + std::string(argument.name.text);
    Value value;
    if (argument.secret) {
      value = MakeTerm(context_, {.text = "secret of " + note, .nullable = false},
                       UnknownReason::kSecret, note, argument.name.range)
                  .Sensitive();
    } else {
      value = Eval(argument.value, nullptr);
      value = value.Via(context_.origins.Add(value.range(), value.via(), note));
    }
    values.emplace_back(argument.name.text, value);
  }
  return values;
}

}  // namespace restorable::arm
