#include "policy/evaluation.h"

#include <algorithm>
#include <span>
#include <string>

#include "policy/session.h"

namespace restorable::policy {
namespace {

// What an expression may cost more for each resource of the deployment: one that counts disks looks
// at every claim, and the bound must not turn a large repository into an error.
constexpr std::uint64_t kCostPerResource = 1'000;

// What a rule may cost on the resource, so that all of its kind together keep within the limit. The
// first of them is where a rule tells what holds for the whole deployment.
std::uint64_t PartOf(const Resource& resource, const Deployment& deployment, const Limits& limits) {
  const std::span<const Value> all = deployment.List(resource.kind).AsList();
  if (all.empty() || all.front().IsItself(resource.body)) return limits.kind_cost;
  return std::max(limits.least_part, limits.kind_cost / all.size());
}

// The body, with the address in the place of an Azure name that is not known.
Value WithAddress(const Resource& resource, Arena& arena) {
  const Value* const name = resource.body.Find("name");
  const Value* const rest = resource.body.OpenRest();
  const bool is_open = name == nullptr ? rest != nullptr : name->IsUnknown();
  if (resource.schema != Schema::kAzure || !is_open) return resource.body;
  std::vector<MapEntry> entries{{Value::String("name"), Value::String(resource.address)}};
  for (const MapEntry& entry : resource.body.AsMap()) {
    if (&entry.value != name) entries.push_back(entry);
  }
  const std::span<const MapEntry> copy = arena.Copy(std::span<const MapEntry>(entries));
  return rest == nullptr ? Value::Map(arena, copy) : Value::OpenMap(arena, copy, *rest);
}

// As a request calls it; empty where nobody says what becomes of the resource.
std::string_view OperationOn(const Resource& resource, const Review* review) {
  if (review != nullptr) {
    const Value* const operation = review->request.Find("operation");
    return operation != nullptr && operation->IsString() ? operation->AsString() : "";
  }
  if (resource.before == nullptr) return "";
  return resource.before->IsNull() ? "CREATE" : "UPDATE";
}

}  // namespace

Evaluation::Evaluation(const Language& language, const Limits& limits)
    : language_(language),
      limits_(limits),
      host_(language),
      activation_(language.environment, &host_) {
  request_ = NotInReview("request");
  old_object_ = NotInReview("oldObject");
  authorizer_ = NotInReview("authorizer");
  open_guard_ = NotInReview("the deployment");
  for (const auto& [slot, value] : language.data) activation_.Set(slot, value);
}

Value Evaluation::NotInReview(std::string_view what) {
  return Value::Unknown(constants_,
                        {.reason = UnknownReason::kNotInReview, .what = what, .range = {}});
}

void Evaluation::Begin(const Resource& resource, const Deployment* deployment, const Review* review,
                       Arena& arena) {
  arena_ = &arena;
  resource_ = &resource;
  activation_.Remember();
  host_.deployment = deployment;
  host_.known = review != nullptr ? review->known : nullptr;
  host_.from = resource.range.file;
  cel_limit_ = limits_.cel_cost;
  rule_limit_ = limits_.rule_cost;
  if (deployment != nullptr) {
    const std::uint64_t allowance = deployment->resources().size() * kCostPerResource;
    cel_limit_ += allowance;
    rule_limit_ = std::min(rule_limit_ + allowance, PartOf(resource, *deployment, limits_));
  }
  host_.budget.limit = cel_limit_;
  activation_.Set(language_.object, resource.body);
  const Language::ResourceSlots& slots = language_.resource;
  const std::string_view type =
      resource.schema != Schema::kKubernetes ? resource.kind : arena.Copy(TypeName(resource));
  activation_.Set(slots.type, Value::String(type));
  activation_.Set(slots.address, Value::String(resource.address));
  activation_.Set(slots.language, Value::String(Name(resource.language)));
  activation_.Set(slots.mode, Value::String(review != nullptr ? "admission" : "scan"));
  activation_.Set(slots.namespace_, Value::String(resource.namespace_));
  activation_.Set(slots.name, Value::String(resource.name));
  BindReview(resource, review);
  for (const Language::LibraryVariable& variable : language_.variables) {
    activation_.SetLazy(variable.slot, variable.program);
  }
}

void Evaluation::BindReview(const Resource& resource, const Review* review) {
  activation_.Set(language_.request, review != nullptr ? review->request : request_);
  activation_.Set(language_.old_object,
                  resource.before != nullptr ? *resource.before : old_object_);
  activation_.Set(language_.resource.operation, Value::String(OperationOn(resource, review)));
  activation_.Set(language_.authorizer, authorizer_);
  activation_.Set(language_.namespace_object,
                  review != nullptr ? review->namespace_object : FindNamespace(resource));
}

Value Evaluation::FindNamespace(const Resource& resource) {
  if (host_.deployment != nullptr && !resource.namespace_.empty()) {
    const Value found =
        host_.deployment->Find("Namespace", resource.namespace_, host_.from, *arena_);
    if (found.IsUnknown()) return found;
    if (found.AsOptional() != nullptr) return *found.AsOptional();
  }
  const std::string what = "Namespace " + std::string(resource.namespace_);
  return Value::Unknown(*arena_,
                        {.reason = UnknownReason::kNotInDeployment, .what = what, .range = {}});
}

void Evaluation::Enter(const Scope& scope) {
  spent_ = 0;
  activation_.Grow(scope.SlotCount());
  for (const auto& [slot, value] : scope.params) activation_.Set(slot, value);
  for (const PartVariable& variable : scope.variables) {
    activation_.SetLazy(variable.slot, variable.part.program);
  }
}

void Evaluation::SetItem(const Scope& scope, Value item, std::uint32_t index) {
  activation_.Set(scope.item, item);
  activation_.Set(scope.index, Value::Int(index));
  for (const PartVariable& variable : scope.variables) {
    if (variable.part.per_item) activation_.SetLazy(variable.slot, variable.part.program);
  }
}

Value Evaluation::Guards(const Scope& scope, bool per_item, bool local) {
  Value unknown;
  Value error;
  for (const Part& guard : scope.guards) {
    if (guard.per_item != per_item) continue;
    const Value holds = local && guard.reach.deployment ? open_guard_ : Run(guard.program);
    if (holds.IsFalse()) return holds;
    if (holds.IsUnknown()) {
      unknown = unknown.IsNull() ? holds : Value::Unknown(*arena_, unknown, holds);
    }
    if (holds.IsError() && (error.IsNull() || holds.AsError().absolute)) error = holds;
  }
  // As with `&&`: what is not known may still make the guards false, an error may not matter then.
  if (error.IsError() && error.AsError().absolute) return error;
  if (unknown.IsUnknown()) return unknown;
  return error.IsError() ? error : Value::Bool(true);
}

void Evaluation::BeginExpression() {
  budget_.used = 0;
  budget_.limit = std::min(cel_limit_, rule_limit_ - std::min(spent_, rule_limit_));
}

void Evaluation::EndExpression() { spent_ += budget_.used; }

Value Evaluation::Run(const cel::Program& program) {
  BeginExpression();
  const Value value = program.Evaluate(activation_, *arena_, budget_);
  EndExpression();
  return value;
}

void Evaluation::SetObject(Value object) {
  activation_.Set(language_.object, object);
  activation_.Remember();
}

// What has no name that is known is called by its address.
Value Evaluation::RunText(const cel::Program& program) {
  SetObject(WithAddress(*resource_, *arena_));
  BeginExpression();
  const Value value = program.EvaluateText(activation_, *arena_, budget_);
  EndExpression();
  SetObject(resource_->body);
  return value;
}

Value Evaluation::RunWatched(const cel::Program& program, Value& source) {
  activation_.Watch(&source);
  const Value value = Run(program);
  activation_.Watch(nullptr);
  return value;
}

std::optional<cel::Program::Place> Evaluation::Locate(const cel::Program& program) {
  BeginExpression();
  auto place = program.Locate(activation_, *arena_, budget_);
  EndExpression();
  return place;
}

}  // namespace restorable::policy
