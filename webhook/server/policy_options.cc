#include "webhook/policy_options.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "report/entry.h"
#include "report/style.h"

namespace restorable::webhook {

constexpr const char* kGroup = "Rules";

void DeclareRuleOptions(CLI::App& app, admission::PolicyFiles& files) {
  app.add_option("--config", files.configuration, "rules' configuration, as the linter reads it")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option("--settings", files.settings, "what denies, what warns and who is exempt")
      ->type_name("FILE")
      ->group(kGroup);
  app.add_option("--rules", files.rules, "rules of your own, besides the built-in ones")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->group(kGroup);
}

void DeclarePolicyOptions(CLI::App& app, admission::PolicyFiles& files) {
  DeclareRuleOptions(app, files);
  app.add_option("--classes", files.classes, "storage classes of the cluster")
      ->type_name("FILE")
      ->group(kGroup);
}

void Explain(const admission::Policy::LoadResult& loaded) {
  const report::FindFile find_file = [&](FileId id) { return loaded.policy->Find(id); };
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    const std::string text =
        report::Render(report::ToEntry(diagnostic), find_file, report::Style());
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
}

}  // namespace restorable::webhook
