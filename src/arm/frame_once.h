#pragma once

#include <string>
#include <string_view>

#include "arm/diagnostics.h"
#include "arm/frame.h"

namespace restorable::arm {

// Computes a value once. To be asked for it while that goes on is a cycle.
template <typename Compute>
Value Frame::Once(Memo& memo, std::string_view name, Range range, Compute compute) {
  if (memo.state == Memo::State::kComputing) {
    context_.Report({.kind = &kCycle, .range = range, .args = {std::string(name)}, .notes = {}});
    return context_.Error("`" + std::string(name) + "` depends on itself", range);
  }
  if (memo.state == Memo::State::kOpen) {
    memo.state = Memo::State::kComputing;
    memo.value = compute();
    memo.state = Memo::State::kDone;
  }
  return memo.value;
}

}  // namespace restorable::arm
