#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace restorable::cli {
namespace {

std::string_view Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

bool UsesColor(ColorMode mode) {
  if (mode != ColorMode::kAuto) return mode == ColorMode::kAlways;
  return isatty(STDOUT_FILENO) == 1 && Variable("NO_COLOR").empty() && Variable("TERM") != "dumb";
}

bool IsWatched() { return isatty(STDERR_FILENO) == 1 && Variable("TERM") != "dumb"; }

std::size_t TerminalWidth(std::size_t otherwise) {
  constexpr std::size_t kNarrowest = 40;
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return otherwise;
  return std::max<std::size_t>(size.ws_col, kNarrowest);
}

report::Style TerminalStyle(ColorMode mode) {
  report::Style style;
  style.width = TerminalWidth(style.width);
  style.palette = UsesColor(mode) ? &report::kAnsiColors : &report::kNoColors;
  return style;
}

}  // namespace restorable::cli
