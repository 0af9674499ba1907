#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/limits.h"
#include "terraform/files.h"
#include "value/origin.h"
#include "value/value.h"

namespace restorable::terraform {

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
  [[nodiscard]] Value List(const std::vector<Value>& items, Shape shape = Shape::kFree);
  [[nodiscard]] Value Map(const std::vector<MapEntry>& entries, Shape shape = Shape::kFree);
  // The values in a value, itself included.
  [[nodiscard]] std::uint32_t SizeOf(Value value) { return ExtentOf(value).size; }

  // What ends an evaluation that has become too large; no operator absorbs it.
  [[nodiscard]] Value Limit(std::string_view name, Range range = {});

  // Once for a kind and a place, however often it is evaluated.
  void Report(Diagnostic diagnostic);

  // One level of evaluation within another one; false past the limit.
  [[nodiscard]] bool Enter() { return ++depth_ <= kMostDepth; }
  void Leave() { --depth_; }

  // Counts instances of blocks and modules; false if they would be more than `most`.
  [[nodiscard]] bool TakeInstances(std::uint64_t count, std::uint64_t most) {
    if (count > most - instances_) return false;
    instances_ += count;
    return true;
  }

  // Counts the work of parsing a text.
  [[nodiscard]] bool SpendParsing(std::size_t bytes) {
    constexpr std::size_t kBytesOfStep = 8;
    return Spend(1 + bytes / kBytesOfStep);
  }

  // Counts work. False once the limit is passed: then nothing more is computed.
  [[nodiscard]] bool Spend(std::uint64_t steps) {
    steps_ += steps;
    part_steps_ += steps;
    return steps_ <= limits.evaluation_steps && part_steps_ <= limits.evaluation_steps / kParts;
  }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }

  // The evaluation of one local, variable, output or instance, while it lives: it may spend a part
  // of the steps, so that one that is hostile does not take them from all others. What it asks for
  // is a part of its own.
  class Part {
   public:
    explicit Part(Context& context)
        : context_(context), outer_(std::exchange(context.part_steps_, 0)) {}
    ~Part() { context_.part_steps_ = outer_; }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

   private:
    Context& context_;
    const std::uint64_t outer_;
  };

  Arena& arena;
  OriginTable& origins;
  const Limits& limits;
  const Files* files = nullptr;  // nullptr: no file can be read
  std::string_view directory;    // of the root module, from where paths count
  bool in_template = false;      // of templatefile(): there it cannot be called again
  std::vector<Diagnostic> diagnostics;

 private:
  struct Extent {
    std::uint32_t size = 1;
    std::uint32_t depth = 1;
  };

  // Evaluation recurses through expressions, locals, variables and modules: what a stack of 8 MiB
  // carries under a sanitizer.
  static constexpr std::uint32_t kMostDepth = 600;
  static constexpr std::uint64_t kParts = 8;

  [[nodiscard]] Extent ExtentOf(Value value);

  std::uint32_t depth_ = 0;
  std::set<std::pair<const DiagnosticKind*, Range>> reported_;
  std::unordered_map<const void*, Extent> extents_;  // of lists and maps, by their payload
  std::uint64_t steps_ = 0;
  std::uint64_t part_steps_ = 0;  // of the innermost part
  std::uint64_t instances_ = 0;
};

}  // namespace restorable::terraform
