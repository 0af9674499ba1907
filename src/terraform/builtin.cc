#include "terraform/builtin.h"

#include <algorithm>
#include <optional>

#include "terraform/operators.h"
#include "terraform/type.h"

namespace restorable::terraform {
namespace {

// Work on texts counts by their length.
constexpr std::size_t kBytesOfStep = 16;

struct ParameterType {
  std::string_view word;
  Type type;
};

const ParameterType kParameterTypes[] = {
    {"any", {}},
    {"bool", {.kind = TypeKind::kBool}},
    {"int", {.kind = TypeKind::kNumber}},
    {"number", {.kind = TypeKind::kNumber}},
    {"string", {.kind = TypeKind::kString}},
    {"strings", {.kind = TypeKind::kList, .items = {{.kind = TypeKind::kString}}, .members = {}}},
};

struct Parameter {
  std::string_view word;
  bool optional = false;
  bool repeated = false;
};

std::vector<Parameter> ReadParameters(std::string_view text) {
  std::vector<Parameter> parameters;
  while (!text.empty()) {
    const std::size_t comma = text.find(", ");
    Parameter parameter{.word = text.substr(0, comma)};
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 2);
    if (parameter.word.ends_with("...")) {
      parameter.word.remove_suffix(3);
      parameter.repeated = true;
    } else if (parameter.word.ends_with('?')) {
      parameter.word.remove_suffix(1);
      parameter.optional = true;
    }
    parameters.push_back(parameter);
  }
  return parameters;
}

// Read once, for all rows.
const std::vector<Parameter>& ParametersOf(const Builtin& builtin) {
  static const std::vector<std::vector<Parameter>> rows = [] {
    std::vector<std::vector<Parameter>> read;
    for (const Builtin& row : Builtins()) read.push_back(ReadParameters(row.parameters));
    return read;
  }();
  return rows[static_cast<std::size_t>(&builtin - Builtins().data())];
}

// The argument as the parameter has it, or an error.
Value ConvertArgument(Context& context, Value argument, std::string_view word) {
  if (word == "any") return argument;
  if (argument.IsNull()) return context.Error("is null", argument.range());
  if (argument.IsUnknown() || argument.IsError()) return argument;
  if (word == "list" || word == "map") {
    const bool fits = word == "list" ? argument.IsList() : argument.IsMap();
    if (fits) return argument;
    return context.Error(
        "takes a " + std::string(word) + ", found " + std::string(KindName(argument)),
        argument.range());
  }
  const auto* const row = std::ranges::find(kParameterTypes, word, &ParameterType::word);
  const Value converted = Convert(context, argument, row->type);
  if (word == "int" && converted.Is(Kind::kDouble)) {
    return context.Error("takes a whole number", argument.range());
  }
  if (word == "strings" && converted.IsList()) {
    for (const Value& item : converted.AsList()) {
      if (item.IsNull()) return context.Error("contains null", argument.range());
    }
  }
  return converted;
}

std::string CountText(const std::vector<Parameter>& parameters) {
  std::size_t least = 0;
  for (const Parameter& parameter : parameters) {
    if (!parameter.optional && !parameter.repeated) ++least;
  }
  const bool more =
      !parameters.empty() && (parameters.back().repeated || least < parameters.size());
  return (more ? "at least " : "") + std::to_string(least);
}

bool CountFits(const std::vector<Parameter>& parameters, std::size_t count) {
  std::size_t least = 0;
  for (const Parameter& parameter : parameters) {
    if (!parameter.optional && !parameter.repeated) ++least;
  }
  const bool open = !parameters.empty() && parameters.back().repeated;
  return count >= least && (open || count <= parameters.size());
}

}  // namespace

const Builtin* FindBuiltin(std::string_view name) {
  const std::span<const Builtin> rows = Builtins();
  const auto row = std::ranges::lower_bound(rows, name, {}, &Builtin::name);
  return row != rows.end() && row->name == name ? &*row : nullptr;
}

Value CallBuiltin(Context& context, const Builtin& builtin, std::span<const Value> arguments,
                  Range range) {
  const std::vector<Parameter>& parameters = ParametersOf(builtin);
  const std::string name(builtin.name);
  if (!CountFits(parameters, arguments.size())) {
    return context.Error(name + ": takes " + CountText(parameters) + " arguments, found " +
                             std::to_string(arguments.size()),
                         range);
  }
  std::vector<Value> converted;
  std::optional<Value> unknown;
  bool sensitive = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value argument = arguments[i];
    const bool limit = argument.IsError() && argument.AsError().absolute;
    if (limit || (argument.IsError() && builtin.accepts != Accepts::kErrors)) return argument;
    const std::size_t bytes = argument.IsString() ? argument.size() : 0;
    if (!context.Spend(context.SizeOf(argument) + bytes / kBytesOfStep)) {
      return context.Limit("evaluation_steps", range);
    }
    const Parameter& parameter = parameters[std::min(i, parameters.size() - 1)];
    const Value value = builtin.accepts == Accepts::kErrors
                            ? argument
                            : ConvertArgument(context, argument, parameter.word);
    if (value.IsError() && builtin.accepts != Accepts::kErrors) {
      return context.Error(
          name + ": argument " + std::to_string(i + 1) + " " + std::string(value.AsError().message),
          range);
    }
    const bool deep = builtin.accepts == Accepts::kKnown;
    sensitive = sensitive || value.IsSensitive() || (deep && HasSensitive(value));
    const bool refuses = deep || builtin.accepts == Accepts::kUnknownMembers;
    const bool open = value.IsMap() && value.OpenRest() != nullptr;
    const Value found = deep || open ? FirstUnknown(value) : value;
    if (refuses && found.IsUnknown()) {
      unknown = unknown.has_value() ? Value::Unknown(context.arena, *unknown, found) : found;
    }
    converted.push_back(value);
  }
  Call call(context, builtin.name, converted, range);
  Value result = unknown.has_value() ? Waiting(*unknown, range) : builtin.body(call);
  if (result.IsError() && result.range().IsNone()) result = result.At(range);
  const std::size_t bytes = result.IsString() ? result.size() : 0;
  if (!context.Spend(bytes / kBytesOfStep)) return context.Limit("evaluation_steps", range);
  return sensitive && builtin.secrecy == Secrecy::kOfArguments ? result.Sensitive() : result;
}

}  // namespace restorable::terraform
