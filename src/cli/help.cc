#include <fmt/format.h>

#include <memory>

#include "cli/app.h"
#include "cli/output.h"

namespace restorable::cli {

std::string HelpPage() {
  std::string out =
      "restorable: will Azure Backup be able to bring this AKS cluster back?\n\n"
      "Usage: restorable COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands:\n";
  for (const Command& command : Commands()) {
    const std::string usage = fmt::format("{} {}", command.name, command.arguments);
    out += fmt::format("  {:<20}{}\n", usage, command.summary);
  }
  return out +
         "\nExit status: 0 nothing found, 1 something was found, 2 the tool could not do what was "
         "asked.\n";
}

Action DeclareHelp(CLI::App& app) {
  const auto name = std::make_shared<std::string>();
  app.add_option("COMMAND", *name, "the command to explain");
  return [name] {
    const Command* const command = FindCommand(*name);
    if (!name->empty() && command == nullptr) return Run(std::vector{*name});
    const std::string page = command == nullptr ? HelpPage() : HelpPage(*command);
    return Print(page) ? ExitStatus::kPass : ExitStatus::kFailure;
  };
}

}  // namespace restorable::cli
