#include "arm/builtin.h"

#include <algorithm>
#include <optional>

#include "arm/closure.h"
#include "arm/operators.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

// Work on texts counts by their length.
constexpr std::size_t kBytesOfStep = 16;

struct Formal {
  std::string_view word;
  bool optional = false;
  bool repeated = false;
};

std::vector<Formal> ReadParameters(std::string_view text) {
  std::vector<Formal> parameters;
  while (!text.empty()) {
    const std::size_t comma = text.find(", ");
    Formal parameter{.word = text.substr(0, comma)};
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

struct Count {
  std::size_t least = 0;
  std::size_t most = 0;  // 0: no bound, where there is a repeated one
};

Count CountOf(const std::vector<Formal>& parameters) {
  Count count{.least = 0, .most = parameters.size()};
  for (const Formal& parameter : parameters) {
    if (!parameter.optional && !parameter.repeated) ++count.least;
    if (parameter.repeated) count.most = 0;
  }
  return count;
}

bool Fits(Value argument, std::string_view word) {
  if (word == "any") return !IsClosure(argument);
  if (word == "lambda") return IsClosure(argument);
  if (IsTextSymbol(argument)) return word == "string";
  if (IsSymbol(argument)) return true;
  if (word == "string") return argument.IsString();
  if (word == "int") return argument.Is(Kind::kInt);
  if (word == "number") return argument.Is(Kind::kInt) || argument.Is(Kind::kDouble);
  if (word == "bool") return argument.Is(Kind::kBool);
  return word == "array" ? argument.IsList() : argument.IsMap();
}

bool Refuses(Accepts accepts, Value argument) {
  if (accepts == Accepts::kSymbols) return false;
  if (accepts == Accepts::kKnown) return FirstSymbol(argument).has_value();
  return IsSymbol(argument) || (argument.IsMap() && argument.OpenRest() != nullptr);
}

// What a function gives if some arguments are secrets is one itself. Parts of an argument that are
// secrets keep their own marks, but where the result `quotes` the argument, which may be all of it.
Value Marked(Value result, std::span<const Value> arguments, bool quotes) {
  const bool secret = std::ranges::any_of(arguments, [&](const Value& argument) {
    return quotes ? HasSensitive(argument) : argument.IsSensitive();
  });
  return secret && !result.IsError() ? result.Sensitive() : result;
}

}  // namespace

Value Invocation::Text(std::size_t i) const {
  const Value argument = arguments_[i];
  return IsSymbol(argument) ? ToText(context, argument, argument.range()) : argument;
}

Value Invocation::Outside(UnknownReason reason, TypeKind kind) const {
  std::string what(name_);
  what += '(';
  for (const Value& argument : arguments_) {
    if (what.back() != '(') what += ", ";
    what += Canonical(argument);
  }
  what += ')';
  const Term term{.text = what, .kind = kind, .nullable = false};
  return MakeTerm(context, term, reason, what, range_);
}

const Builtin* FindBuiltin(std::string_view name) {
  const std::string lower = AsciiLower(name);
  const std::span<const Builtin> rows = Builtins();
  const auto named = [&](std::string_view wanted) -> const Builtin* {
    const auto row = std::ranges::lower_bound(
        rows, wanted, {}, [](const Builtin& builtin) { return AsciiLower(builtin.name); });
    return row != rows.end() && AsciiLower(row->name) == wanted ? &*row : nullptr;
  };
  if (const Builtin* const row = named(lower)) return row;
  return lower.starts_with("list") && lower.size() > 4 ? named("list") : nullptr;
}

Value CallBuiltin(const Surroundings& around, const Builtin& builtin, std::string_view name,
                  std::span<const Value> arguments, Range range) {
  Context& context = around.context;
  const std::vector<Formal> parameters = ReadParameters(builtin.parameters);
  const Count count = CountOf(parameters);
  if (arguments.size() < count.least || (count.most != 0 && arguments.size() > count.most) ||
      (parameters.empty() && !arguments.empty())) {
    const bool exact = count.least == count.most || parameters.empty();
    return context.Error(std::string(name) + ": takes " + (exact ? "" : "at least ") +
                             std::to_string(count.least) + " arguments, found " +
                             std::to_string(arguments.size()),
                         range);
  }
  const Invocation call(around, builtin.name, arguments, builtin.result, range);
  bool open = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value argument = arguments[i];
    const std::size_t bytes = argument.IsString() ? argument.size() : 0;
    if (!context.Spend(context.SizeOf(argument) + bytes / kBytesOfStep)) {
      return context.Limit("evaluation_steps", range);
    }
    const Formal& parameter = parameters[std::min(i, parameters.size() - 1)];
    const bool left_out = parameter.optional && argument.IsNull();
    if (!left_out && !Fits(argument, parameter.word)) {
      return call.Fail("argument " + std::to_string(i + 1) + " is of type " +
                       std::string(parameter.word) + ", found " + std::string(KindName(argument)));
    }
    open = open || Refuses(builtin.accepts, argument);
  }
  if (open) return Marked(call.Open(), arguments, /*quotes=*/true);
  Invocation invocation(around, builtin.name, arguments, builtin.result, range);
  const Value result = builtin.body(invocation);
  const std::size_t bytes = result.IsString() ? result.size() : 0;
  if (!context.Spend(bytes / kBytesOfStep)) return context.Limit("evaluation_steps", range);
  return Marked(result, arguments, /*quotes=*/builtin.result == TypeKind::kString);
}

}  // namespace restorable::arm
