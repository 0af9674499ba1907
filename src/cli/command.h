#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace restorable::cli {

enum class ExitStatus : int {
  kPass = 0,
  kFindings = 1,
  kFailure = 2,  // the tool could not do what was asked
};

// What a command does, once its options are read.
using Action = std::function<ExitStatus()>;

struct Command {
  std::string_view name;
  std::string_view arguments;  // "[PATH...]"
  std::string_view summary;
  Action (*declare)(CLI::App& app);  // adds the options that the action reads
};

// In the order of the help page.
[[nodiscard]] std::span<const Command> Commands();
[[nodiscard]] const Command* FindCommand(std::string_view name);

Action DeclareScan(CLI::App& app);
Action DeclareExplain(CLI::App& app);
Action DeclareRules(CLI::App& app);
Action DeclareTest(CLI::App& app);
Action DeclareEval(CLI::App& app);
Action DeclareExport(CLI::App& app);
Action DeclareMerge(CLI::App& app);
Action DeclareCompletion(CLI::App& app);
Action DeclareVersion(CLI::App& app);
Action DeclareHelp(CLI::App& app);

// Runs the program. `arguments` are those after its name.
[[nodiscard]] ExitStatus Run(std::span<const std::string> arguments);

}  // namespace restorable::cli
