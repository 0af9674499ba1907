#include <fmt/format.h>
#include <sys/stat.h>

#include <vector>

#include "base/text.h"
#include "cli/app.h"
#include "cli/command.h"
#include "cli/output.h"

namespace restorable::cli {
namespace {

void ComplainAboutCommand(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Command& command : Commands()) names.push_back(command.name);
  struct stat status = {};
  std::string hint = "; `restorable help` lists them";
  if (const auto nearest = NearestName(name, names)) {
    hint = fmt::format("; did you mean `{}`?", *nearest);
  } else if (stat(name.c_str(), &status) == 0) {
    hint = fmt::format("; did you mean `restorable scan {}`?", name);
  }
  Complain(fmt::format("unknown command `{}`{}", name, hint));
}

// The command that a first argument means: its name, or an option that stands for one.
const Command* Meant(const std::string& argument) {
  if (argument == "-h" || argument == "--help") return FindCommand("help");
  if (argument == "-V" || argument == "--version") return FindCommand("version");
  return FindCommand(argument);
}

}  // namespace

ExitStatus Run(std::span<const std::string> arguments) {
  if (arguments.empty()) {
    Complain(
        "no command given; `restorable help` lists them, `restorable scan` checks this directory");
    return ExitStatus::kFailure;
  }
  const Command* const command = Meant(arguments.front());
  if (command == nullptr) {
    ComplainAboutCommand(arguments.front());
    return ExitStatus::kFailure;
  }
  return RunCommand(*command, arguments.subspan(1));
}

}  // namespace restorable::cli
