#pragma once

#include <string>
#include <vector>

namespace restorable::cli {

struct ProgramRun {
  int status = -1;
  std::string output;
  std::string errors;
};

struct ProgramInput {
  std::vector<std::string> arguments;
  std::string standard_input;
  std::vector<std::string> environment;  // "NAME=value", beside PATH
  std::string directory;                 // to run in; empty: a directory without anything in it
  bool on_terminal = false;              // standard output is a terminal of 60 columns
  bool closed_output = false;            // nobody reads standard output
};

// Runs the program as a user does.
[[nodiscard]] ProgramRun RunProgram(const ProgramInput& input);
[[nodiscard]] ProgramRun RunProgram(std::vector<std::string> arguments);

}  // namespace restorable::cli
