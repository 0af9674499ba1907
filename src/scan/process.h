#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace restorable::scan {

struct ProcessResult {
  enum class Outcome : unsigned char { kExited, kMissing, kTimedOut, kTooMuchOutput, kFailed };
  Outcome outcome = Outcome::kFailed;
  int exit_status = -1;  // of kExited; 128 + the signal if one ended it
  std::string output;    // what it wrote to standard output
  std::string errors;    // the beginning of what it wrote to standard error
};

// Runs a program found on PATH without a shell, with nothing on its standard input. Ends it when
// `timeout` has passed or it has written more than `most_output` bytes.
[[nodiscard]] ProcessResult RunProcess(const std::vector<std::string>& arguments,
                                       std::chrono::milliseconds timeout, std::size_t most_output);

}  // namespace restorable::scan
