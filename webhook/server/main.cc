#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "base/version.h"
#include "webhook/command.h"

namespace restorable::webhook {
namespace {

constexpr Command kCommands[] = {
    {"serve", "answer the reviews of an API server", DeclareServe},
    {"audit", "judge what exists in a cluster", DeclareAudit},
    {"config", "print the kinds to register for, as a webhook configuration has them",
     DeclareConfig},
    {"check", "read rules and settings, and say what is wrong with them", DeclareCheck},
};

int Run(int argc, char** argv) {
  CLI::App app("The rules of restorable as an admission webhook of Kubernetes.",
               "restorable-webhook");
  app.set_version_flag("--version", std::string(Version()));
  app.require_subcommand(1);
  std::function<int()> action;
  for (const Command& command : Commands()) {
    CLI::App* const sub =
        app.add_subcommand(std::string(command.name), std::string(command.summary));
    sub->callback([&action, made = command.declare(*sub)] { action = made; });
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kOk : kFailure;
  }
  return action();
}

}  // namespace

std::span<const Command> Commands() { return kCommands; }

}  // namespace restorable::webhook

int main(int argc, char** argv) {
  try {
    return restorable::webhook::Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "restorable-webhook: %s\n", error.what());
    return restorable::webhook::kFailure;
  }
}
