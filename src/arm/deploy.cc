#include "arm/deploy.h"

#include <algorithm>
#include <memory>

#include "arm/diagnostics.h"
#include "arm/frame.h"
#include "arm/json_text.h"
#include "arm/operators.h"
#include "arm/settle.h"
#include "arm/symbol.h"
#include "base/text.h"

namespace restorable::arm {
namespace {

class Deployer {
 public:
  Deployer(const Inputs& inputs, const LoadTemplate& load, Context& context, Deployed& deployed)
      : inputs_(inputs),
        context_(context),
        deployed_(deployed),
        run_{context, load, deployed, {}, {}} {}

  void Run();

 private:
  [[nodiscard]] Place RootPlace();
  [[nodiscard]] Value PlaceName(std::string_view given, std::string_view term);
  void SetArguments(Frame& root);
  void SetArgument(Frame& root, const std::string& name, const std::string& text);
  void Settle(Frame& root);

  const Inputs& inputs_;
  Context& context_;
  Deployed& deployed_;
  arm::Run run_;
};

Value Deployer::PlaceName(std::string_view given, std::string_view term) {
  if (!given.empty()) return context_.String(given);
  const Term made{
      .text = std::string(term), .kind = TypeKind::kString, .nullable = false, .segment = true};
  return MakeTerm(context_, made, UnknownReason::kDeploymentScope, term, inputs_.root->range);
}

Place Deployer::RootPlace() {
  Place place{.scope = inputs_.root->scope,
              .subscription = PlaceName(inputs_.subscription_id, "subscription().subscriptionId"),
              .group = PlaceName(inputs_.resource_group, "resourceGroup().name"),
              .management_group = PlaceName("", "managementGroup().name")};
  if (!inputs_.location.empty()) place.location = context_.String(inputs_.location);
  return place;
}

void Deployer::SetArgument(Frame& root, const std::string& name, const std::string& text) {
  const auto parameter = std::ranges::find_if(inputs_.root->parameters, [&](const Parameter& p) {
    return EqualsIgnoringAsciiCase(p.name.text, name);
  });
  if (parameter == inputs_.root->parameters.end()) return;
  const bool is_text = parameter->type != TypeId::kNone &&
                       (*inputs_.root->tree)[parameter->type].kind == TypeKind::kString;
  const Range range = parameter->name.range;
  Value value = context_.String(text).At(range);
  if (!is_text) {
    const Value read = FromJson(context_, text, range);
    if (!read.IsError()) value = read;
  }
  value = value.Via(context_.origins.Add(range, OriginId::kNone, "--param " + name));
  root.SetArgument(name, value);
}

void Deployer::SetArguments(Frame& root) {
  if (inputs_.arguments != nullptr) {
    Frame file(run_, *inputs_.arguments, RootPlace());
    for (const auto& [name, value] : file.EvaluateArguments()) {
      root.SetArgument(name, value);
      const bool declared =
          std::ranges::any_of(inputs_.root->parameters, [&, wanted = name](const Parameter& p) {
            return EqualsIgnoringAsciiCase(p.name.text, wanted);
          });
      if (declared) continue;
      context_.Report({.kind = &kParameterUnknown,
                       .range = value.range(),
                       .args = {std::string(name)},
                       .notes = {}});
    }
  }
  for (const auto& [name, text] : inputs_.parameters) SetArgument(root, name, text);
}

// Ids are known only when all resources are.
void Deployer::Settle(Frame& root) {
  Settler settler(context_);
  for (const Instance& instance : deployed_.instances) {
    if (const Value* const id = instance.body.Find("id")) settler.AddId(*id);
  }
  for (const auto& [id, principal] : run_.principals) settler.AddPrincipal(id, principal);
  for (Instance& instance : deployed_.instances) {
    const bool certain = instance.certainty == Certainty::kCertain;
    instance.body = settler.Settle(instance.body, certain);
    instance.condition = settler.Settle(instance.condition, false);
  }
  for (const Output& output : inputs_.root->outputs) {
    const Value value = root.Output(output.name.text, output.range);
    deployed_.outputs.emplace_back(output.name.text, settler.Settle(value, false));
  }
}

void Deployer::Run() {
  const auto root = std::make_unique<Frame>(run_, *inputs_.root, RootPlace());
  SetArguments(*root);
  root->AddInstances(/*certain=*/true);
  Settle(*root);
}

}  // namespace

Deployed Deploy(const Inputs& inputs, const LoadTemplate& load, Arena& arena, OriginTable& origins,
                const Limits& limits) {
  Deployed deployed;
  Context context(arena, origins, limits);
  Deployer(inputs, load, context, deployed).Run();
  deployed.diagnostics = std::move(context.diagnostics);
  std::ranges::stable_sort(deployed.diagnostics, {},
                           [](const Diagnostic& d) { return std::pair(d.range, d.kind->id); });
  return deployed;
}

}  // namespace restorable::arm
