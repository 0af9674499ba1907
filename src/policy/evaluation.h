#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/arena.h"
#include "base/limits.h"
#include "cel/activation.h"
#include "cel/program.h"
#include "policy/compiled.h"
#include "policy/language.h"
#include "policy/resource_functions.h"
#include "resource/resource.h"
#include "value/value.h"

namespace restorable::policy {

struct Review;

// The expressions of rules on one resource at a time: binds what they may speak of, and keeps count
// of what they cost.
class Evaluation {
 public:
  Evaluation(const Language& language, const Limits& limits);

  // Where values of the next resource live; `deployment` is null in a review, and while only the
  // resource itself is looked at.
  void Begin(const Resource& resource, const Deployment* deployment, const Review* review,
             Arena& arena);

  // Of the check or lowering that follows: its parameters and variables, and a new account.
  void Enter(const Scope& scope);
  void SetItem(const Scope& scope, Value item, std::uint32_t index);

  // All of the guards that do (or do not) depend on the item, joined as by `&&`; those of which
  // only the deployment knows count as unknown if `local`. True if there are none.
  [[nodiscard]] Value Guards(const Scope& scope, bool per_item, bool local = false);

  [[nodiscard]] Value Run(const cel::Program& program);
  [[nodiscard]] Value RunText(const cel::Program& program);
  // Also gives the first scalar that the program selects.
  [[nodiscard]] Value RunWatched(const cel::Program& program, Value& source);
  [[nodiscard]] std::optional<cel::Program::Place> Locate(const cel::Program& program);

  [[nodiscard]] Arena& arena() { return *arena_; }
  void set_deadline(std::chrono::steady_clock::time_point deadline) { budget_.deadline = deadline; }

 private:
  void BindReview(const Resource& resource, const Review* review);
  [[nodiscard]] Value FindNamespace(const Resource& resource);
  [[nodiscard]] Value NotInReview(std::string_view what);
  void SetObject(Value object);
  void BeginExpression();
  void EndExpression();

  const Language& language_;
  const Limits& limits_;
  ResourceHost host_;
  cel::Activation activation_;
  cel::Budget budget_;
  std::uint64_t spent_ = 0;       // by the check or lowering so far
  std::uint64_t cel_limit_ = 0;   // of one expression
  std::uint64_t rule_limit_ = 0;  // of the check or lowering
  Arena* arena_ = nullptr;
  const Resource* resource_ = nullptr;
  Arena constants_;
  Value request_, old_object_, authorizer_;  // what a file does not say
  Value open_guard_;
};

}  // namespace restorable::policy
