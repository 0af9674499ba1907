#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "base/arena.h"
#include "base/range.h"
#include "cel/environment.h"
#include "cel/function.h"
#include "cel/pattern.h"
#include "cel/program.h"
#include "cel/tree.h"
#include "value/value.h"

// An expression in the form in which it is evaluated: names are slots and locals, overloads are
// chosen as far as types allow, what is constant is computed.
namespace restorable::cel {

struct Definition;

enum class StepId : std::uint32_t {};

struct Constant {
  Value value;
  std::uint32_t cost = 0;  // what computing it would have cost
};
struct Undeclared {
  std::string_view name;  // of a variable, in the expression's text
};
struct ReadSlot {
  SlotId slot;
  std::string_view name;  // owned by the environment
};
struct ReadLocal {
  std::uint32_t local;
};
struct SelectField {
  StepId operand;
  std::string_view field;
  bool optional;
};
struct TestField {
  StepId operand;
  std::string_view field;
};
struct SelectElement {
  StepId operand;
  StepId index;
  bool optional;
};
struct CallFunction {
  const Function* function;  // null when there is none of that name
  std::string_view name;
  Run<const Overload*> candidates;
  Run<StepId> arguments;
  const Pattern* pattern = nullptr;  // of a literal
};
struct CallDefinition {
  std::shared_ptr<const Definition> definition;
  Run<StepId> arguments;
};
// o.or(o2), o.orValue(x)
struct OrElse {
  StepId operand;
  StepId alternative;
  bool unwrap;
};
struct ApplyUnary {
  UnaryOp op;
  StepId operand;
};
struct Operand {
  BinaryOp op;
  StepId step;
  Range range;  // of the chain up to here
};
struct ApplyChain {
  StepId first;
  Run<Operand> rest;
};
struct Junction {
  LogicOp op;
  Run<StepId> operands;
};
struct Choose {
  StepId condition;
  StepId then;
  StepId otherwise;
};
struct Item {
  StepId value;
  bool optional;
};
struct MakeList {
  Run<Item> items;
};
struct Pair {
  StepId key;
  StepId value;
  bool optional;
};
struct MakeMap {
  Run<Pair> pairs;
};
struct Loop {
  Macro macro;
  std::string_view name;
  StepId range;
  std::uint32_t local;  // one or, if `two`, the first of two
  bool two;
  std::optional<StepId> predicate;
  std::optional<StepId> transform;
};
struct Let {
  std::uint32_t local;
  StepId init;
  StepId body;
};
struct MapOptional {
  bool flat;
  StepId operand;
  std::uint32_t local;
  StepId body;
};

struct Step {
  Range range;
  std::variant<Constant, Undeclared, ReadSlot, ReadLocal, SelectField, TestField, SelectElement,
               CallFunction, CallDefinition, OrElse, ApplyUnary, ApplyChain, Junction, Choose,
               MakeList, MakeMap, Loop, Let, MapOptional>
      form;
};

class Plan {
 public:
  StepId Add(Step step) {
    steps_.push_back(std::move(step));
    return static_cast<StepId>(steps_.size() - 1);
  }
  Run<StepId> AddRun(std::span<const StepId> items) { return Append(ids_, items); }
  Run<Operand> AddRun(std::span<const Operand> items) { return Append(operands_, items); }
  Run<Item> AddRun(std::span<const Item> items) { return Append(items_, items); }
  Run<Pair> AddRun(std::span<const Pair> items) { return Append(pairs_, items); }
  Run<const Overload*> AddRun(std::span<const Overload* const> items) {
    return Append(overloads_, items);
  }

  [[nodiscard]] const Step& operator[](StepId id) const {
    return steps_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::span<const StepId> operator[](Run<StepId> run) const { return At(ids_, run); }
  [[nodiscard]] std::span<const Operand> operator[](Run<Operand> run) const {
    return At(operands_, run);
  }
  [[nodiscard]] std::span<const Item> operator[](Run<Item> run) const { return At(items_, run); }
  [[nodiscard]] std::span<const Pair> operator[](Run<Pair> run) const { return At(pairs_, run); }
  [[nodiscard]] std::span<const Overload* const> operator[](Run<const Overload*> run) const {
    return At(overloads_, run);
  }
  template <typename T>
  [[nodiscard]] const T* As(StepId id) const {
    return std::get_if<T>(&(*this)[id].form);
  }

  StepId root{};
  std::uint32_t locals = 0;
  Arena constants;
  std::deque<Pattern> patterns;
  std::vector<SlotId> reads;  // ascending
  std::vector<Program::Call> calls;
  std::vector<Program::Feature> features;

 private:
  template <typename T, typename U>
  static Run<T> Append(std::vector<T>& all, std::span<U> items) {
    const Run<T> run{static_cast<std::uint32_t>(all.size()),
                     static_cast<std::uint32_t>(items.size())};
    all.insert(all.end(), items.begin(), items.end());
    return run;
  }
  template <typename T>
  static std::span<const T> At(const std::vector<T>& all, Run<T> run) {
    return {all.data() + run.first, run.count};
  }

  std::vector<Step> steps_;
  std::vector<StepId> ids_;
  std::vector<Operand> operands_;
  std::vector<Item> items_;
  std::vector<Pair> pairs_;
  std::vector<const Overload*> overloads_;
};

}  // namespace restorable::cel
