#include "cli/rule_options.h"

#include "cli/app.h"

namespace restorable::cli {

void DeclareRuleOptions(CLI::App& app, RuleOptions& options) {
  constexpr const char* kGroup = "Rules";
  AddRepeated(app, "--rules", options.directories, "rules of your own, besides the built-in ones")
      ->type_name("DIR")
      ->group(kGroup);
  CLI::Option* const config =
      app.add_option("--config", options.config, "instead of the nearest .restorable.yaml")
          ->type_name("FILE")
          ->group(kGroup);
  app.add_flag("--no-config", options.no_config, "without any configuration file")
      ->excludes(config)
      ->group(kGroup);
  app.add_option("--preset", options.preset, "how strict the rules are")
      ->type_name("default|strict")
      ->check(OneOf({"default", "strict"}))
      ->group(kGroup);
  app.add_option("--matrix", options.matrix, "the support matrix to go by, such as 2025-06")
      ->type_name("PROFILE")
      ->group(kGroup);
  app.add_option("--as-of", options.as_of, "the day that facts with a date are judged by")
      ->type_name("YYYY-MM-DD")
      ->group(kGroup);
  AddRepeated(app, "--disable", options.disable, "leave rules out")
      ->type_name("ID,...")
      ->delimiter(',')
      ->group(kGroup);
  AddRepeated(app, "--enable", options.enable, "take rules in")
      ->type_name("ID,...")
      ->delimiter(',')
      ->group(kGroup);
  AddRepeated(app, "--severity", options.severity, "change the severity of a rule")
      ->type_name("ID=LEVEL")
      ->group(kGroup);
  AddRepeated(app, "--param", options.params, "change a parameter of a rule; the value is YAML")
      ->type_name("ID.NAME=VALUE")
      ->group(kGroup);
}

}  // namespace restorable::cli
