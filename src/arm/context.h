#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "arm/template.h"
#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "value/origin.h"
#include "value/value.h"

namespace restorable::arm {

// What all parts of the evaluation of one deployment share.
class Context {
 public:
  Context(Arena& memory, OriginTable& table, const Limits& bounds)
      : arena(memory), origins(table), limits(bounds) {}

  [[nodiscard]] Value Error(std::string_view message, Range range = {}) {
    return Value::Error(arena, arena.Copy(message), range).At(range);
  }
  [[nodiscard]] Value Unknown(UnknownReason reason, std::string_view what, Range range) {
    return Value::Unknown(arena, {reason, arena.Copy(what), range}).At(range);
  }
  [[nodiscard]] Value String(std::string_view text) { return Value::String(arena.Copy(text)); }
  // Both give an error where the value would be larger or deeper than the limits, so that walking
  // through a value is never dear: parts that are shared count as often as they occur.
  [[nodiscard]] Value List(const std::vector<Value>& items);
  [[nodiscard]] Value Map(const std::vector<MapEntry>& entries);
  // A map of which `rest` stands for more entries; nullptr: there are no more.
  [[nodiscard]] Value Map(const std::vector<MapEntry>& entries, const Value* rest);
  // The values in a value, itself included.
  [[nodiscard]] std::uint32_t SizeOf(Value value) { return ExtentOf(value).size; }

  // A symbol that is no other one: of kinds of values that have no term of their own.
  [[nodiscard]] Value Fresh(std::string_view what, Value because, TypeKind kind, Range range);
  [[nodiscard]] std::uint64_t NextNumber() { return ++numbers_; }

  // What ends an evaluation that has become too large; no operator absorbs it. Each limit is
  // reported once.
  [[nodiscard]] Value Limit(std::string_view name, Range range = {}) {
    return PassLimit(name, range, /*absolute=*/true);
  }
  // Where only a value has become too large: what does not depend on it goes on.
  [[nodiscard]] Value SizeLimit(std::string_view name, Range range = {}) {
    return PassLimit(name, range, /*absolute=*/false);
  }

  // Once for a kind and a place, however often it is evaluated.
  void Report(Diagnostic diagnostic);

  // One level of evaluation within another one; false past the limit.
  [[nodiscard]] bool Enter() { return ++depth_ <= kMostDepth; }
  void Leave() { --depth_; }

  // Counts instances of resources and modules; false if they would be more than kMostInstances.
  [[nodiscard]] bool TakeInstances(std::uint64_t count) {
    if (count > kMostInstances - instances_) return false;
    instances_ += count;
    return true;
  }

  // Counts work. False once the limit is passed: then nothing more is computed.
  [[nodiscard]] bool Spend(std::uint64_t steps) {
    steps_ += steps;
    return steps_ <= limits.evaluation_steps;
  }
  [[nodiscard]] bool exhausted() const { return steps_ > limits.evaluation_steps; }

  static constexpr std::uint64_t kMostInstances = 10'000;

  Arena& arena;
  OriginTable& origins;
  const Limits& limits;
  std::vector<Diagnostic> diagnostics;

 private:
  struct Extent {
    std::uint32_t size = 1;
    std::uint32_t depth = 1;
  };

  // Evaluation recurses through expressions, variables and modules: what a stack of 8 MiB carries
  // under a sanitizer.
  static constexpr std::uint32_t kMostDepth = 500;

  [[nodiscard]] Extent ExtentOf(Value value);
  [[nodiscard]] Value Checked(Value value);
  [[nodiscard]] Value PassLimit(std::string_view name, Range range, bool absolute);

  std::uint32_t depth_ = 0;
  std::set<std::pair<const DiagnosticKind*, Range>> reported_;
  std::set<std::string, std::less<>> limits_passed_;
  std::unordered_map<const void*, Extent> extents_;  // of lists and maps, by their payload
  std::uint64_t numbers_ = 0;
  std::uint64_t steps_ = 0;
  std::uint64_t instances_ = 0;
};

// Whether an error says that a limit is passed.
[[nodiscard]] bool IsLimit(Value error);

}  // namespace restorable::arm
