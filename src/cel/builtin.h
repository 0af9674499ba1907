#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "value/value.h"

// How functions are added to CEL: a row of a table for each overload and a body that is the
// computation alone.
namespace restorable::cel {

struct Budget;
struct Definition;
class Pattern;
class PatternCache;

// What functions of a later layer work on (the deployment, say): derive from it, hand it to the
// Activation and cast in the body.
class Host {
 public:
  virtual ~Host() = default;

  // Evaluates a definition without parameters, with memory and a budget of its own.
  using Evaluate = std::function<Value(Arena& arena, Budget& budget)>;

  // What a definition without parameters gives, if the host keeps it because it is the same
  // wherever it is called. The value outlives the evaluation that asks.
  [[nodiscard]] virtual std::optional<Value> Recall(const Definition& definition,
                                                    const Evaluate& evaluate) {
    static_cast<void>(definition);
    static_cast<void>(evaluate);
    return std::nullopt;
  }
};

// What a call may use beside its arguments.
struct CallScope {
  Host* host = nullptr;
  PatternCache* patterns = nullptr;
  const Pattern* literal = nullptr;  // the compiled pattern, if that argument is a literal
};

// The arguments of one call. A member's receiver is argument 0.
class CallContext {
 public:
  CallContext(Arena& arena, std::span<const Value> arguments, CallScope scope = {})
      : arena_(arena), arguments_(arguments), scope_(scope) {}

  [[nodiscard]] Arena& arena() const { return arena_; }
  [[nodiscard]] std::span<const Value> arguments() const { return arguments_; }
  [[nodiscard]] std::size_t size() const { return arguments_.size(); }
  [[nodiscard]] const Value& operator[](std::size_t i) const { return arguments_[i]; }
  [[nodiscard]] std::string_view String(std::size_t i) const { return arguments_[i].AsString(); }
  [[nodiscard]] std::int64_t Int(std::size_t i) const { return arguments_[i].AsInt(); }
  [[nodiscard]] std::span<const Value> List(std::size_t i) const { return arguments_[i].AsList(); }
  // Of the Activation; null while constants are folded, see Builtin::uses_host.
  [[nodiscard]] Host* host() const { return scope_.host; }

  // The regular expression in string argument `i`, compiled once (pattern.h): rows of cost kRegex
  // only, argument 1. Valid until the body returns.
  [[nodiscard]] const Pattern& Regex(std::size_t i) const;

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
  CallScope scope_;
};

using Body = Value (*)(CallContext& call);

// What a call costs beyond its arguments, in Kubernetes' units; see cost.h for the constants.
enum class Cost : std::uint8_t {
  kOne,
  kTraverse,  // 0.1 a code point of the receiver, rounded up (startsWith, lowerAscii, quantity)
  kTraverseTwice,  // 0.2 (replace, split, join)
  kCompare,        // 0.1 of the smaller argument
  kConcatenate,    // 0.1 of the sum
  kContains,       // product of both, each 0.1
  kRegex,          // text by pattern, which is argument 1
  kList,           // one for each element of the receiver
  kListProduct,    // elements of both, multiplied (sets)
  kAuthorizer,     // 350,000
};

// What the evaluator answers itself before the body is called.
enum class Strictness : std::uint8_t {
  kStrict,     // an error or unknown argument is the result; so is an unknown inside a container
               // argument, for bodies that read elements
  kShallow,    // as kStrict, but containers may hold unknowns: the body reads no elements (size)
  kNonStrict,  // the body sees unknowns; errors are still the result
};

// One overload. `signature` reads as CEL documentation writes it:
//   "string.startsWith(string) -> bool"   a member
//   "size(list(T)) -> int"                a function; single capitals are type parameters
//   "math.greatest(dyn...) -> dyn"        one or more arguments
// What stands before the last dot of the name is the receiver if it is a type: a scalar, anything
// with parentheses, a single capital, or a name whose last part starts with a capital
// ("net.IP.family() -> int"). Otherwise it belongs to the name ("strings.quote(string) -> string").
// `timestamp` and `duration` are the google.protobuf types. A type that is not part of the language
// becomes known, as a value too, by being named here ("net.IP", the name of its OpaqueType).
// Without a body the function is declared only: calling it is an error.
struct Builtin {
  std::string_view signature;
  Body body = nullptr;
  Cost cost = Cost::kOne;
  Strictness strictness = Strictness::kStrict;
  bool uses_host = false;  // the result depends on more than the arguments
};

// A named set of overloads. environment.h lists the libraries there are.
struct Library {
  std::string_view name;  // "strings", "lists"
  std::span<const Builtin> builtins;
  int kubernetes_minor = 0;  // first API server 1.N that has it; 0: all; -1: none
};

}  // namespace restorable::cel
