#include "cel/planner.h"

#include <algorithm>
#include <optional>

#include "base/overloaded.h"
#include "cel/definition.h"
#include "cel/diagnostics.h"
#include "cel/environment_impl.h"
#include "cel/evaluator.h"

namespace restorable::cel {
namespace {

// What folding one constant may cost.
constexpr std::uint64_t kFoldingCost = 10'000;
constexpr std::size_t kFoldingBytes = std::size_t{1} << 20;

// The first API servers with what is no function; see Library::kubernetes_minor.
constexpr int kOptionalSyntax = 28;
constexpr int kTwoVariables = 32;
constexpr int kSortBy = 34;
constexpr int kNowhere = -1;

// The overload that the most API servers have decides: which one is meant may be open.
int LeastDemanding(std::span<const Overload* const> candidates) {
  int least = kNowhere;
  for (const Overload* overload : candidates) {
    const int minor = overload->kubernetes_minor;
    if (least == kNowhere || (minor != kNowhere && minor < least)) least = minor;
  }
  return least;
}

class Planner {
 public:
  Planner(const Environment& environment, const Tree& tree, const CheckResult& check,
          std::vector<Diagnostic>& diagnostics)
      : environment_(environment.impl()), tree_(tree), check_(check), diagnostics_(diagnostics) {}

  Plan Run() {
    plan_.locals = check_.locals;
    plan_.root = Visit(tree_.root());
    std::ranges::sort(plan_.reads);
    plan_.reads.erase(std::unique(plan_.reads.begin(), plan_.reads.end()), plan_.reads.end());
    return std::move(plan_);
  }

 private:
  StepId Visit(NodeId id) {
    const Node& node = tree_[id];
    return std::visit([&](const auto& expr) { return VisitNode(id, expr); }, node.expr);
  }

  StepId Add(NodeId id, decltype(Step::form) form) {
    return plan_.Add({tree_[id].range, std::move(form)});
  }

  // --- Names -------------------------------------------------------------------------------------

  // What a name or selection was resolved to, if it stands for a value.
  std::optional<StepId> Resolved(NodeId id) {
    return std::visit(Overloaded{
                          [&](SlotId slot) -> std::optional<StepId> {
                            plan_.reads.push_back(slot);
                            return Add(id, ReadSlot{slot, environment_[slot].name});
                          },
                          [&](const LocalRef& local) -> std::optional<StepId> {
                            return Add(id, ReadLocal{local.local});
                          },
                          [&](const TypeRef& type) -> std::optional<StepId> {
                            return Add(id, Constant{type.value, 1});
                          },
                          [](const auto&) -> std::optional<StepId> { return std::nullopt; },
                      },
                      check_[id]);
  }

  StepId VisitNode(NodeId id, const Missing&) { return Add(id, Undeclared{""}); }
  StepId VisitNode(NodeId id, const Literal& node) { return Add(id, Constant{node.value}); }
  StepId VisitNode(NodeId id, const Ident& node) {
    if (const std::optional<StepId> step = Resolved(id)) return *step;
    return Add(id, Undeclared{node.name});
  }
  StepId VisitNode(NodeId id, const Select& node) {
    if (const std::optional<StepId> step = Resolved(id)) return *step;
    if (node.optional) Require(id, "optional selection", kOptionalSyntax);
    const StepId operand = Visit(node.operand);
    return Fold(Add(id, SelectField{operand, node.field.text, node.optional}), IsConstant(operand));
  }
  StepId VisitNode(NodeId id, const Has& node) {
    return Add(id, TestField{Visit(node.operand), node.field.text});
  }
  StepId VisitNode(NodeId id, const Index& node) {
    if (node.optional) Require(id, "optional selection", kOptionalSyntax);
    const StepId operand = Visit(node.operand);
    const StepId index = Visit(node.index);
    return Fold(Add(id, SelectElement{operand, index, node.optional}),
                IsConstant(operand) && IsConstant(index));
  }

  // --- Calls -------------------------------------------------------------------------------------

  std::vector<StepId> VisitAll(std::span<const NodeId> nodes) {
    std::vector<StepId> steps;
    for (const NodeId node : nodes) steps.push_back(Visit(node));
    return steps;
  }

  StepId VisitNode(NodeId id, const Call& node) {
    if (const DefinitionRef* ref = std::get_if<DefinitionRef>(&check_[id])) {
      return PlanDefinition(id, node, ref->definition);
    }
    const FunctionRef* ref = std::get_if<FunctionRef>(&check_[id]);
    std::vector<NodeId> nodes;
    if (node.receiver && (ref == nullptr || ref->member)) nodes.push_back(*node.receiver);
    const auto arguments = tree_[node.arguments];
    nodes.insert(nodes.end(), arguments.begin(), arguments.end());
    const std::vector<StepId> steps = VisitAll(nodes);
    if (ref == nullptr) {
      return Add(id, CallFunction{nullptr, node.name.text, {}, plan_.AddRun(steps)});
    }
    if (const std::optional<StepId> lazy = PlanOrElse(id, *ref, steps)) {
      Require(id, ref->function->name, kOptionalSyntax);
      return *lazy;
    }
    return PlanFunction(id, *ref, steps);
  }

  // The argument of these two is evaluated only if the receiver is empty.
  std::optional<StepId> PlanOrElse(NodeId id, const FunctionRef& ref,
                                   std::span<const StepId> steps) {
    const std::string& name = ref.function->name;
    if (!ref.function->standard || steps.size() != 2 || (name != "or" && name != "orValue")) {
      return std::nullopt;
    }
    return Add(id, OrElse{steps[0], steps[1], name == "orValue"});
  }

  StepId PlanFunction(NodeId id, const FunctionRef& ref, std::span<const StepId> steps) {
    std::vector<const Overload*> candidates;
    const auto chosen = check_[ref.candidates];
    candidates.assign(chosen.begin(), chosen.end());
    if (candidates.empty()) {
      // Nothing fits, or nothing was checked: evaluation will find out.
      for (const Overload& overload : ref.function->overloads) {
        if (overload.member == ref.member) candidates.push_back(&overload);
      }
    }
    CallFunction call{ref.function, ref.function->name, plan_.AddRun(candidates),
                      plan_.AddRun(steps)};
    const bool takes_pattern = std::ranges::any_of(candidates, [](const Overload* overload) {
      return overload->builtin.cost == Cost::kRegex;
    });
    if (takes_pattern && steps.size() > 1) call.pattern = CompilePattern(steps[1]);
    if (!ref.function->standard) RecordCall(id, *ref.function, steps);
    if (!candidates.empty()) Require(id, ref.function->name, LeastDemanding(candidates));
    const bool pure = std::ranges::none_of(candidates, [](const Overload* overload) {
      return overload->builtin.uses_host || overload->builtin.body == nullptr;
    });
    const bool constant = std::ranges::all_of(steps, [&](StepId s) { return IsConstant(s); });
    const StepId step = Add(id, call);
    if (!pure || !constant) return step;
    return Fold(step, true, MakesValue(candidates));
  }

  const Pattern* CompilePattern(StepId id) {
    const Constant* constant = plan_.As<Constant>(id);
    if (constant == nullptr || !constant->value.IsString()) return nullptr;
    const Pattern& pattern = plan_.patterns.emplace_back(constant->value.AsString());
    if (!pattern.ok()) {
      Report(plan_[id].range, ShowInvalidPattern(constant->value, pattern));
    }
    return &pattern;
  }

  static std::string ShowInvalidPattern(Value text, const Pattern& pattern) {
    return "`" + std::string(text.AsString()) + "` is not a regular expression: " + pattern.error();
  }

  // Whether the call reads a literal into a type that has none: a failure is then the author's
  // mistake, whether or not it is ever evaluated.
  [[nodiscard]] bool MakesValue(std::span<const Overload* const> candidates) const {
    return std::ranges::all_of(candidates, [&](const Overload* overload) {
      const TypeTag tag = environment_.types.Tag(overload->result);
      return !overload->member &&
             (tag == TypeTag::kTimestamp || tag == TypeTag::kDuration || tag == TypeTag::kOpaque);
    });
  }

  void RecordCall(NodeId id, const Function& function, std::span<const StepId> steps) {
    Program::Call call{function.name, std::nullopt, tree_[id].range};
    const Constant* first = steps.empty() ? nullptr : plan_.As<Constant>(steps[0]);
    if (first != nullptr && first->value.IsString()) call.literal = first->value.AsString();
    plan_.calls.push_back(call);
  }

  StepId PlanDefinition(NodeId id, const Call& node,
                        const std::shared_ptr<const Definition>& definition) {
    const std::vector<StepId> steps = VisitAll(tree_[node.arguments]);
    const Plan& body = definition->plan;
    plan_.reads.insert(plan_.reads.end(), body.reads.begin(), body.reads.end());
    for (Program::Call call : body.calls) {
      call.range = tree_[id].range;
      plan_.calls.push_back(call);
    }
    for (const Program::Feature& feature : body.features) {
      Require(id, feature.name, feature.kubernetes_minor);
    }
    return Add(id, CallDefinition{definition, plan_.AddRun(steps)});
  }

  // --- Operators and literals --------------------------------------------------------------------

  StepId VisitNode(NodeId id, const Unary& node) {
    const StepId operand = Visit(node.operand);
    return Fold(Add(id, ApplyUnary{node.op, operand}), IsConstant(operand));
  }

  StepId VisitNode(NodeId id, const Chain& node) {
    const StepId first = Visit(node.first);
    const Range begin = tree_[node.first].range;
    bool constant = IsConstant(first);
    std::vector<Operand> operands;
    for (const Link& link : tree_[node.rest]) {
      operands.push_back({link.op, Visit(link.operand), begin.To(tree_[link.operand].range)});
      constant = constant && IsConstant(operands.back().step);
    }
    return Fold(Add(id, ApplyChain{first, plan_.AddRun(operands)}), constant);
  }

  StepId VisitNode(NodeId id, const Logic& node) {
    return Add(id, Junction{node.op, plan_.AddRun(VisitAll(tree_[node.operands]))});
  }

  StepId VisitNode(NodeId id, const Conditional& node) {
    const StepId condition = Visit(node.condition);
    const StepId then = Visit(node.then);
    return Add(id, Choose{condition, then, Visit(node.otherwise)});
  }

  StepId VisitNode(NodeId id, const ListLiteral& node) {
    std::vector<Item> items;
    bool constant = true;
    for (const Element& element : tree_[node.elements]) {
      items.push_back({Visit(element.value), element.optional});
      constant = constant && IsConstant(items.back().value);
      if (element.optional) Require(element.value, "optional element", kOptionalSyntax);
    }
    return Fold(Add(id, MakeList{plan_.AddRun(items)}), constant);
  }

  StepId VisitNode(NodeId id, const MapLiteral& node) {
    std::vector<Pair> pairs;
    bool constant = true;
    for (const Entry& entry : tree_[node.entries]) {
      const StepId key = Visit(entry.key);
      pairs.push_back({key, Visit(entry.value), entry.optional});
      constant = constant && IsConstant(key) && IsConstant(pairs.back().value);
      if (entry.optional) Require(entry.value, "optional entry", kOptionalSyntax);
    }
    return Fold(Add(id, MakeMap{plan_.AddRun(pairs)}), constant);
  }

  // --- Macros ------------------------------------------------------------------------------------

  [[nodiscard]] std::uint32_t FirstLocal(NodeId id) const {
    return std::get<Binds>(check_[id]).local;
  }

  StepId VisitNode(NodeId id, const Comprehension& node) {
    Loop loop{.macro = node.macro,
              .name = node.name,
              .range = Visit(node.range),
              .local = FirstLocal(id),
              .two = node.second.has_value(),
              .predicate = {},
              .transform = {}};
    if (node.second) Require(id, node.name, kTwoVariables);
    if (node.macro == Macro::kSortBy) Require(id, node.name, kSortBy);
    if (node.predicate) loop.predicate = Visit(*node.predicate);
    if (node.transform) loop.transform = Visit(*node.transform);
    return Add(id, loop);
  }

  StepId VisitNode(NodeId id, const Bind& node) {
    Require(id, "cel.bind", kNowhere);
    const StepId init = Visit(node.init);
    return Add(id, Let{FirstLocal(id), init, Visit(node.body)});
  }

  StepId VisitNode(NodeId id, const OptionalMap& node) {
    Require(id, node.flat ? "optFlatMap" : "optMap", kOptionalSyntax);
    const StepId operand = Visit(node.operand);
    return Add(id, MapOptional{node.flat, operand, FirstLocal(id), Visit(node.body)});
  }

  void Require(NodeId id, std::string_view name, int kubernetes_minor) {
    if (kubernetes_minor != 0) plan_.features.push_back({name, kubernetes_minor, tree_[id].range});
  }

  // --- Folding -----------------------------------------------------------------------------------

  [[nodiscard]] bool IsConstant(StepId id) const { return plan_.As<Constant>(id) != nullptr; }

  // The constant that `step` computes, if its operands are constant and it works out.
  StepId Fold(StepId step, bool constant, bool report = false) {
    if (!constant) return step;
    Activation none(0);
    Budget budget{.limit = kFoldingCost, .memory_bytes = kFoldingBytes};
    const Value value = Evaluator(none, plan_.constants, budget).Evaluate(plan_, step);
    if (value.IsError()) {
      if (report && !value.AsError().absolute) {
        Report(plan_[step].range, std::string(value.AsError().message));
      }
      return step;
    }
    if (value.IsUnknown()) return step;
    return plan_.Add({plan_[step].range, Constant{value, static_cast<std::uint32_t>(budget.used)}});
  }

  void Report(Range range, std::string message) {
    diagnostics_.push_back(
        {.kind = &kInvalidLiteral, .range = range, .args = {std::move(message)}, .notes = {}});
  }

  const Environment::Impl& environment_;
  const Tree& tree_;
  const CheckResult& check_;
  std::vector<Diagnostic>& diagnostics_;
  Plan plan_;
};

}  // namespace

Plan MakePlan(const Environment& environment, const Tree& tree, const CheckResult& check,
              std::vector<Diagnostic>& diagnostics) {
  return Planner(environment, tree, check, diagnostics).Run();
}

}  // namespace restorable::cel
