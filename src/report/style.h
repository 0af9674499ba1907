#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace restorable::report {

// How text looks: the escape sequences to put around it, all empty without colour.
struct Palette {
  std::string_view error;
  std::string_view warning;
  std::string_view info;
  std::string_view strong;
  std::string_view faint;  // line numbers, rules, places
  std::string_view reset;

  [[nodiscard]] std::string_view For(Severity severity) const {
    switch (severity) {
      case Severity::kError:
        return error;
      case Severity::kWarning:
        return warning;
      case Severity::kInfo:
        return info;
    }
    return error;
  }
};

inline constexpr Palette kNoColors;
inline constexpr Palette kAnsiColors{.error = "\x1b[1;31m",
                                     .warning = "\x1b[1;33m",
                                     .info = "\x1b[1;36m",
                                     .strong = "\x1b[1m",
                                     .faint = "\x1b[2m",
                                     .reset = "\x1b[0m"};

struct Style {
  std::size_t width = 100;  // columns of a line
  const Palette* palette = &kNoColors;

  [[nodiscard]] std::string Painted(std::string_view color, std::string_view text) const {
    return std::string(color).append(text).append(palette->reset);
  }
};

}  // namespace restorable::report
