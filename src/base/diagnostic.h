#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/range.h"

namespace restorable {

enum class Severity : unsigned char { kInfo, kWarning, kError };

// "info", "warning", "error".
[[nodiscard]] std::string_view Name(Severity severity);

struct DiagnosticKind {
  std::string_view id;  // stable, printed, never reused
  Severity severity = Severity::kError;
  std::string_view message;  // {0}, {1} stand for Diagnostic::args
};

// A range and the few words that explain it.
struct Note {
  Range range;
  std::string text;
};

// Something about text that could not be read as it stands. A report makes the sentence.
struct Diagnostic {
  const DiagnosticKind* kind = nullptr;
  Range range;  // the narrowest text that is wrong
  std::vector<std::string> args;
  std::vector<Note> notes;
};

// The kind's message with its arguments put in.
[[nodiscard]] std::string Message(const Diagnostic& diagnostic);

}  // namespace restorable
