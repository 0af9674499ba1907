#include <csignal>
#include <string>
#include <vector>

#include "cli/command.h"

int main(int argc, char** argv) {
  // Writing to a reader that has gone away is an error to look at, not an end.
  std::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return static_cast<int>(restorable::cli::Run(arguments));
}
