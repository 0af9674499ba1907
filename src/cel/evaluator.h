#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "cel/activation.h"
#include "cel/plan.h"
#include "cel/program.h"
#include "value/value.h"

namespace restorable::cel {

// One evaluation: walks a plan. An error or unknown is an ordinary result; what passed a limit is
// an absolute error, which every step hands on.
class Evaluator {
 public:
  Evaluator(Activation& activation, Arena& arena, Budget& budget)
      : activation_(activation),
        arena_(arena),
        budget_(budget),
        reserved_at_start_(arena.reserved_bytes()) {}

  [[nodiscard]] Value Evaluate(const Plan& plan, StepId step);
  [[nodiscard]] Value EvaluateText(const Plan& plan);
  [[nodiscard]] std::optional<Program::Place> Locate(const Plan& plan);

 private:
  // Steps within steps, through all variables and definitions: the stack has room for these.
  static constexpr std::uint32_t kMostDepth = 2'000;

  struct Frame;
  // A variable of a macro, of cel.bind or of a definition; the last two are computed at first use.
  struct Local {
    enum class State : std::uint8_t { kValue, kLazy, kRunning };
    Value value;
    State state = State::kValue;
    StepId step{};
    Frame* frame = nullptr;  // in which `step` is to be evaluated
  };
  struct Frame {
    const Plan* plan = nullptr;
    Local* locals = nullptr;
  };
  // Counts nested steps while it lives.
  class Depth {
   public:
    explicit Depth(Evaluator& evaluator) : evaluator_(evaluator) { ++evaluator_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    ~Depth() { --evaluator_.depth_; }

   private:
    Evaluator& evaluator_;
  };

  [[nodiscard]] Frame* NewFrame(const Plan& plan);
  // With the arguments of a call, to be evaluated where they stand.
  [[nodiscard]] Frame* NewFrame(const CallDefinition& step);
  Value EvalIn(Frame* frame, StepId step);
  // What the host has kept of such a call.
  [[nodiscard]] std::optional<Value> Recall(const Definition& definition);
  // Where the result of such a call is kept; null if it is not.
  [[nodiscard]] Activation::Memo* MemoOf(const Definition& definition, Value argument);

  Value Eval(StepId id);
  Value Do(const Constant& step, Range range);
  Value Do(const Undeclared& step, Range range);
  Value Do(const ReadSlot& step, Range range);
  Value Do(const ReadLocal& step, Range range);
  Value Do(const SelectField& step, Range range);
  Value Do(const TestField& step, Range range);
  Value Do(const SelectElement& step, Range range);
  Value Do(const CallFunction& step, Range range);
  Value Do(const CallDefinition& step, Range range);
  Value Do(const OrElse& step, Range range);
  Value Do(const ApplyUnary& step, Range range);
  Value Do(const ApplyChain& step, Range range);
  Value Do(const Junction& step, Range range);
  Value Do(const Choose& step, Range range);
  Value Do(const MakeList& step, Range range);
  Value Do(const MakeMap& step, Range range);
  Value Do(const Loop& step, Range range);
  Value Do(const Let& step, Range range);
  Value Do(const MapOptional& step, Range range);

  // evaluate_select.cc
  Value Field(Value value, std::string_view field, bool optional, Range range);
  Value Element(Value value, Value index, bool optional, Range range);
  Value ListElement(Value list, Value index, bool optional, Range range);
  Value Has(Value value, std::string_view field, Range range);
  Value Found(const MapEntry* entry, Value map, bool optional);
  void Watch(Value found);
  Value Deeper(Value unknown, std::string_view field);
  bool LocateStep(StepId id, Program::Place& place);

  // evaluate_text.cc
  Value Text(StepId id);
  Value TextOfSum(const ApplyChain& step, Range range);

  // evaluate_call.cc
  Value Call(const CallFunction& step, std::span<const Value> arguments, Range range);
  Value UnknownWithin(std::span<const Value> arguments, Strictness strictness);

  // evaluate_literal.cc
  struct Optional {
    Value value;
    bool present = false;
  };
  Optional Unwrap(Value value, Range range);
  Value CheckKey(Value key, Range range);
  Value MakeMapOf(std::span<const MapEntry> entries, Range range);

  // evaluate_loop.cc
  Value Aggregate(const Loop& step, Value range_value, Range range);
  Value CountOne(const Loop& step, Value range_value, Range range);
  Value Collect(const Loop& step, Value range_value, Range range);
  Value CollectMap(const Loop& step, Value range_value, Range range);
  Value SortBy(const Loop& step, Value list, Range range);
  // Sets the variables for round `i`; an absolute error when a limit is passed, else null.
  Value BeginRound(const Loop& step, Value range_value, std::uint32_t i, Range range);
  Value Predicate(const Loop& step);

  // Whether the cost can be paid; if not, Exhausted() says so.
  bool Charge(std::uint64_t cost) {
    budget_.used += cost;
    return budget_.used <= budget_.limit;
  }
  [[nodiscard]] Value Exhausted(Range range);
  // The absolute error if time or memory are used up, else null.
  [[nodiscard]] Value CheckResources(Range range);
  [[nodiscard]] bool MemoryUsedUp() const {
    return arena_.reserved_bytes() - reserved_at_start_ > budget_.memory_bytes;
  }

  [[nodiscard]] Value Error(std::string_view message, Range range) {
    return Value::Error(arena_, message, range);
  }
  // An error of a body or operator gets the range of what called it.
  [[nodiscard]] Value AtRange(Value value, Range range) {
    if (!value.IsError() || !value.AsError().range.IsNone()) return value;
    return Value::Error(arena_, value.AsError().message, range, value.AsError().absolute);
  }
  // An error that happened in another text is told at the place that led there.
  [[nodiscard]] Value Retell(Value error, std::string_view name, Range range);
  [[nodiscard]] Value Union(Value unknown, Value other) {
    return unknown.IsUnknown() ? Value::Unknown(arena_, unknown, other) : other;
  }
  static bool IsAbsolute(Value value) { return value.IsError() && value.AsError().absolute; }

  Activation& activation_;
  Arena& arena_;
  Budget& budget_;
  std::size_t reserved_at_start_;
  Frame* frame_ = nullptr;
  std::uint32_t depth_ = 0;
  std::uint32_t rounds_ = 0;  // of all loops
};

}  // namespace restorable::cel
