#include "arm/deploy.h"

#include <algorithm>
#include <memory>

#include "arm/diagnostics.h"
#include "arm/frame.h"
#include "arm/json_text.h"
#include "arm/operators.h"
#include "arm/read.h"
#include "arm/settle.h"
#include "arm/symbol.h"
#include "base/text.h"
#include "json/parse.h"

namespace restorable::arm {
namespace {

std::string_view WithoutLastLineBreaks(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

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
  [[nodiscard]] const Parameter* FindParameter(std::string_view name) const;
  void SetArguments(Frame& root, const Template& file);
  void SetArgument(Frame& root, const Assignment& given);
  [[nodiscard]] Value FromFile(const SourceFile& file, bool must_be_json);
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

const Parameter* Deployer::FindParameter(std::string_view name) const {
  const std::vector<Parameter>& declared = inputs_.root->parameters;
  const auto found = std::ranges::find_if(
      declared, [&](const Parameter& p) { return EqualsIgnoringAsciiCase(p.name.text, name); });
  return found == declared.end() ? nullptr : &*found;
}

// The value of a file that is one JSON text; an error where it is none.
Value Deployer::FromFile(const SourceFile& file, bool must_be_json) {
  if (!context_.Spend(file.text().size())) {
    return context_.Limit("evaluation_steps", file.WholeRange());
  }
  const json::ParseResult parsed = json::Parse(file, context_.arena, context_.limits, kJson);
  if (parsed.ok) return parsed.root;
  if (must_be_json) {
    for (const Diagnostic& diagnostic : parsed.diagnostics) context_.Report(diagnostic);
  }
  return context_.Error("this is no JSON", file.WholeRange());
}

// What is no JSON is a text, which the type of the parameter may take or refuse.
void Deployer::SetArgument(Frame& root, const Assignment& given) {
  const Parameter* const parameter = FindParameter(given.name);
  if (parameter == nullptr) return;
  const bool has_source = given.source != nullptr;
  const Range range = has_source ? given.source->WholeRange() : parameter->name.range;
  const std::string_view text =
      has_source ? WithoutLastLineBreaks(given.source->text()) : std::string_view(given.text);
  Value value = context_.String(text).At(range);
  const TypeKind kind = root.KindOf(*parameter);
  if (kind != TypeKind::kString) {
    const Value read = has_source ? FromFile(*given.source, kind != TypeKind::kAny)
                                  : FromJson(context_, text, range);
    if (!read.IsError()) value = read;
  }
  const std::string note = "--parameters " + given.name;
  root.SetArgument(given.name, value.Via(context_.origins.Add(range, OriginId::kNone, note)));
}

void Deployer::SetArguments(Frame& root, const Template& file) {
  Frame values(run_, file, RootPlace());
  for (const auto& [name, value] : values.EvaluateArguments()) {
    root.SetArgument(name, value);
    if (FindParameter(name) != nullptr) continue;
    context_.Report({.kind = &kParameterUnknown,
                     .range = value.range(),
                     .args = {std::string(name)},
                     .notes = {}});
  }
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
  if (inputs_.arguments != nullptr) SetArguments(*root, *inputs_.arguments);
  for (const Assignment& given : inputs_.given) {
    if (given.file != nullptr) {
      SetArguments(*root, *given.file);
    } else {
      SetArgument(*root, given);
    }
  }
  root->AddInstances(Certainty::kCertain);
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
