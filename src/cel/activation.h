#pragma once

#include <span>
#include <vector>

#include "base/arena.h"
#include "base/limits.h"
#include "cel/environment.h"
#include "value/value.h"

namespace restorable::cel {

class Program;

// The variables of one evaluation. A slot holds a value, or a program whose result (error and
// unknown included) is kept at the first use; a slot that nobody set is an "unbound variable" error.
class Activation {
 public:
  explicit Activation(std::size_t slots) : slots_(slots) {}

  void Set(SlotId slot, Value value);
  void SetLazy(SlotId slot, const Program& program);
  void Clear(SlotId slot);

 private:
  friend class Evaluator;
  enum class State : std::uint8_t { kUnset, kValue, kLazy, kRunning };
  struct Slot {
    Value value;
    const Program* program = nullptr;
    State state = State::kUnset;
  };
  std::vector<Slot> slots_;
};

// What one evaluation may use and what it has used.
struct Budget {
  std::uint64_t limit = 0;
  std::uint64_t used = 0;
};

}  // namespace restorable::cel
