#pragma once

#include <string>
#include <string_view>

namespace restorable::cli {

// Writes to standard output. A reader that has gone away (`| head`) is no error; nothing else is
// tried then. False after any other error, which has been complained about.
[[nodiscard]] bool Print(std::string_view text);

// Writes to standard error.
void PrintError(std::string_view text);

// One line on standard error, in the name of the program: "restorable: cannot …".
void Complain(std::string_view message);

// Replaces a file as a whole: readers see the old text or the new one. What is no regular file (a
// pipe, /dev/null) is written to as it is. False after an error, which has been complained about.
[[nodiscard]] bool WriteFile(const std::string& path, std::string_view text);

}  // namespace restorable::cli
