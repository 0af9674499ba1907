#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terraform/context.h"
#include "value/value.h"

// The functions of the language, as rows.
namespace restorable::terraform {

// One call, with its arguments converted to what the row says.
class Call {
 public:
  Call(Context& shared, std::string_view name, std::span<const Value> arguments, Range range)
      : context(shared), name_(name), arguments_(arguments), range_(range) {}

  [[nodiscard]] std::size_t size() const { return arguments_.size(); }
  [[nodiscard]] std::span<const Value> arguments() const { return arguments_; }
  [[nodiscard]] Value operator[](std::size_t i) const { return arguments_[i]; }
  [[nodiscard]] std::string_view String(std::size_t i) const { return arguments_[i].AsString(); }
  [[nodiscard]] std::span<const Value> List(std::size_t i) const { return arguments_[i].AsList(); }
  [[nodiscard]] bool Bool(std::size_t i) const { return arguments_[i].AsBool(); }
  [[nodiscard]] Range range() const { return range_; }

  [[nodiscard]] Value Return(Value value) const { return value.At(range_); }
  [[nodiscard]] Value Return(bool value) const { return Return(Value::Bool(value)); }
  [[nodiscard]] Value Return(std::string_view text) const { return Return(context.String(text)); }
  // "name: message".
  [[nodiscard]] Value Fail(std::string_view message) const {
    return context.Error(std::string(name_) + ": " + std::string(message), range_);
  }
  [[nodiscard]] Value Unknown(UnknownReason reason) const {
    return context.Unknown(reason, std::string(name_) + "()", range_);
  }

  Context& context;

 private:
  std::string_view name_;
  std::span<const Value> arguments_;
  Range range_;
};

// What a row's body is given beside plain values.
enum class Accepts : std::uint8_t {
  kKnown,           // nothing unknown, at any depth
  kUnknownMembers,  // lists and maps that are known, with unknowns in them
  kUnknowns,
  kErrors,  // anything
};

// Whether the result is a secret.
enum class Secrecy : std::uint8_t {
  kOfArguments,  // if an argument is, or something in one that only goes into the result
  kOwn,          // as the body says
};

struct Builtin {
  std::string_view name;
  // The types of the parameters: string, number, int, bool, list, strings (a list of them), map,
  // any; `?` behind one that may be left out, `...` behind the last one that may be repeated.
  std::string_view parameters;
  Value (*body)(Call& call) = nullptr;
  Accepts accepts = Accepts::kKnown;
  Secrecy secrecy = Secrecy::kOfArguments;
};

[[nodiscard]] const Builtin* FindBuiltin(std::string_view name);
[[nodiscard]] std::span<const Builtin> Builtins();  // sorted by name

// Checks count and types, answers unknown arguments and null, and calls the body.
[[nodiscard]] Value CallBuiltin(Context& context, const Builtin& builtin,
                                std::span<const Value> arguments, Range range);

}  // namespace restorable::terraform
