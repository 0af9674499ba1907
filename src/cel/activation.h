#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <vector>

#include "cel/builtin.h"
#include "cel/environment.h"
#include "cel/pattern.h"
#include "value/value.h"

namespace restorable::cel {

class Program;

// The variables of one evaluation. A slot holds a value, or a program whose result (error and
// unknown included) is kept at the first use; a slot that nobody set is an "unbound variable"
// error. Values that are kept lie in the arena of the evaluation that made them: clear the slots
// (or drop the activation) before that arena is reset. Not thread-safe.
class Activation {
 public:
  explicit Activation(const Environment& environment, Host* host = nullptr)
      : Activation(environment.SlotCount(), host) {}
  explicit Activation(std::size_t slots, Host* host = nullptr) : slots_(slots), host_(host) {}

  void Set(SlotId slot, Value value) {
    At(slot) = {.value = value, .program = nullptr, .state = State::kValue};
  }
  // `program` belongs to the same environment and outlives the activation.
  void SetLazy(SlotId slot, const Program& program) {
    At(slot) = {.value = {}, .program = &program, .state = State::kLazy};
  }
  void Clear(SlotId slot) { At(slot) = {}; }
  void ClearAll() { slots_.assign(slots_.size(), {}); }
  // Makes room for an environment on top of the one that this was made for.
  void Grow(std::size_t slots) {
    if (slots_.size() < slots) slots_.resize(slots);
  }

  // From now on, and afresh with each call, what a definition of one parameter gives is kept for
  // the next call on the same value. Until then no variable may change that a definition reads, and
  // the arenas of what is evaluated must live.
  void Remember() {
    memos_.resize(kMemos);
    ++generation_;
  }

  // From now on the first known scalar that a field or element turns out to be is kept in `found`,
  // if that has no place yet; nullptr ends it.
  void Watch(Value* found) { watched_ = found; }

  // What a lazy slot has already been found to be; null when it was not used yet.
  [[nodiscard]] const Value* Known(SlotId slot) const {
    const Slot& entry = slots_[static_cast<std::size_t>(slot)];
    return entry.state == State::kValue ? &entry.value : nullptr;
  }

 private:
  friend class Evaluator;
  enum class State : std::uint8_t { kUnset, kValue, kLazy, kRunning };
  struct Slot {
    Value value;
    const Program* program = nullptr;
    State state = State::kUnset;
  };

  // One of few places, taken by the call that came last.
  struct Memo {
    const Definition* definition = nullptr;
    std::uint64_t generation = 0;
    Value argument;
    Value result;
  };
  static constexpr std::size_t kMemos = 128;

  [[nodiscard]] Slot& At(SlotId slot) { return slots_[static_cast<std::size_t>(slot)]; }

  std::vector<Slot> slots_;
  Host* host_;
  Value* watched_ = nullptr;
  PatternCache patterns_;
  std::vector<Memo> memos_;  // none, or kMemos
  std::uint64_t generation_ = 0;
};

// What one evaluation, or several that share it, may use and what they have used. Passing any of
// these is an error that no operator absorbs (ErrorBody::absolute).
struct Budget {
  std::uint64_t limit = 0;  // cost units
  std::uint64_t used = 0;
  // What the arena may take from the system while this budget is in use.
  std::size_t memory_bytes = std::size_t{256} << 20;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

}  // namespace restorable::cel
