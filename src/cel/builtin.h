#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "value/value.h"

// How functions are added to CEL: a row of a table for each overload and a body that is the
// computation alone.
namespace restorable::cel {

// The arguments of one call. A member's receiver is argument 0.
class CallContext {
 public:
  CallContext(Arena& arena, std::span<const Value> arguments)
      : arena_(arena), arguments_(arguments) {}

  [[nodiscard]] Arena& arena() const { return arena_; }
  [[nodiscard]] std::size_t size() const { return arguments_.size(); }
  [[nodiscard]] const Value& operator[](std::size_t i) const { return arguments_[i]; }
  [[nodiscard]] std::string_view String(std::size_t i) const { return arguments_[i].AsString(); }
  [[nodiscard]] std::int64_t Int(std::size_t i) const { return arguments_[i].AsInt(); }
  [[nodiscard]] std::span<const Value> List(std::size_t i) const { return arguments_[i].AsList(); }

  // A string that is copied into the arena.
  [[nodiscard]] Value Return(std::string_view text) const {
    return Value::String(arena_.Copy(text));
  }
  // The evaluator adds the range of the call.
  [[nodiscard]] Value Error(std::string_view message) const {
    return Value::Error(arena_, message);
  }

 private:
  Arena& arena_;
  std::span<const Value> arguments_;
};

using Body = Value (*)(CallContext& call);

// What a call costs beyond its arguments, in Kubernetes' units; see cost.h for the constants.
enum class Cost : std::uint8_t {
  kOne,
  kTraverse,        // 0.1 a code point of the receiver, rounded up (startsWith, lowerAscii, quantity …)
  kTraverseTwice,   // 0.2 (replace, split, join)
  kCompare,         // 0.1 of the smaller argument
  kConcatenate,     // 0.1 of the sum
  kContains,        // product of both, each 0.1
  kRegex,           // text by pattern
  kList,            // one for each element of the receiver
  kListProduct,     // elements of both, multiplied (sets)
  kAuthorizer,      // 350,000
};

// What the evaluator answers itself before the body is called.
enum class Strictness : std::uint8_t {
  kStrict,      // an error or unknown argument is the result; so is an unknown inside a container
                // argument, for bodies that read elements
  kShallow,     // as kStrict, but containers may hold unknowns: the body reads no elements (size)
  kNonStrict,   // the body sees errors and unknowns
};

// One overload. `signature` reads as CEL documentation writes it:
//   "string.startsWith(string) -> bool"   a member
//   "size(list(T)) -> int"                a function; single capitals are type parameters
//   "math.greatest(dyn...) -> dyn"        one or more arguments
struct Builtin {
  std::string_view signature;
  Body body;
  Cost cost = Cost::kOne;
  Strictness strictness = Strictness::kStrict;
};

// A named set of overloads. Some names also bring macros or types; environment.h lists the
// libraries there are.
struct Library {
  std::string_view name;      // "strings", "lists"
  std::span<const Builtin> builtins;
  int kubernetes_minor = 0;   // first API server 1.N that has it; 0: all; -1: none
};

}  // namespace restorable::cel
