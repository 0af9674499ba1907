#include "base/diagnostic.h"

namespace restorable {

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "error";
}

std::string Message(const Diagnostic& diagnostic) {
  std::string out;
  const std::string_view text = diagnostic.kind->message;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool placeholder = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}' &&
                             text[i + 1] >= '0' && text[i + 1] <= '9';
    if (!placeholder) {
      out += text[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(text[i + 1] - '0');
    if (index < diagnostic.args.size()) out += diagnostic.args[index];
    i += 2;
  }
  return out;
}

}  // namespace restorable
