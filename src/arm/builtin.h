#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arm/context.h"
#include "arm/names.h"
#include "arm/operators.h"
#include "value/value.h"

// The functions of ARM and Bicep, as rows.
namespace restorable::arm {

// Where a call stands.
struct Surroundings {
  Context& context;
  Names& names;
  const Local* locals;
};

// One call, with its arguments checked against the row.
class Invocation {
 public:
  Invocation(const Surroundings& around, std::string_view name, std::span<const Value> arguments,
             TypeKind result, Range range)
      : context(around.context),
        names(around.names),
        locals(around.locals),
        name_(name),
        arguments_(arguments),
        result_(result),
        range_(range) {}

  [[nodiscard]] std::size_t size() const { return arguments_.size(); }
  [[nodiscard]] std::span<const Value> arguments() const { return arguments_; }
  [[nodiscard]] Value operator[](std::size_t i) const { return arguments_[i]; }
  [[nodiscard]] std::string_view String(std::size_t i) const { return arguments_[i].AsString(); }
  [[nodiscard]] std::int64_t Int(std::size_t i) const { return arguments_[i].AsInt(); }
  [[nodiscard]] std::span<const Value> List(std::size_t i) const { return arguments_[i].AsList(); }
  // An argument where only a text can stand: what is not known is one.
  [[nodiscard]] Value Text(std::size_t i) const;
  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] Range range() const { return range_; }

  [[nodiscard]] Value Return(Value value) const { return value.At(range_); }
  [[nodiscard]] Value Return(bool value) const { return Return(Value::Bool(value)); }
  [[nodiscard]] Value Return(std::int64_t value) const { return Return(Value::Int(value)); }
  [[nodiscard]] Value Return(std::string_view text) const { return Return(context.String(text)); }
  [[nodiscard]] Value Return(const std::vector<Value>& items) const {
    return Return(context.List(items));
  }
  // "name: message".
  [[nodiscard]] Value Fail(std::string_view message) const {
    return context.Error(std::string(name_) + ": " + std::string(message), range_);
  }
  // What the call gives is not known: a term of its arguments.
  [[nodiscard]] Value Open() const { return Derived(context, name_, arguments_, result_, range_); }
  // A term that waits for something outside the template, as it is written: `deployment()`.
  [[nodiscard]] Value Outside(UnknownReason reason, TypeKind kind = TypeKind::kAny) const;

  Context& context;
  Names& names;
  const Local* const locals;

 private:
  std::string_view name_;
  std::span<const Value> arguments_;
  TypeKind result_;
  Range range_;
};

// What a row's body is given beside plain values.
enum class Accepts : std::uint8_t {
  kKnown,    // no symbols, at any depth
  kMembers,  // lists and objects that are known, with symbols in them
  kSymbols,  // anything
};

struct Builtin {
  std::string_view name;
  // The types of the parameters: string, int, bool, number, array, object, lambda, any; `?` behind
  // one that may be left out, `...` behind the last one that may be repeated.
  std::string_view parameters;
  TypeKind result;
  Value (*body)(Invocation& call) = nullptr;
  Accepts accepts = Accepts::kKnown;
};

// In any case. All functions that start with `list` are one row.
[[nodiscard]] const Builtin* FindBuiltin(std::string_view name);
[[nodiscard]] std::span<const Builtin> Builtins();  // sorted by name in lower case

// Checks count and types, answers symbols, and calls the body. `name` is as written.
[[nodiscard]] Value CallBuiltin(const Surroundings& around, const Builtin& builtin,
                                std::string_view name, std::span<const Value> arguments,
                                Range range);

}  // namespace restorable::arm
