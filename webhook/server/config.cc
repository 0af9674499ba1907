#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "admission/kinds.h"
#include "webhook/command.h"
#include "webhook/policy_options.h"

namespace restorable::webhook {
namespace {

struct ConfigArguments {
  admission::PolicyFiles policy;
  bool custom = false;
  bool audit = false;
};

int PrintRules(const ConfigArguments& arguments) {
  const auto loaded = admission::Policy::Load(arguments.policy, Limits{});
  Explain(loaded);
  if (!loaded.ok()) return kFailure;
  const policy::RuleSet& rules = loaded.policy->rules();
  const std::string text =
      arguments.audit ? admission::RoleRules(admission::AuditedKinds(rules))
                      : admission::WebhookRules(admission::ReviewedKinds(rules), arguments.custom);
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? kOk : kFailure;
}

int CheckPolicy(const admission::PolicyFiles& files) {
  const auto loaded = admission::Policy::Load(files, Limits{});
  Explain(loaded);
  return loaded.ok() ? kOk : kFailure;
}

}  // namespace

std::function<int()> DeclareConfig(CLI::App& app) {
  const auto arguments = std::make_shared<ConfigArguments>();
  app.add_flag("--custom-resources", arguments->custom,
               "also kinds that come with custom resource definitions");
  app.add_flag("--audit", arguments->audit,
               "what an audit must be able to read, as a cluster role has it");
  DeclarePolicyOptions(app, arguments->policy);
  return [arguments] { return PrintRules(*arguments); };
}

std::function<int()> DeclareCheck(CLI::App& app) {
  const auto files = std::make_shared<admission::PolicyFiles>();
  DeclarePolicyOptions(app, *files);
  return [files] { return CheckPolicy(*files); };
}

}  // namespace restorable::webhook
