#include <algorithm>
#include <iterator>

#include "cli/command.h"

namespace restorable::cli {
namespace {

constexpr Command kCommands[] = {
    {"scan", "[PATH...]", "check manifests and report what a backup would not bring back",
     DeclareScan},
    {"explain", "ID", "what a rule checks, why, and what to do about it", DeclareExplain},
    {"rules", "", "list the rules", DeclareRules},
    {"test", "DIR...", "run the tests of rules", DeclareTest},
    {"eval", "EXPR [FILE]", "evaluate a CEL expression on each object of a file", DeclareEval},
    {"export", "WHAT", "write the rules as admission policies of Kubernetes", DeclareExport},
    {"merge", "FILE...", "make one report of several in JSON", DeclareMerge},
    {"completion", "SHELL", "print the completion script of a shell", DeclareCompletion},
    {"version", "", "print the version", DeclareVersion},
    {"help", "[COMMAND]", "print this, or the options of a command", DeclareHelp},
};

}  // namespace

std::span<const Command> Commands() { return kCommands; }

const Command* FindCommand(std::string_view name) {
  const Command* const command = std::ranges::find(kCommands, name, &Command::name);
  return command == std::end(kCommands) ? nullptr : command;
}

}  // namespace restorable::cli
